package generator

import (
	"io/fs"
	"path/filepath"
	"strings"
)

// detectPages recognises a folder of HTML pages as they are published: its home page is there, and no Markdown.
func detectPages(dir string, s *site) bool {
	if firstFile(dir, "index.html", "index.htm") == "" {
		return false
	}
	markdown := false
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
		case d.IsDir() && p != dir && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules"):
			return fs.SkipDir
		case !d.IsDir() && strings.EqualFold(filepath.Ext(p), ".md") && !strings.HasPrefix(strings.ToUpper(d.Name()), "README"):
			markdown = true
			return fs.SkipAll
		}
		return nil
	})
	if markdown {
		return false
	}
	s.Optional = true
	s.Sources = []Source{{
		Name: "pages", Path: ".", Permalink: "/:path:output_ext", Include: []string{"**/*.html", "**/*.htm"},
		Comment: "A page stands where its canonical link says, else where its file lies.",
	}}
	s.Hints = append(s.Hints,
		"What is written to ./public belongs beside your pages: copy it there, or let the web server look in both folders",
		"If you want the sitemap and no feeds: feeds: [{name: main, off: true}]")
	return true
}
