package generator

import (
	"cmp"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"herald/cmd/internal/scaffold/program"
)

func detectEleventy(dir string, s *site) bool {
	config, name := program.Read(dir, s.note, ".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts")
	if name == "" {
		return false
	}
	s.Preset, s.Zone = "eleventy", "UTC" // Eleventy's own
	folders := config.Block("dir")
	input := cmp.Or(last(config.Called("setInputDirectory")), folders.Text("input"), ".")
	output := cmp.Or(last(config.Called("setOutputDirectory")), folders.Text("output"), "_site")
	s.PublishTo = output
	eleventyMetadata(dir, path.Join(input, cmp.Or(last(config.Called("setDataDirectory")), folders.Text("data"), "_data")), s)
	content := Source{Name: "content", Path: dotSlash(path.Clean(input)), Permalink: "/:path/"}
	if path.Clean(input) == "." {
		content.Exclude = append(content.Exclude, strings.Trim(path.Clean(output), "/")+"/**")
	}
	content.Exclude = append(content.Exclude, eleventyIgnored(dir, input, config)...)
	s.Sources = append(eleventyFolders(dir, input, &content, s), content)
	if from, drops := dropsSlash(dir); drops {
		for i := range s.Sources {
			s.Sources[i].Permalink = strings.TrimSuffix(s.Sources[i].Permalink, "/")
		}
		s.hint(from + " takes the slash off the end of URLs: so do the permalinks here")
	}
	if strings.Contains(string(config), "addUrlTransform") {
		s.note(name + ": addUrlTransform changes URLs by a program; compare some URLs of herald plan with the site")
	}
	s.Excludes = Exclusion{Place: ".eleventyignore", Names: []string{"herald.yaml"}}
	return true
}

func last(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}

// eleventyMetadata takes over what the global data of a site say of it, under the names that Eleventy's own starter has.
func eleventyMetadata(dir, data string, s *site) {
	for _, name := range []string{"metadata", "site", "meta"} {
		if file := firstFile(dir, path.Join(data, name+".json")); file != "" {
			m := readSettings(dir, file, s)
			s.Title, s.Description, s.Language = cmp.Or(s.Title, m.text("title", "name")), cmp.Or(s.Description, m.text("description")), cmp.Or(s.Language, m.text("language", "lang", "locale"))
			s.Author, s.Email = cmp.Or(m.part("author").text("name"), m.text("author")), m.part("author").text("email")
			s.standsAt(m.text("url", "baseUrl", "siteUrl"), "", file)
			return
		}
		if p, file := program.Read(dir, s.note, path.Join(data, name+".js"), path.Join(data, name+".mjs"), path.Join(data, name+".cjs")); file != "" {
			s.Title, s.Description, s.Language = p.Text("title", "name"), p.Text("description"), p.Text("language", "lang", "locale")
			author := p.Block("author")
			s.Author, s.Email = cmp.Or(author.Text("name"), p.Text("author")), author.Text("email")
			s.standsAt(p.Text("url", "baseUrl", "siteUrl"), "", file)
			return
		}
	}
}

// eleventyIgnored returns what .eleventyignore and the config leave out, relative to the input folder.
func eleventyIgnored(dir, input string, config program.Program) []string {
	lines := config.Called("ignores.add")
	for _, name := range []string{".eleventyignore", path.Join(input, ".eleventyignore")} {
		lines = append(lines, readLines(filepath.Join(dir, name))...)
	}
	var all []string
	for _, line := range lines {
		line = strings.Trim(strings.TrimPrefix(strings.TrimSpace(line), "./"), "/")
		if in := path.Clean(input); in != "." {
			line = strings.TrimPrefix(line, in+"/")
		}
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "!") || strings.HasPrefix(line, "_") {
			continue
		}
		all = append(all, jekyllGlobs([]string{line})...)
	}
	return all
}

// eleventyFolders returns a source for each folder whose data file is a program that sets the permalink of its pages in words that
// can be read, and leaves the folder out of the rest. What cannot be read is noted.
func eleventyFolders(dir, input string, rest *Source, s *site) []Source {
	var all []Source
	root := filepath.Join(dir, filepath.FromSlash(input))
	_ = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if d.IsDir() && p != root && (strings.ContainsAny(d.Name()[:1], "._") || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		stem, isData := cutAny(d.Name(), ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs")
		if d.IsDir() || !isData {
			return nil
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return nil
		}
		folder := filepath.ToSlash(filepath.Dir(rel))
		data, file := program.Read(root, s.note, filepath.ToSlash(rel))
		if !data.Sets("permalink") {
			return nil
		}
		ours, ok := eleventyPattern(data.Text("permalink"))
		if !ok || path.Base(folder) != stem {
			s.note(file + " sets permalinks by a program; write permalink into those articles, or make them a source of their own")
			return nil
		}
		all = append(all, Source{Name: strings.ReplaceAll(folder, "/", "-"), Path: dotSlash(path.Join(path.Clean(input), folder)), Permalink: ours})
		rest.Exclude = append(rest.Exclude, folder+"/**")
		return nil
	})
	slices.SortFunc(all, func(a, b Source) int { return strings.Compare(a.Path, b.Path) })
	return all
}

func cutAny(name string, suffixes ...string) (stem string, found bool) {
	for _, suffix := range suffixes {
		if stem, found = strings.CutSuffix(name, suffix); found {
			return stem, true
		}
	}
	return name, false
}

// eleventyPattern writes a permalink template as a pattern of ours; not ok where it has a mark of another meaning.
func eleventyPattern(theirs string) (ours string, ok bool) {
	ours = strings.NewReplacer("{{ page.fileSlug }}", ":name", "{{page.fileSlug}}", ":name", "{{ page.fileSlug | slugify }}", ":name", "{{ page.fileSlug | slug }}", ":name",
		"{{ slug }}", ":slug", "{{ page.date | date: '%Y/%m/%d' }}", ":year/:month/:day", `{{ page.date | date: "%Y/%m/%d" }}`, ":year/:month/:day").Replace(theirs)
	ours = strings.TrimSuffix("/"+strings.TrimPrefix(ours, "/"), "index.html")
	return ours, theirs != "" && !strings.ContainsAny(ours, "{}$")
}
