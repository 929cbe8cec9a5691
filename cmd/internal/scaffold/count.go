package scaffold

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"herald/source/files"
)

// Files is how many files each choice of front_matter takes in.
type Files struct {
	Required int `json:"required"`
	Optional int `json:"optional"`
}

// count looks at every file that the sources would take in, the first bytes only.
func (s *site) count(ctx context.Context, dir string, now func() time.Time) (Files, error) {
	var n Files
	root, err := filepath.Abs(dir)
	if err != nil {
		return n, err
	}
	for _, src := range s.sources {
		at := filepath.Join(root, filepath.FromSlash(src.path))
		if !isDir(at, ".") {
			s.note("folder " + src.path + " is not there")
			continue
		}
		f, err := files.New(files.Config{Root: at, Place: src.path, Include: src.include, Exclude: src.exclude, Skip: []string{filepath.Join(root, filepath.FromSlash(s.folder()))}, Now: now})
		if err != nil {
			s.note(err.Error())
			continue
		}
		for e, err := range f.List(ctx) {
			if err != nil {
				return n, err
			}
			n.Optional++
			if hasFrontMatter(filepath.Join(at, filepath.FromSlash(e.Key))) {
				n.Required++
			}
		}
	}
	return n, nil
}

// hasFrontMatter looks whether a file begins as files with front matter do.
func hasFrontMatter(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 64)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	line, _, _ := strings.Cut(strings.TrimPrefix(string(head[:n]), "\uFEFF"), "\n")
	line = strings.TrimRight(line, " \t\r")
	return line == "---" || line == "+++" || strings.HasPrefix(line, "{")
}
