package jsonl

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sort"
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

// errUnfinished means that a row goes on to the end of the file.
var errUnfinished = errors.New("the row has no end: the file is cut short or still being written")

// row is what is remembered of a row.
type row struct {
	key        string
	at         int64 // offset in the file
	size, line uint32
	digest     [16]byte // of its bytes and, in a table, of the header
}

// index is what is remembered of a file. It never changes.
type index struct {
	facts   filefacts.Facts
	settled bool   // the file had not changed for a while when it was read
	korean  bool   // what is not UTF-8 is in CP949
	table   *table // nil: JSON Lines
	rows    []row  // by key
}

// find returns the row with a key; nil: there is none.
func (x *index) find(key string) *row {
	i := sort.Search(len(x.rows), func(i int) bool { return x.rows[i].key >= key })
	if i == len(x.rows) || x.rows[i].key != key {
		return nil
	}
	return &x.rows[i]
}

// digest returns the digest of a row.
func (x *index) digest(raw []byte) (d [16]byte) {
	if x.table == nil {
		sum := sha256.Sum256(raw)
		return [16]byte(sum[:16])
	}
	h := sha256.New()
	h.Write(x.table.head)
	h.Write([]byte{'\n'})
	h.Write(raw)
	return [16]byte(h.Sum(nil)[:16])
}

// current returns the index of the file as it is now.
func (s *Source) current(ctx context.Context) (*index, error) {
	select {
	case <-s.free:
		defer func() { s.free <- struct{}{} }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for attempt := 1; ; attempt++ {
		x, err := s.look(ctx)
		if err == nil {
			s.last.Store(x)
		}
		if !errors.Is(err, errUnfinished) || attempt == attempts {
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

// look returns the last index where the file is still the same, else reads it.
func (s *Source) look(ctx context.Context) (*index, error) {
	f, err := s.settled(ctx)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	facts, err := factsOf(f)
	if err != nil {
		return nil, err
	}
	if x := s.last.Load(); x != nil && x.settled && x.facts == facts {
		return x, nil
	}
	x := &index{facts: facts, settled: !facts.ChangedSince(s.config.Now().Add(-freshness))}
	if err := s.read(ctx, f, x); err != nil {
		return nil, err
	}
	after, err := factsOf(f)
	if err == nil && (after.Size < facts.Size || after.Size == facts.Size && !after.Mtime.Equal(facts.Mtime)) {
		err = errors.New("it was written over while it was read")
	}
	return x, err
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

// order sorts the rows by key. Of rows with one key the first in the file keeps it.
func (x *index) order() {
	byKey := func(a, b row) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.line, b.line), cmp.Compare(a.at, b.at))
	}
	if !slices.IsSortedFunc(x.rows, byKey) {
		slices.SortFunc(x.rows, byKey)
	}
	kept, taken := "", false
	for i := range x.rows {
		r := &x.rows[i]
		if i > 0 && r.key == kept {
			r.key, taken = lineKey(r.line), true
		} else {
			kept = r.key
		}
	}
	if taken {
		slices.SortFunc(x.rows, byKey)
	}
}
