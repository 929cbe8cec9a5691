package generator

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"herald/source/text"
)

// site is what is taken over from a folder.
type site struct {
	generator                    string // "" is plain files
	preset                       string // sources[].preset of its sources; "" is none
	title, description, language string
	zone                         string // "" is the machine's
	author, email                string
	url, urlFrom                 string // where the site says that it stands, and the file that says so; "" is nowhere
	publishTo                    string // "" is ./public
	optional                     bool   // front_matter: optional, also under a generator
	sources                      []origin
	pages                        []string // paths that are no articles, for sitemap.pages
	outputs                      []Output
	excludes                     Exclusion
	notes                        []string // what could not be taken over
	hints                        []string // what else the operator should know
}

// origin is one of the sources that are written.
type origin struct {
	name, path       string
	permalink        string // "": the preset's
	include, exclude []string
	undated          string // "": the default, or sitemap_only where only some of its articles are dated
	dates            []string
	fields           map[string]any      // defaults: texts and lists of texts by key
	settings         map[string]string   // of the preset's generator
	keys             map[string][]string // the files' own keys for fields of ours
	comment          string              // a line above it
}

// Output is a document that the generator writes where one of ours lies.
type Output struct {
	Path   string `json:"path"`   // "/feed.xml"
	By     string `json:"by"`     // what writes it: "jekyll-feed"
	Advice string `json:"advice"` // what to do, one sentence
}

// Exclusion is what the generator must be told to leave alone: files of ours in a folder that it publishes.
type Exclusion struct {
	Place string   `json:"place"` // where it is written: "exclude in _config.yml"; "": nowhere
	Names []string `json:"names"`
}

// note remembers what of the generator's config could not be taken over.
func (s *site) note(text string) { s.notes = append(s.notes, text) }

// hint remembers what else the operator should know.
func (s *site) hint(text string) { s.hints = append(s.hints, text) }

// clash remembers a document that the generator writes, too; the first that names a path counts.
func (s *site) clash(path, by, advice string) {
	for _, o := range s.outputs {
		if o.Path == path {
			return
		}
	}
	s.outputs = append(s.outputs, Output{path, by, advice})
}

// standsAt remembers where the site says that it stands; base is a path that joins it.
func (s *site) standsAt(url, base, from string) {
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") {
		return
	}
	if base = strings.Trim(base, "/"); base != "" && !strings.HasSuffix(strings.TrimRight(url, "/"), "/"+base) {
		url = strings.TrimRight(url, "/") + "/" + base
	}
	s.url, s.urlFrom = strings.TrimRight(url, "/"), from
}

// folder returns publish.to: the generator's own output folder where it named one inside the site.
func (s *site) folder() string {
	to := path.Clean(filepath.ToSlash(s.publishTo))
	if s.publishTo == "" || to == "." || path.IsAbs(to) || strings.HasPrefix(to, "..") {
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
