package files

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"herald/source"
	"herald/source/text"
)

// neverFolder reports the names of folders that hold no articles, whatever include says.
func neverFolder(name string) bool {
	switch {
	case name == "_posts":
		return false
	case name == "node_modules" || name == "vendor":
		return true
	}
	return name == "" || strings.IndexByte("._~", name[0]) >= 0 || strings.HasSuffix(name, "~")
}

// neverFile reports the names of files that are no articles, whatever include says: hidden ones,
// backups, what Jekyll and Hugo keep behind an underscore, and what stands in most web roots.
func neverFile(name string) bool {
	name = lowerExt(name)
	switch name {
	case "", "robots.txt", "ads.txt", "llms.txt", "404.html":
		return true
	}
	if strings.IndexByte("._~", name[0]) >= 0 || strings.HasSuffix(name, "~") {
		return true
	}
	for _, prefix := range []string{"README", "LICENSE", "CHANGELOG"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	owner := strings.HasPrefix(name, "google") || strings.HasPrefix(name, "naver")
	return owner && strings.HasSuffix(name, ".html")
}

// wantsFolder reports whether to look into a folder.
func (s *Source) wantsFolder(key string) bool {
	return !neverFolder(filepath.Base(key)) && !s.exclude.match(text.NFC(key))
}

// wantsFile reports whether a file may be an article by its name.
func (s *Source) wantsFile(key string) bool {
	if neverFile(key[strings.LastIndexByte(key, '/')+1:]) {
		return false
	}
	key = text.NFC(key)
	return s.include.match(key) && !s.exclude.match(key)
}

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
		if key[i] == '/' && !s.wantsFolder(key[:i]) {
			return false
		}
	}
	if s.wantsFile(key) || s.isData(key) {
		return true
	}
	if !s.wantsFolder(key) {
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
