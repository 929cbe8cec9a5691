package ledger

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"reflect"
)

// Spool takes the findings of a scan that has nothing to be compared with, in their order, and returns
// them back once. It lies in a file beside the state that has no name, so that it is gone with the
// process. Not for several goroutines at once.
type Spool struct {
	file   *os.File
	buffer *bufio.Writer
	record []byte
	count  int
}

// NewSpool makes an empty spool. Close it when done.
func (l *Ledger) NewSpool() (*Spool, error) {
	file, err := os.CreateTemp(filepath.Dir(l.path), ".herald-scan-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(file.Name()) // where an open file cannot be removed, Close does it
	return &Spool{file: file, buffer: bufio.NewWriterSize(file, 1<<18)}, nil
}

// Add appends an entry.
func (s *Spool) Add(st *Staged) error {
	s.count++
	s.record = pack(s.record[:0], reflect.ValueOf(st).Elem())
	if _, err := s.buffer.Write(binary.AppendUvarint(s.buffer.AvailableBuffer(), uint64(len(s.record)))); err != nil {
		return err
	}
	_, err := s.buffer.Write(s.record)
	return err
}

// All returns the entries in their order. Nothing can be added any more. An error ends the sequence.
func (s *Spool) All() iter.Seq2[*Staged, error] {
	return func(yield func(*Staged, error) bool) {
		if err := s.rewind(); err != nil {
			yield(nil, err)
			return
		}
		in := bufio.NewReaderSize(s.file, 1<<18)
		for range s.count {
			st := new(Staged)
			if err := s.read(in, st); err != nil {
				yield(nil, fmt.Errorf("read back %s: %w", s.file.Name(), err))
				return
			}
			if !yield(st, nil) {
				return
			}
		}
	}
}

func (s *Spool) rewind() error {
	if err := s.buffer.Flush(); err != nil {
		return err
	}
	_, err := s.file.Seek(0, io.SeekStart)
	return err
}

func (s *Spool) read(in *bufio.Reader, st *Staged) error {
	size, err := binary.ReadUvarint(in)
	if err != nil {
		return err
	}
	if uint64(cap(s.record)) < size {
		s.record = make([]byte, size)
	}
	s.record = s.record[:size]
	if _, err := io.ReadFull(in, s.record); err != nil {
		return err
	}
	p := packed{s.record, string(s.record)}
	return p.unpack(reflect.ValueOf(st).Elem())
}

// Close forgets the entries.
func (s *Spool) Close() error {
	err := s.file.Close()
	if gone := os.Remove(s.file.Name()); !errors.Is(gone, os.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}
