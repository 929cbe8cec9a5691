package generator

import (
	"cmp"
	"path"
	"strings"

	"herald/cmd/internal/scaffold/program"
)

func detectDocusaurus(dir string, s *site) bool {
	at := ""
	config, name := program.Read(dir, s.note, "docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs", "docusaurus.config.cjs")
	if name == "" && isDir(dir, "website") {
		at = "website"
		config, name = program.Read(dir, s.note, "website/docusaurus.config.js", "website/docusaurus.config.ts", "website/docusaurus.config.mjs")
	}
	if name == "" {
		return false
	}
	s.Preset, s.Zone = "docusaurus", "UTC"
	s.Title, s.Description = config.Text("title"), config.Text("tagline")
	s.Language = config.Block("i18n").Text("defaultLocale")
	base := config.Text("baseUrl")
	if base == "/" {
		base = ""
	}
	s.standsAt(config.Text("url"), base, name)
	s.PublishTo = path.Join(at, "build")
	s.hint("Docusaurus empties " + s.PublishTo + " at each build: let herald build follow it")
	end := ""
	if yes, set := config.Flag("trailingSlash"); set && yes {
		end = "/"
	}
	blog, docs := config.Block("blog"), config.Block("docs")
	if folder := cmp.Or(blog.Text("path"), "blog"); isDir(dir, path.Join(at, folder)) {
		s.Sources = append(s.Sources, Source{
			Name: "blog", Path: dotSlash(path.Join(at, folder)), Permalink: path.Join("/", cmp.Or(routeBase(blog), "blog"), ":path") + end, Include: []string{"**/*.md", "**/*.mdx"},
		})
		s.clash("/"+path.Join(cmp.Or(routeBase(blog), "blog"), "rss.xml"), "Docusaurus", "switch feedOptions off once herald's feeds stand, and name the old paths under aliases")
	}
	if on, set := config.Flag("sitemap"); (on || !set) && strings.Contains(string(config), "classic") {
		s.clash("/sitemap.xml", "Docusaurus", "set sitemap: false in the options of its preset, or give ours another path")
	}
	if folder := docusaurusDocs(dir, at, docs, s); isDir(dir, folder) {
		s.Sources = append(s.Sources, Source{
			Name: "docs", Path: dotSlash(folder), Permalink: path.Join("/", cmp.Or(routeBase(docs), "docs"), ":path") + end, Include: []string{"**/*.md", "**/*.mdx"},
			Settings: map[string]string{"docs": "true"}, Undated: "sitemap_only",
		})
	}
	return len(s.Sources) > 0
}

// routeBase returns routeBasePath as a folder; "/" where it is the root of the site.
func routeBase(options program.Program) string {
	base := options.Text("routeBasePath")
	if trimmed := strings.Trim(base, "/"); trimmed != "" || base == "" {
		return trimmed
	}
	return "/"
}

// docusaurusDocs returns the folder of the manual that stands at its routeBasePath: with versions that of the last one.
func docusaurusDocs(dir, at string, docs program.Program, s *site) string {
	versions, _ := program.Read(dir, s.note, path.Join(at, "versions.json"))
	all := versions.Strings()
	if len(all) == 0 || docs.Text("lastVersion") == "current" {
		return path.Join(at, cmp.Or(docs.Text("path"), "docs"))
	}
	last := cmp.Or(docs.Text("lastVersion"), all[0])
	s.hint("the manual is that of version " + last + "; the others are left out")
	return path.Join(at, "versioned_docs", "version-"+last)
}
