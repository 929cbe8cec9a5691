package ledger

import (
	"bufio"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Spool takes the findings of a scan that has nothing to be compared with, in their order, and gives
// them back once. It lies in a file beside the state that has no name, so that it is gone with the
// process. Not for several goroutines at once.
type Spool struct {
	file    *os.File
	buffer  *bufio.Writer
	encoder *gob.Encoder
	count   int
}

// NewSpool makes an empty spool. Close it when done.
func (l *Ledger) NewSpool() (*Spool, error) {
	file, err := os.CreateTemp(filepath.Dir(l.path), ".herald-scan-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(file.Name()) // where an open file cannot be removed, Close does it
	s := &Spool{file: file, buffer: bufio.NewWriterSize(file, 1<<18)}
	s.encoder = gob.NewEncoder(s.buffer)
	return s, nil
}

// Add appends an entry.
func (s *Spool) Add(st *Staged) error {
	s.count++
	return s.encoder.Encode(st)
}

// Each calls f for the entries in their order. Nothing can be added any more.
func (s *Spool) Each(f func(*Staged) error) error {
	if err := s.buffer.Flush(); err != nil {
		return err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	decoder := gob.NewDecoder(bufio.NewReaderSize(s.file, 1<<18))
	for range s.count {
		st := new(Staged)
		if err := decoder.Decode(st); err != nil {
			return fmt.Errorf("read back %s: %w", s.file.Name(), err)
		}
		if err := f(st); err != nil {
			return err
		}
	}
	return nil
}

// Close forgets the entries.
func (s *Spool) Close() error {
	err := s.file.Close()
	if gone := os.Remove(s.file.Name()); !errors.Is(gone, os.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}
