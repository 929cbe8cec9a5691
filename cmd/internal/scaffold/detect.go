package scaffold

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"
	"gopkg.in/yaml.v3"
)

// generator is one line of the table of generators.
type generator struct {
	name string
	// detect reports whether dir belongs to the generator, and takes over what its config says.
	detect func(dir string, s *site) bool
}

// generators is the table of those that are recognised, the surest marks first.
func generators() []generator {
	return []generator{
		{"Hugo", detectHugo},
		{"Zola", detectZola},
		{"Eleventy", detectEleventy},
		{"Jekyll", detectJekyll},
	}
}

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

// detect asks the generators one after the other. What cannot be read is treated as if it were
// not there and noted.
func detect(dir string) *site {
	s := &site{}
	for _, g := range generators() {
		if g.detect(dir, s) {
			s.generator = g.name
			break
		}
	}
	if s.generator == "" {
		s.sources = []origin{{name: "articles", path: ".", permalink: "/:path/"}}
		if isDir(dir, "articles") {
			s.sources[0].path = "./articles"
		}
	}
	for _, text := range []*string{&s.title, &s.description, &s.author, &s.email} {
		*text = oneLine(*text)
	}
	if s.title == "" {
		s.title = folderTitle(dir)
	}
	s.language = languageTag(s.language)
	s.zone = zoneName(s.zone)
	return s
}

func folderTitle(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil || filepath.Base(abs) == string(filepath.Separator) {
		return "My site"
	}
	return oneLine(filepath.Base(abs))
}

var languageForm = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// languageTag returns ko-KR for ko_KR.UTF-8; "" for what is no language.
func languageTag(s string) string {
	s, _, _ = strings.Cut(s, ".")
	s = strings.ReplaceAll(s, "_", "-")
	if !languageForm.MatchString(s) {
		return ""
	}
	return s
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

// maxSettings bounds a generator's config in bytes.
const maxSettings = 1 << 20

// settings is a generator's config: YAML, TOML or JSON by its name.
type settings map[string]any

func readSettings(dir, name string, s *site) settings {
	path := filepath.Join(dir, name)
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxSettings {
		s.note(name + " is too large to be read")
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		s.note(err.Error())
		return nil
	}
	var m settings
	if strings.HasSuffix(name, ".toml") {
		err = toml.Unmarshal(data, &m)
	} else { // JSON is YAML too
		err = yaml.Unmarshal(data, &m)
	}
	if err != nil {
		s.note(name + " could not be read: " + strings.ReplaceAll(err.Error(), "\n", " "))
		return nil
	}
	return m
}

// text returns the first of the keys that holds a string.
func (m settings) text(keys ...string) string {
	for _, key := range keys {
		if v, ok := m[key].(string); ok && v != "" {
			return v
		}
	}
	return ""
}

// part returns the mapping below a key; nil is none.
func (m settings) part(key string) settings {
	switch v := m[key].(type) {
	case map[string]any:
		return v
	case settings:
		return v
	}
	return nil
}

// list returns the strings below a key, which may hold one or many.
func (m settings) list(key string) []string {
	if one, ok := m[key].(string); ok {
		return []string{one}
	}
	var all []string
	many, _ := m[key].([]any)
	for _, v := range many {
		if one, ok := v.(string); ok {
			all = append(all, one)
		}
	}
	return all
}
