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
	s.Preset, s.Title, s.Description, s.Author = "zola", m.text("title"), m.text("description"), m.text("author")
	s.Language = cmp.Or(m.text("default_language"), "en")
	s.Zone = "UTC" // Zola's own, always
	s.PublishTo = m.text("output_dir")
	s.standsAt(m.text("base_url"), "", from)
	s.Sources = zolaSources(m)
	for name, key := range map[string]string{"/sitemap.xml": "generate_sitemap", "/robots.txt": "generate_robots_txt"} {
		if yes, set := m.flag(key); yes || !set {
			s.clash(name, "Zola", "set "+key+" = false in "+from)
		}
	}
	slices.SortFunc(s.Outputs, func(a, b Output) int { return strings.Compare(b.Path, a.Path) })
	if yes, _ := m.flag("generate_feeds"); yes {
		zolaFeeds(m, s, from)
	}
	return true
}

// zolaSources returns a source for each language.
func zolaSources(m settings) []Source {
	set := map[string]string{}
	slugify := m.part("slugify")
	if how := slugify.text("paths"); how != "" && how != "on" {
		set["slugify.paths"] = how
	}
	if keep, _ := slugify.flag("paths_keep_dates"); keep {
		set["slugify.paths_keep_dates"] = "true"
	}
	main := Source{Name: "content", Path: "./content", Include: []string{"**/*.md"}, Exclude: zolaIgnored(m), Settings: set}
	all := []Source{main}
	for _, code := range slices.Sorted(maps.Keys(m.part("languages"))) {
		if code == cmp.Or(m.text("default_language"), "en") {
			continue
		}
		all[0].Exclude = append(all[0].Exclude, "**/*."+code+".md")
		other := Source{Name: "content-" + code, Path: main.Path, Include: []string{"**/*." + code + ".md"}, Exclude: zolaIgnored(m), Settings: maps.Clone(set)}
		other.Settings["language"] = code
		if tag := languageTag(code); tag != "" {
			other.Defaults = map[string]any{"lang": tag}
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
