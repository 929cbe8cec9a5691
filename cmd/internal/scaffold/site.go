package scaffold

import (
	"os"
	"path"
	"path/filepath"
	"strings"
)

// site is what is taken over from a folder.
type site struct {
	generator                    string // "" is plain files
	title, description, language string
	zone                         string // "" is the machine's
	author, email                string
	publishTo                    string // "" is ./public
	sources                      []origin
	notes                        []string
}

// origin is one of the sources that are written.
type origin struct {
	name, path, permalink string
	include, exclude      []string
}

func (s *site) note(text string) { s.notes = append(s.notes, text) }

func (s *site) frontMatter() string {
	if s.generator == "" {
		return "optional"
	}
	return "required"
}

// folder returns publish.to: the generator's own output folder where it named one inside the site.
func (s *site) folder() string {
	to := path.Clean(filepath.ToSlash(s.publishTo))
	if s.publishTo == "" || to == "." || path.IsAbs(to) || strings.HasPrefix(to, "..") {
		return "./public"
	}
	return dotSlash(to)
}

// dotSlash writes a path below the site as a config does.
func dotSlash(p string) string {
	if p == "" || p == "." {
		return "."
	}
	return "./" + p
}

func isDir(dir, name string) bool {
	info, err := os.Stat(filepath.Join(dir, name))
	return err == nil && info.IsDir()
}

func isFile(dir, name string) bool {
	info, err := os.Stat(filepath.Join(dir, name))
	return err == nil && info.Mode().IsRegular()
}

// firstFile returns the first of names that is a file in dir.
func firstFile(dir string, names ...string) string {
	for _, name := range names {
		if isFile(dir, name) {
			return name
		}
	}
	return ""
}
