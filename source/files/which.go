package files

import (
	"os"
	"path/filepath"
	"slices"

	"herald/source"
)

// Folder returns the folder with what a watcher asks about the paths below it: see source.Watched.
func (s *Source) Folder() source.Folder {
	return source.Folder{Root: s.config.Root, Watchable: s.Watchable, Key: s.Key}
}

// OnEnter lets enter be called with the path of each folder before it is listed: see source.Watched.
func (s *Source) OnEnter(enter func(path string)) { s.enter = enter }

// Key returns the key that a file at an absolute path has; inside is false outside the root.
func (s *Source) Key(path string) (key string, inside bool) {
	rel, err := filepath.Rel(s.config.Root, path)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// Watchable reports whether a change at an absolute path may change what the source holds: it is
// a file that may be an article, or a folder that may hold some. What is gone counts as a file.
func (s *Source) Watchable(path string) bool {
	path = filepath.Clean(path)
	if path == s.config.Root {
		return true
	}
	key, inside := s.Key(path)
	if !inside || s.skips().covers(path) {
		return false
	}
	for i := range len(key) {
		if key[i] == '/' && !s.selection.Folder(key[:i]) {
			return false
		}
	}
	if s.selection.File(key) || s.config.Reading.IsData(key) {
		return true
	}
	if !s.selection.Folder(key) {
		return false
	}
	info, err := os.Lstat(path)
	return err == nil && info.IsDir()
}

// skips are the paths that are never looked into.
type skips []string

// skips returns the paths of Skip as written and, where they are reached over symbolic links, as
// they really are; of a file also its companions (a database keeps "-wal" and "-shm" beside it).
func (s *Source) skips() skips {
	var list skips
	for _, path := range s.config.Skip {
		path = filepath.Clean(path)
		list = append(list, path)
		if real, err := filepath.EvalSymlinks(path); err == nil && real != path {
			list = append(list, real)
		}
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			list = append(list, path+"-wal", path+"-shm", path+"-journal", path+".lock")
		}
	}
	return list
}

// covers reports whether path is or lies in one of the skipped.
func (l skips) covers(path string) bool {
	return slices.ContainsFunc(l, func(skip string) bool { return within(path, skip) })
}
