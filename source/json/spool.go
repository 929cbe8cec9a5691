package json

import (
	"bytes"
	"compress/flate"
	"io"
	"os"
	"sync"
)

// maxHeld is how much of a spool is held in memory; what is more goes to a file.
const maxHeld = 4 << 20

// spool keeps the items of a listing, compressed, from the moment they are listed until they are loaded: each page of the origin is
// asked for once. One goroutine adds; several may read what was added.
type spool struct {
	held  []byte
	file  *os.File // without a name; it goes when nobody refers to the spool any more. nil: all is held
	size  int64
	deflt *flate.Writer
	room  bytes.Buffer
	reads sync.Pool // of flate readers
}

// place is where an item stands in a spool.
type place struct {
	at   int64
	size uint32
}

// add keeps an item.
func (s *spool) add(item []byte) (place, error) {
	s.room.Reset()
	if s.deflt == nil {
		s.deflt, _ = flate.NewWriter(&s.room, flate.BestSpeed) // errs for unknown levels only
	} else {
		s.deflt.Reset(&s.room)
	}
	if _, err := s.deflt.Write(item); err != nil {
		return place{}, err
	}
	if err := s.deflt.Close(); err != nil {
		return place{}, err
	}
	p := place{s.size, uint32(s.room.Len())}
	if s.file == nil && s.size+int64(p.size) > maxHeld {
		file, err := unnamed()
		if err != nil {
			return place{}, err
		}
		s.file = file
	}
	if s.file == nil {
		s.held = append(s.held, s.room.Bytes()...)
	} else if _, err := s.file.WriteAt(s.room.Bytes(), s.size-int64(len(s.held))); err != nil {
		return place{}, err
	}
	s.size += int64(p.size)
	return p, nil
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

// close ends the adding.
func (s *spool) close() { s.deflt, s.room = nil, bytes.Buffer{} }

// read returns an item.
func (s *spool) read(p place) ([]byte, error) {
	var packed []byte
	if held := int64(len(s.held)); p.at < held {
		packed = s.held[p.at : p.at+int64(p.size)]
	} else {
		packed = make([]byte, p.size)
		if n, err := s.file.ReadAt(packed, p.at-held); n != len(packed) {
			return nil, err
		}
	}
	from := bytes.NewReader(packed)
	inflate, _ := s.reads.Get().(io.ReadCloser)
	if inflate == nil {
		inflate = flate.NewReader(from)
	} else if err := inflate.(flate.Resetter).Reset(from, nil); err != nil {
		return nil, err
	}
	item, err := io.ReadAll(inflate)
	s.reads.Put(inflate)
	return item, err
}
