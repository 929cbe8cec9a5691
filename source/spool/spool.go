// Package spool keeps what a source has fetched until it is loaded: compressed, and beyond a megabyte in a file without a name.
package spool

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

const (
	maxHeld = 1 << 20 // bytes that are held in memory where a file can be had
	maxBare = 64 << 20
	maxSize = 1 << 30
)

// ErrFull means that a spool takes no more.
var ErrFull = errors.New("no room for more fetched pages until these are taken in")

// Spool keeps texts. The zero value is empty and ready; it is safe for concurrent use. Its file goes when the Spool does.
type Spool struct {
	mu     sync.Mutex
	held   []byte
	file   *os.File // nil: all is held
	bare   bool     // no file can be had
	size   int64
	packer *flate.Writer
	packed bytes.Buffer
	reads  sync.Pool // of flate readers
}

// Place is where a text stands in the Spool that it was added to.
type Place struct{ at, size uint32 } // less than maxSize

// Size returns how many bytes a text takes.
func (p Place) Size() int64 { return int64(p.size) }

// Size returns how many bytes all texts take.
func (s *Spool) Size() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.size
}

// Add keeps a text. ErrFull: not this one.
func (s *Spool) Add(text []byte) (Place, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.pack(text)
	if err != nil {
		return Place{}, err
	}
	size := int64(s.packed.Len())
	if s.file == nil && !s.bare && s.size+size > maxHeld {
		s.file, err = unnamed()
		s.bare = err != nil // a machine without a folder for temporary files
	}
	if s.size+size > maxSize || s.bare && s.size+size > maxBare {
		return Place{}, ErrFull
	}
	if s.file == nil {
		s.held = append(s.held, s.packed.Bytes()...)
	} else if _, err := s.file.WriteAt(s.packed.Bytes(), s.size-int64(len(s.held))); err != nil {
		return Place{}, fmt.Errorf("keep what was fetched: %w", err)
	}
	p := Place{uint32(s.size), uint32(size)}
	s.size += size
	return p, nil
}

// pack compresses a text.
func (s *Spool) pack(text []byte) error {
	s.packed.Reset()
	if s.packer == nil {
		var err error
		if s.packer, err = flate.NewWriter(&s.packed, flate.BestSpeed); err != nil {
			return err
		}
	}
	s.packer.Reset(&s.packed)
	if _, err := s.packer.Write(text); err != nil {
		return err
	}
	return s.packer.Close()
}

// Pause lets go of what only adding needs.
func (s *Spool) Pause() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.packer, s.packed = nil, bytes.Buffer{}
}

// Read returns a text.
func (s *Spool) Read(p Place) ([]byte, error) {
	s.mu.Lock()
	held, file := s.held, s.file
	s.mu.Unlock()
	var packed []byte
	if at, n := int64(p.at), int64(len(held)); at < n {
		packed = held[at : at+p.Size()]
	} else {
		packed = make([]byte, p.size)
		if _, err := file.ReadAt(packed, at-n); err != nil {
			return nil, fmt.Errorf("take what was fetched: %w", err)
		}
	}
	from := bytes.NewReader(packed)
	inflate, _ := s.reads.Get().(io.ReadCloser)
	if inflate == nil {
		inflate = flate.NewReader(from)
	} else if err := inflate.(flate.Resetter).Reset(from, nil); err != nil {
		return nil, err
	}
	text, err := io.ReadAll(inflate)
	s.reads.Put(inflate)
	return text, err
}

// unnamed returns a new file that nobody finds, so that no crash leaves it behind.
func unnamed() (*os.File, error) {
	file, err := os.CreateTemp("", "herald-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file.Name()); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}
