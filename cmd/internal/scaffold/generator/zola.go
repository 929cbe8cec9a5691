package generator

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

func detectZola(dir string, s *site) bool {
	from := firstFile(dir, "zola.toml", "config.toml")
	if from == "" || !isDir(dir, "content") || readSettings(dir, from, &site{}).text("base_url") == "" {
		return false
	}
	m := readSettings(dir, from, s)
	s.preset, s.title, s.description, s.author = "zola", m.text("title"), m.text("description"), m.text("author")
	s.language = cmp.Or(m.text("default_language"), "en")
	s.zone = "UTC" // Zola's own, always
	s.publishTo = m.text("output_dir")
	s.standsAt(m.text("base_url"), "", from)
	s.sources = zolaSources(m)
	for name, key := range map[string]string{"/sitemap.xml": "generate_sitemap", "/robots.txt": "generate_robots_txt"} {
		if yes, set := m.flag(key); yes || !set {
			s.clash(name, "Zola", "set "+key+" = false in "+from)
		}
	}
	slices.SortFunc(s.outputs, func(a, b Output) int { return strings.Compare(b.Path, a.Path) })
	if yes, _ := m.flag("generate_feeds"); yes {
		zolaFeeds(m, s, from)
	}
	return true
}

// zolaSources returns a source for each language.
func zolaSources(m settings) []origin {
	set := map[string]string{}
	slugify := m.part("slugify")
	if how := slugify.text("paths"); how != "" && how != "on" {
		set["slugify.paths"] = how
	}
	if keep, _ := slugify.flag("paths_keep_dates"); keep {
		set["slugify.paths_keep_dates"] = "true"
	}
	main := origin{name: "content", path: "./content", include: []string{"**/*.md"}, exclude: zolaIgnored(m), settings: set}
	all := []origin{main}
	for _, code := range slices.Sorted(maps.Keys(m.part("languages"))) {
		if code == cmp.Or(m.text("default_language"), "en") {
			continue
		}
		all[0].exclude = append(all[0].exclude, "**/*."+code+".md")
		other := origin{name: "content-" + code, path: main.path, include: []string{"**/*." + code + ".md"}, exclude: zolaIgnored(m), settings: maps.Clone(set)}
		other.settings["language"] = code
		if tag := languageTag(code); tag != "" {
			other.fields = map[string]any{"lang": tag}
		}
		all = append(all, other)
	}
	return all
}

// zolaIgnored returns the patterns of the content that Zola leaves out, which it matches against whole paths.
func zolaIgnored(m settings) []string {
	var globs []string
	for _, glob := range m.list("ignored_content") {
		glob = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(glob, "**/"), "content/"), "/")
		if strings.HasPrefix(glob, "*") {
			glob = "**/" + glob
		}
		globs = append(globs, glob)
	}
	return globs
}

// zolaFeeds names the feeds that Zola writes.
func zolaFeeds(m settings, s *site, from string) {
	names := m.list("feed_filenames")
	if len(names) == 0 {
		names = []string{cmp.Or(m.text("feed_filename"), "atom.xml")}
	}
	for _, name := range names {
		switch name {
		case "atom.xml", "feed.xml", "feed.json":
			s.clash("/"+name, "Zola", "set generate_feeds = false in "+from)
		default:
			s.hint("Zola's own feed stays at /" + name + "; to give its readers this one, set generate_feeds = false in " + from + " and write aliases: {/" + name + ": /feed.xml}")
		}
	}
}
