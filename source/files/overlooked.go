package files

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"herald/source/selection"
)

// Overlooked names the files that the source's include does not take in although they look like articles: an extension that
// markup has, or nearly that of an article, or front matter at the beginning. See source.Overlooking.
func (s *Source) Overlooked(ctx context.Context, limit int) (lines []string, count int) {
	real, err := filepath.EvalSymlinks(s.config.Root)
	if err != nil {
		return nil, 0
	}
	skips := s.skips()
	_ = filepath.WalkDir(real, func(path string, d fs.DirEntry, err error) error {
		key, relErr := filepath.Rel(real, path)
		if key = filepath.ToSlash(key); err != nil || relErr != nil || ctx.Err() != nil {
			return fs.SkipDir
		}
		if d.IsDir() {
			if key != "." && (selection.NeverFolder(d.Name()) || skips.covers(path) || s.selection.Excluded(key)) {
				return fs.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() || skips.covers(path) || !s.selection.Missed(key) {
			return nil
		}
		if why := looksLikeArticle(path); why != "" {
			if count++; len(lines) < limit {
				lines = append(lines, fmt.Sprintf("%s: passed over: %s, and the source's include does not take it in", s.place(key), why))
			}
		}
		return nil
	})
	return lines, count
}

// looksLikeArticle returns what makes a file look like an article; "" for nothing.
func looksLikeArticle(path string) string {
	why, look := selection.Resembles(path)
	if look && hasFrontMatter(path) {
		return "it begins with front matter"
	}
	return why
}

// headBytes is how much of a file is looked at for front matter.
const headBytes = 8 << 10

// hasFrontMatter reports whether a file begins with lines between two fences.
func hasFrontMatter(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, headBytes)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.ErrUnexpectedEOF {
		return false
	}
	lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(string(head[:n]), "\ufeff"), "\r\n", "\n"), "\n")
	fence := strings.TrimRight(lines[0], " \t")
	if fence != "---" && fence != "+++" {
		return false
	}
	for _, line := range lines[1:] {
		if strings.TrimRight(line, " \t") == fence {
			return true
		}
	}
	return false
}
