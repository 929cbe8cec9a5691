package files

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"herald/source/reader"
)

// WhyNot returns why the file with a key is no article: by its name, by what it is, or by what it
// says. It returns "" for one that may be an article, and found is false where no file is there.
func (s *Source) WhyNot(ctx context.Context, key string) (why string, found bool) {
	name := filepath.Join(s.config.Root, filepath.FromSlash(key))
	info, err := os.Lstat(name)
	if err != nil || info.IsDir() {
		return "", false
	}
	if why := s.whyNotByName(name, key); why != "" {
		return why, true
	}
	return s.whyNotByContent(ctx, info, key), true
}

// whyNotByName judges the path alone.
func (s *Source) whyNotByName(name, key string) string {
	if s.skips().covers(name) {
		return "it lies where the outputs or the state are"
	}
	return s.selection.WhyNot(key)
}

// whyNotByContent judges what lies at a key whose name is right.
func (s *Source) whyNotByContent(ctx context.Context, info os.FileInfo, key string) string {
	if info.Mode()&os.ModeSymlink != 0 {
		if real, err := filepath.EvalSymlinks(s.config.Root); err == nil {
			if _, inside := insideTarget(real, filepath.Join(real, filepath.FromSlash(key))); !inside {
				return "it is a symbolic link to what lies outside the source"
			}
		}
	}
	_, err := s.Load(ctx, key)
	var skipped *reader.SkipError
	if errors.As(err, &skipped) {
		return skipped.Why
	}
	return ""
}
