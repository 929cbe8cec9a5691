package files

import (
	"herald/source/filefacts"
	"path/filepath"
	"time"
)

const (
	stillFor = 300 * time.Millisecond // how long a file must have stood still
	patience = 5 * time.Second        // after its first change a file is taken as it is
)

// Settled reports whether the file at key may be taken: see source.Settling. A file has stood still when its times say so;
// where they are in the future, when two looks find it the same. A file that was put in its place whole (its name or rights
// changed after its content) need not stand still. While somebody has it open for writing it is not taken.
//
// A file that changes for ever is taken after 5 s; what is gone, and what is no file, at once: Load says what it is.
func (s *Source) Settled(key string) bool {
	path := filepath.Join(s.config.Root, filepath.FromSlash(key))
	f, err := statPath(path)
	now := s.config.Now()
	if err != nil || !f.Regular || now.Sub(f.Mtime) >= patience || f.HasCtime() && now.Sub(f.Ctime) >= patience {
		s.Taken(key)
		return true
	}
	c := s.looks.look(key, f, now)
	if now.Sub(c.first) >= patience {
		return true
	}
	age := now.Sub(f.Mtime)
	still := age >= stillFor || f.ChangedLater() || now.Sub(c.since) >= stillFor
	return still && !filefacts.BeingWritten(path)
}

// Taken lets a file that goes on changing be waited for anew: see source.Settling.
func (s *Source) Taken(key string) {
	s.looks.mu.Lock()
	defer s.looks.mu.Unlock()
	delete(s.looks.seen, key)
}
