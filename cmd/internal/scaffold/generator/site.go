package generator

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"herald/source/text"
)

// site is what is taken over from a folder, while it is looked at; PublishTo "" is ./public.
type site Found

// found returns what was taken over.
func (s *site) found() Found {
	f := Found(*s)
	f.PublishTo, f.Optional = s.folder(), s.Generator == "" || s.Optional
	return f
}

// note remembers what of the generator's config could not be taken over.
func (s *site) note(text string) { s.Notes = append(s.Notes, text) }

// hint remembers what else the operator should know.
func (s *site) hint(text string) { s.Hints = append(s.Hints, text) }

// clash remembers a document that the generator writes, too; the first that names a path counts.
func (s *site) clash(path, by, advice string) {
	for _, o := range s.Outputs {
		if o.Path == path {
			return
		}
	}
	s.Outputs = append(s.Outputs, Output{path, by, advice})
}

// standsAt remembers where the site says that it stands; base is a path that joins it.
func (s *site) standsAt(url, base, from string) {
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") {
		return
	}
	if base = strings.Trim(base, "/"); base != "" && !strings.HasSuffix(strings.TrimRight(url, "/"), "/"+base) {
		url = strings.TrimRight(url, "/") + "/" + base
	}
	s.URL, s.URLFrom = strings.TrimRight(url, "/"), from
}

// folder returns publish.to: the generator's own output folder where it named one inside the site.
func (s *site) folder() string {
	to := path.Clean(filepath.ToSlash(s.PublishTo))
	if s.PublishTo == "" || to == "." || path.IsAbs(to) || strings.HasPrefix(to, "..") {
		return "./public"
	}
	return dotSlash(to)
}

// ours are the names that herald puts beside its config.
func (s *site) ours() []string {
	return []string{"herald.yaml", "herald.db*", strings.TrimPrefix(s.folder(), "./")}
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

// languageTag returns ko-KR for ko_KR.UTF-8; "" for what is no language.
func languageTag(s string) string {
	s, _, _ = strings.Cut(s, ".")
	s = strings.ReplaceAll(s, "_", "-")
	if _, ok := text.LanguageTag(s); !ok {
		return ""
	}
	return s
}
