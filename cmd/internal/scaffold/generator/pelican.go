package generator

import (
	"cmp"
	"path"
	"regexp"
	"strings"

	"herald/cmd/internal/scaffold/program"
)

func detectPelican(dir string, s *site) bool {
	config, name := program.Read(dir, s.note, "pelicanconf.py")
	if name == "" {
		return false
	}
	live, liveName := program.Read(dir, s.note, "publishconf.py")
	text := func(key string) string { return cmp.Or(live.Text(key), config.Text(key)) }
	s.Preset, s.Optional = "pelican", true
	s.Title, s.Description, s.Author = text("SITENAME"), cmp.Or(text("SITESUBTITLE"), text("SITEDESCRIPTION")), text("AUTHOR")
	s.Language, s.Zone = text("DEFAULT_LANG"), cmp.Or(text("TIMEZONE"), "UTC")
	s.standsAt(live.Text("SITEURL"), "", liveName)
	s.standsAt(cmp.Or(s.URL, config.Text("SITEURL")), "", cmp.Or(s.URLFrom, name))
	s.PublishTo = cmp.Or(text("OUTPUT_PATH"), "output")
	root := path.Clean(cmp.Or(text("PATH"), "content"))
	articles := Source{Name: "articles", Path: dotSlash(root), Permalink: pelicanPattern(text("ARTICLE_URL"), "{slug}.html", s), Settings: pelicanSettings(config, live)}
	if lang := text("ARTICLE_LANG_URL"); lang != "" {
		articles.Settings["ARTICLE_LANG_URL"] = pelicanPattern(lang, "", s)
	}
	if only := config.Block("ARTICLE_PATHS").Strings(); len(only) == 1 && only[0] != "" {
		articles.Path = dotSlash(path.Join(root, only[0]))
	} else {
		for _, folder := range only {
			if folder != "" {
				articles.Include = append(articles.Include, folder+"/**")
			}
		}
	}
	pages := config.Block("PAGE_PATHS").Strings()
	if len(pages) == 0 {
		pages = []string{"pages"}
	}
	s.Sources = append(s.Sources, articles)
	for _, folder := range pages {
		s.Sources[0].Exclude = append(s.Sources[0].Exclude, folder+"/**")
		if isDir(dir, path.Join(root, folder)) {
			settings := pelicanSettings(config, live)
			settings["pages"] = "true"
			s.Sources = append(s.Sources, Source{Name: strings.ReplaceAll(folder, "/", "-"), Path: dotSlash(path.Join(root, folder)), Permalink: pelicanPattern(text("PAGE_URL"), "pages/{slug}.html", s), Settings: settings, Undated: "sitemap_only"})
		}
	}
	for _, folder := range append(config.Block("STATIC_PATHS").Strings(), config.Block("ARTICLE_EXCLUDES").Strings()...) {
		s.Sources[0].Exclude = append(s.Sources[0].Exclude, folder+"/**")
	}
	for _, key := range []string{"FILENAME_METADATA", "PATH_METADATA", "SLUG_REGEX_SUBSTITUTIONS", "SLUG_SUBSTITUTIONS"} {
		if config.Sets(key) {
			s.note(key + " is a program of its own; compare some URLs of herald plan with the site")
		}
	}
	return true
}

// pelicanSettings returns the settings that the preset takes.
func pelicanSettings(config, live program.Program) map[string]string {
	all := map[string]string{}
	for _, key := range []string{"DEFAULT_CATEGORY", "DEFAULT_LANG", "SLUGIFY_SOURCE"} {
		if value := cmp.Or(live.Text(key), config.Text(key)); value != "" {
			all[key] = value
		}
	}
	for _, key := range []string{"SLUGIFY_PRESERVE_CASE", "SLUGIFY_USE_UNICODE"} {
		if yes, set := config.Flag(key); set && yes {
			all[key] = "true"
		}
	}
	return all
}

var pelicanField = regexp.MustCompile(`\{(\w+)(?::([^}]*))?\}`)

// pelicanPattern writes a URL of Pelican's as a pattern of ours; standard where it is empty or has a part that means nothing to us.
func pelicanPattern(theirs, standard string, s *site) string {
	if theirs == "" {
		theirs = standard
	}
	ok := true
	ours := pelicanField.ReplaceAllStringFunc(theirs, func(field string) string {
		m := pelicanField.FindStringSubmatch(field)
		switch m[1] {
		case "slug", "category", "lang", "author":
			return ":" + m[1]
		case "date":
			return strings.NewReplacer("%Y", ":year", "%m", ":month", "%d", ":day", "%y", ":short_year", "%b", ":short_month", "%B", ":long_month", "%-m", ":i_month", "%-d", ":i_day", "%H", ":hour", "%M", ":minute").Replace(m[2])
		}
		ok = false
		return field
	})
	if !ok || strings.Contains(ours, "%") {
		s.note("the address " + theirs + " has a part that herald does not know")
		return pelicanPattern(standard, standard, s)
	}
	return "/" + strings.TrimSuffix(strings.TrimPrefix(ours, "/"), "index.html")
}
