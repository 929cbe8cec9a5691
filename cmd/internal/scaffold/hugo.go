package scaffold

import (
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

func detectHugo(dir string, s *site) bool {
	name := firstFile(dir, "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json",
		"config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/config.toml", "config/_default/config.yaml")
	if name == "" {
		name = firstFile(dir, "config.toml", "config.yaml", "config.yml", "config.json")
		if name == "" || !isDir(dir, "content") {
			return false
		}
		if m := readSettings(dir, name, &site{}); m.text("baseURL", "baseurl") == "" {
			return false
		}
	}
	m := readSettings(dir, name, s)
	s.title, s.zone = m.text("title"), m.text("timeZone", "timezone")
	s.language = m.text("locale", "languageCode", "languagecode", "defaultContentLanguage")
	s.description = m.part("params").text("description")
	s.publishTo = m.text("publishDir")
	s.sources = hugoSources(m, s)
	if len(m.part("languages")) > 1 {
		s.note("languages: only files of one language should be a source; give each its own with defaults.language")
	}
	if len(m.list("ignoreFiles")) > 0 {
		s.note("ignoreFiles: write those files under exclude")
	}
	s.note("Hugo writes paths in lower case with - for spaces, and slug in place of the file name; herald keeps file names: compare some URLs of herald plan with the site")
	return true
}

// hugoSources returns a source for the content as a whole, and one for each section whose
// permalink pattern can be written as ours.
func hugoSources(m settings, s *site) []origin {
	content := strings.Trim(path.Clean(filepath.ToSlash(m.text("contentDir", "contentdir"))), "/")
	if content == "" || content == "." {
		content = "content"
	}
	pattern := "/:path/"
	if ugly, _ := m["uglyURLs"].(bool); ugly {
		pattern = "/:path.html"
	}
	whole := origin{name: "content", path: dotSlash(content), permalink: pattern, exclude: []string{"**/_index.*"}}
	sections := m.part("permalinks")
	if page := sections.part("page"); page != nil {
		sections = page
	}
	all := []origin{whole}
	for _, section := range slices.Sorted(maps.Keys(sections)) {
		theirs := sections.text(section)
		if theirs == "" {
			continue
		}
		ours, ok := hugoPattern(theirs, section)
		if !ok || section == "/" || strings.ContainsAny(section, "*{}[]/\\") {
			s.note("permalinks." + section + ": " + theirs + " means titles or folders that herald names otherwise; make the section a source of its own")
			continue
		}
		all[0].exclude = append(all[0].exclude, section+"/**")
		all = append(all, origin{name: section, path: dotSlash(content + "/" + section), permalink: ours, exclude: []string{"**/_index.*"}})
	}
	return all
}

var hugoToken = regexp.MustCompile(`:[a-z]+`)

// hugoPattern writes a pattern of Hugo's as ours; not ok where it has a part that means
// something else to us (gohugo.io/configuration/permalinks).
func hugoPattern(theirs, section string) (ours string, ok bool) {
	same := map[string]string{
		":year": ":year", ":month": ":month", ":day": ":day", ":section": section,
		":filename": ":name", ":contentbasename": ":name", ":slugorfilename": ":name", ":slugorcontentbasename": ":name",
	}
	ok = true
	ours = hugoToken.ReplaceAllStringFunc(theirs, func(token string) string {
		if same[token] == "" {
			ok = false
		}
		return same[token]
	})
	return "/" + strings.TrimPrefix(ours, "/"), ok && !strings.Contains(theirs, "[")
}
