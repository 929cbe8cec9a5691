package files

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"herald/source/reader"
	"herald/source/text"
)

// WhyNot says why the file with a key is no article: by its name, by what it is, or by what it says.
// It gives "" for one that may be an article.
func (s *Source) WhyNot(ctx context.Context, key string) string {
	name := filepath.Join(s.config.Root, filepath.FromSlash(key))
	if s.skips().covers(name) {
		return "it lies where the outputs or the state are"
	}
	for i := range len(key) {
		if key[i] == '/' && neverFolder(filepath.Base(key[:i])) {
			return fmt.Sprintf("the folder %s never holds articles, by its name; it may be a source's path itself", key[:i])
		}
	}
	if neverFile(key[strings.LastIndexByte(key, '/')+1:]) {
		return "a file of this name is never an article"
	}
	if s.excluded(key) {
		return "the source's exclude leaves it out"
	}
	if !s.include.match(text.NFC(key)) {
		return "the source's include does not take it in"
	}
	info, err := os.Lstat(name)
	if err == nil && info.Mode()&os.ModeSymlink != 0 {
		if real, err := filepath.EvalSymlinks(s.config.Root); err == nil {
			if _, inside := insideTarget(real, filepath.Join(real, filepath.FromSlash(key))); !inside {
				return "it is a symbolic link to what lies outside the source"
			}
		}
	}
	if _, err := s.Load(ctx, key); errors.Is(err, reader.ErrNotArticle) {
		if s.config.Reading.FrontMatterRequired {
			return "it has no front matter, and the source says front_matter: required"
		}
		return "it is an IndexNow key"
	}
	return ""
}

// excluded reports whether a pattern of exclude matches a file or a folder above it.
func (s *Source) excluded(key string) bool {
	key = text.NFC(key)
	for i := range len(key) {
		if key[i] == '/' && s.exclude.match(key[:i]) {
			return true
		}
	}
	return s.exclude.match(key)
}
