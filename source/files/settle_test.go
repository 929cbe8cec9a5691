package files_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"herald/source/files"
)

// settling is a folder with one file that was written just now, and a clock.
type settling struct {
	*files.Source
	t    *testing.T
	path string
	at   time.Duration // since the file was written
	skew time.Duration // of the clock
}

func newSettling(t *testing.T) *settling {
	root := t.TempDir()
	s := &settling{t: t, path: filepath.Join(root, "a.md")}
	s.write()
	s.Source = open(t, files.Config{Root: root, Now: func() time.Time { return s.written().Add(s.at + s.skew) }})
	return s
}

func (s *settling) write() {
	s.t.Helper()
	f, err := os.OpenFile(s.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err == nil {
		_, err = f.WriteString("글")
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// written is when the file was written last.
func (s *settling) written() time.Time {
	info, err := os.Stat(s.path)
	if err != nil {
		return time.Now()
	}
	return info.ModTime()
}

// want checks whether the file is settled at a moment after it was written last.
func (s *settling) want(when string, at time.Duration, want bool) {
	s.t.Helper()
	s.at = at
	if got := s.Settled("a.md"); got != want {
		s.t.Errorf("%s: got settled %t, want %t", when, got, want)
	}
}

const ms = time.Millisecond

func TestAFileSettles(t *testing.T) {
	s := newSettling(t)
	s.want("at once", 0, false)
	s.want("soon", 299*ms, false)
	s.want("after its time", 300*ms, true)
	s.Taken("a.md")
	s.want("of old", time.Hour, true)
	if !s.Settled("b.md") || !s.Settled("../a.md") {
		t.Error("what is not there: got not settled, want Load to say so")
	}
}

// A clock that is wrong makes a file wait for one look more, never for long.
func TestAFileSettlesByAWrongClock(t *testing.T) {
	for name, skew := range map[string]time.Duration{"an hour behind": -time.Hour, "a day behind": -24 * time.Hour, "a second behind": -time.Second} {
		t.Run(name, func(t *testing.T) {
			s := newSettling(t)
			s.skew = skew
			s.want("the first look", 0, false)
			s.want("the same, soon", 200*ms, false)
			s.write()
			s.want("written meanwhile", 300*ms, false)
			s.want("the same again", 600*ms, true)
		})
	}
	s := newSettling(t)
	s.skew = time.Hour
	s.want("a clock ahead", 0, true)
	s = newSettling(t)
	s.want("before the clock was set back", 100*ms, false)
	s.skew = -time.Hour
	s.want("after", 200*ms, false)
	s.want("after, and still the same", 500*ms, true)
}

// A file that is written for ever is taken after five seconds, and then after five more.
func TestAFileThatNeverSettles(t *testing.T) {
	s := newSettling(t)
	s.skew = -time.Hour // so that only looks count
	for _, at := range []time.Duration{0, time.Second, 2 * time.Second, 4500 * ms} {
		s.write()
		s.want("at "+at.String(), at, false)
	}
	s.write()
	s.want("after its time", 5*time.Second, true)
	s.want("until it is taken", 6*time.Second, true)
	s.Taken("a.md")
	for _, at := range []time.Duration{6 * time.Second, 8 * time.Second, 10500 * ms} {
		s.write()
		s.want("anew, at "+at.String(), at, false)
	}
	s.write()
	s.want("after five more", 11500*ms, true)
	s.Taken("a.md")
	s.write()
	s.want("not looked at for long", 20*time.Minute, false)
}

// What was put in its place whole is taken at once: its name, or its rights, changed after its content.
func TestAFilePutInItsPlace(t *testing.T) {
	for name, put := range map[string]func(from, to string) error{
		"renamed":   os.Rename,
		"linked":    os.Link,
		"with mode": func(from, to string) error { return errors.Join(os.Rename(from, to), os.Chmod(to, 0o600)) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newSettling(t)
			if err := os.Rename(s.path, s.path+".tmp"); err != nil {
				t.Fatal(err)
			}
			time.Sleep(20 * ms) // the system's clock of files ticks more slowly than ours
			if err := put(s.path+".tmp", s.path); err != nil {
				t.Fatal(err)
			}
			s.want("at once", 0, true)
		})
	}
}
