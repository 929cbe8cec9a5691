package scaffold

func detectZola(dir string, s *site) bool {
	if !isFile(dir, "config.toml") || !isDir(dir, "content") {
		return false
	}
	m := readSettings(dir, "config.toml", s)
	if m.text("base_url") == "" {
		return false
	}
	s.title, s.description, s.language = m.text("title"), m.text("description"), m.text("default_language")
	s.publishTo = m.text("output_dir")
	s.sources = []origin{{name: "content", path: "./content", permalink: "/:path/", exclude: append([]string{"**/_index.*"}, m.list("ignored_content")...)}}
	if len(m.part("languages")) > 0 {
		s.note("languages: only files of one language should be a source; give each its own with defaults.language")
	}
	s.note("Zola spells paths in its own way (slugify) and obeys slug and path; herald keeps file names: compare some URLs of herald plan with the site")
	return true
}
