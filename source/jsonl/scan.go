package jsonl

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"herald/source/filefacts"
)

// freshness is how close to the start of reading a change may lie so that another one in the same tick of the file system's clock
// could go unseen.
const freshness = 2 * time.Second

const (
	patience  = 5 * time.Second // how long a file is waited for that somebody has open for writing
	lookEvery = 20 * time.Millisecond
	attempts  = 3 // to read a file whose last row was just being written
)

// current returns the index of the file as it is now.
func (s *Source) current(ctx context.Context) (*index, error) {
	select {
	case <-s.free:
		defer func() { s.free <- struct{}{} }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for attempt := 1; ; attempt++ {
		x, grows, err := s.look(ctx)
		if err == nil {
			s.last.Store(x)
		}
		if !grows || attempt == attempts {
			return x, err
		}
		if err := wait(ctx); err != nil {
			return nil, err
		}
	}
}

func wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(lookEvery):
		return nil
	}
}

// look returns the last index where the file is still the same, else reads it. grows means that its last row was being written just now.
func (s *Source) look(ctx context.Context) (x *index, grows bool, err error) {
	f, err := s.settled(ctx)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	facts, err := factsOf(f)
	if err != nil {
		return nil, false, err
	}
	if x := s.last.Load(); x != nil && x.settled && x.facts == facts {
		return x, false, nil
	}
	x = &index{facts: facts, settled: !facts.ChangedSince(s.config.Now().Add(-freshness))}
	err = s.read(ctx, f, x)
	after, errAfter := factsOf(f)
	switch {
	case err != nil:
		return nil, errors.Is(err, errUnfinished) && errAfter == nil && after != facts, err
	case errAfter != nil:
		return nil, false, errAfter
	case after.Size < facts.Size || after.Size == facts.Size && !after.Mtime.Equal(facts.Mtime):
		return nil, false, errors.New("it was written over while it was read")
	}
	return x, false, nil
}

func factsOf(f *os.File) (filefacts.Facts, error) {
	info, err := f.Stat()
	if err != nil {
		return filefacts.Facts{}, err
	}
	return filefacts.Of(info), nil
}

// settled opens the file once nobody has it open for writing who changed it lately; after some time it is opened as it is.
func (s *Source) settled(ctx context.Context) (*os.File, error) {
	for range patience / lookEvery {
		f, err := s.open()
		if err != nil {
			return nil, err
		}
		facts, err := factsOf(f)
		if err != nil || s.config.Now().Sub(facts.Mtime) >= patience {
			return f, err
		}
		f.Close() // whoever reads it too does not matter, but a writer that replaces it does
		if !filefacts.BeingWritten(s.config.Path) {
			break
		}
		if err := wait(ctx); err != nil {
			return nil, err
		}
	}
	return s.open()
}

// read fills x with the rows of a file.
func (s *Source) read(ctx context.Context, f *os.File, x *index) error {
	b := &building{ctx: ctx, index: x, wanted: s.wanted}
	in := bufio.NewReaderSize(io.LimitReader(f, x.facts.Size), 256<<10)
	start, err := in.Peek(64 << 10)
	if err != nil && err != io.EOF {
		return err
	}
	if b.at, err = skipMark(in, start); err != nil {
		return err
	}
	x.korean = isKorean(start)
	if s.config.Format == Table {
		err = b.table(in)
	} else {
		err = b.lines(in)
	}
	if err != nil {
		return err
	}
	if len(x.rows) > 0 && b.keyed == 0 {
		return fmt.Errorf("line %d: no row has a key: %s", x.rows[len(x.rows)-1].line, b.unkeyed)
	}
	x.order()
	return nil
}
