// Package generator recognises the generator that a folder belongs to and takes over settings of the generator's own config.
package generator

import (
	"path/filepath"
)

// generator is one line of the table of generators.
type generator struct {
	name string
	// detect reports whether dir belongs to the generator, and takes over the settings of its config.
	detect func(dir string, s *site) bool
}

// generators is the table of those that are recognised, the surest marks first.
func generators() []generator {
	return []generator{
		{"Hugo", detectHugo},
		{"Zola", detectZola},
		{"Eleventy", detectEleventy},
		{"Astro", detectAstro},
		{"Docusaurus", detectDocusaurus},
		{"Pelican", detectPelican},
		{"Nikola", detectNikola},
		{"Hexo", detectHexo},
		{"Jekyll", detectJekyll},
		{"HTML pages", detectPages},
	}
}

// Detect asks the generators one after the other. What cannot be read is treated as if it were
// not there and noted.
func Detect(dir string) Found {
	s := &site{}
	for _, g := range generators() {
		if g.detect(dir, s) {
			s.Generator = g.name
			break
		}
	}
	if s.Generator == "" {
		s.Sources = []Source{{Name: "articles", Path: ".", Permalink: "/:path/"}}
		if isDir(dir, "articles") {
			s.Sources[0].Path = "./articles"
		}
		noteNoPreset(dir, s)
	}
	noteStanding(dir, s)
	for _, one := range []*string{&s.Title, &s.Description, &s.Author, &s.Email, &s.URL} {
		*one = OneLine(*one)
	}
	if s.Title == "" {
		s.Title = folderTitle(dir)
	}
	s.Language = languageTag(s.Language)
	s.Zone = zoneName(s.Zone)
	return s.found()
}

func folderTitle(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil || filepath.Base(abs) == string(filepath.Separator) {
		return "My site"
	}
	return OneLine(filepath.Base(abs))
}
