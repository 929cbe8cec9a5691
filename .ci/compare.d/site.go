package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// site is the folder that herald runs in. The first fault stays in err, and nothing is done after it.
type site struct {
	folder string
	hub    *hub
	err    error
}

// newSite makes an empty folder.
func newSite(folder string, h *hub) (*site, error) {
	return &site{folder: folder, hub: h}, os.MkdirAll(folder, 0o755)
}

func (s *site) path(name string) string { return s.folder + "/" + name } // names may be no clean paths

// note keeps the first fault.
func (s *site) note(err error) {
	if s.err == nil {
		s.err = err
	}
}

// write makes a file and the folders above it.
func (s *site) write(name, text string) {
	if s.err != nil {
		return
	}
	s.note(os.MkdirAll(filepath.Dir(s.path(name)), 0o755))
	s.note(os.WriteFile(s.path(name), []byte(text), 0o644))
}

// config writes herald.yaml.
func (s *site) config(text string) {
	if s.hub != nil {
		text = strings.ReplaceAll(text, "HUB", s.hub.url())
	}
	s.write("herald.yaml", text)
}

func (s *site) remove(names ...string) {
	for _, name := range names {
		s.note(os.RemoveAll(s.path(name)))
	}
}

// loseState removes the ledger, as a careless operator does.
func (s *site) loseState() {
	s.remove("herald.db", "herald.db-wal", "herald.db-shm", "herald.db.lock")
}

func (s *site) rename(from, to string) {
	s.note(os.MkdirAll(filepath.Dir(s.path(to)), 0o755))
	s.note(os.Rename(s.path(from), s.path(to)))
}

func (s *site) link(target, name string) { s.note(os.Symlink(target, s.path(name))) }

// copyFrom copies a folder of the machine's, without what herald once made there.
func (s *site) copyFrom(folder, to string) {
	s.note(filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "public" || d.Name() == ".git"):
			return filepath.SkipDir
		case !d.Type().IsRegular() || strings.HasPrefix(name, "herald.db"):
			return nil
		}
		data, err := os.ReadFile(path)
		s.write(filepath.Join(to, name), string(data))
		return err
	}))
}
