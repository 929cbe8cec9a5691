package generator

import (
	"cmp"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

func detectJekyll(dir string, s *site) bool {
	j := &jekyllSite{site: s, dir: dir}
	j.config = firstFile(dir, "_config.yml", "_config.yaml", "_config.toml")
	if j.config == "" && !isDir(dir, "_posts") {
		return false
	}
	if j.config != "" {
		j.m = readSettings(dir, j.config, s)
	}
	s.Preset = "jekyll"
	j.takeOver()
	below := path.Join("/", filepath.ToSlash(j.m.text("source")), filepath.ToSlash(j.m.text("collections_dir")))
	j.root = strings.TrimPrefix(below, "/")
	collections := j.collections()
	s.Sources = append(j.posts(len(collections) == 0), collections...)
	j.clashes()
	j.exclusions()
	j.say()
	return true
}

// takeOver reads what the site says of itself.
func (j *jekyllSite) takeOver() {
	m := j.m
	j.Title, j.Description = m.text("title", "name"), m.text("description")
	j.Language, j.Zone = m.text("lang", "locale", "language"), m.text("timezone")
	j.Author, j.Email = m.text("author"), m.text("email")
	if a := m.part("author"); a != nil {
		j.Author, j.Email = a.text("name"), a.text("email")
	}
	j.standsAt(m.text("url"), m.text("baseurl"), j.config)
	if name := firstLine(j.dir, "CNAME"); j.URL == "" && name != "" {
		j.standsAt("https://"+name, m.text("baseurl"), "CNAME")
	}
	if base := strings.Trim(m.text("baseurl"), "/"); base != "" {
		j.note("baseurl /" + base + ": site.url is to end in it")
	}
	if m.text("timezone") != "" && zoneName(m.text("timezone")) == "" {
		j.note("timezone " + m.text("timezone") + " is not a known zone")
	}
}

// posts returns the sources of the posts: the _posts folder itself where it is the only one, and no folder above it is a
// category in its URLs; else all _posts folders at once, also where there are none yet, if nothing else is a source.
func (j *jekyllSite) posts(alone bool) []Source {
	found := postFolders(filepath.Join(j.dir, j.root))
	files := jekyllFolder{kind: "posts", name: "posts", permalink: j.permalink()}
	if len(found) == 1 && found[0] == "_posts" {
		files.folder = "_posts"
	} else if len(found) == 0 && !alone {
		return nil
	}
	return j.split(files)
}

// jekyllStyles are the names of patterns that the site's permalink may have.
func jekyllStyles() []string { return []string{"date", "pretty", "ordinal", "weekdate", "none"} }

// permalink returns the site's pattern of posts: the collection's own goes before the site's.
func (j *jekyllSite) permalink() string {
	if own := j.m.part("collections").part("posts").text("permalink"); own != "" {
		return j.pattern(own, "posts")
	}
	style := strings.TrimPrefix(j.m.text("permalink"), ":")
	if style == "" || slices.Contains(jekyllStyles(), style) {
		return style
	}
	return j.pattern(style, "posts")
}

// collections returns a source for each collection that has pages.
func (j *jekyllSite) collections() []Source {
	var all []Source
	for _, label := range slices.Sorted(maps.Keys(j.m.part("collections"))) {
		own := j.m.part("collections").part(label)
		folder := "_" + label
		here := isDir(filepath.Join(j.dir, j.root), folder)
		switch output, _ := own.flag("output"); {
		case label == "posts" || label == "drafts" || !here:
		case !output:
			j.hint("collection " + label + " has no output: true, so Jekyll makes no pages of it, and it is no source")
		default:
			pattern := j.pattern(cmp.Or(own.text("permalink"), "/:collection/:path"+j.suffix()), label)
			all = append(all, j.split(jekyllFolder{kind: label, name: label, folder: folder, permalink: pattern, undated: "sitemap_only"})...)
		}
	}
	for _, label := range j.m.list("collections") {
		if label != "posts" && isDir(filepath.Join(j.dir, j.root), "_"+label) {
			j.hint("collection " + label + " has no output: true, so Jekyll makes no pages of it, and it is no source")
		}
	}
	return all
}

// suffix returns what Jekyll puts behind the pattern of a collection that has none of its own.
func (j *jekyllSite) suffix() string {
	switch style := cmp.Or(strings.TrimPrefix(j.m.text("permalink"), ":"), "date"); {
	case style == "date" || style == "ordinal" || style == "none" || strings.HasSuffix(style, ":output_ext"):
		return ":output_ext"
	case style == "pretty" || strings.HasSuffix(style, "/"):
		return "/"
	}
	return ""
}

// exclusions says what Jekyll must not copy into its output.
func (j *jekyllSite) exclusions() {
	if j.m.text("source") != "" {
		return
	}
	already := j.m.list("exclude")
	for _, name := range j.ours() {
		if !slices.Contains(already, name) && !slices.Contains(already, name+"/") {
			j.Excludes.Names = append(j.Excludes.Names, name)
		}
	}
	j.Excludes.Place = "exclude in " + cmp.Or(j.config, "_config.yml")
}

// say tells what of the config herald does not do.
func (j *jekyllSite) say() {
	for _, key := range []string{"future", "unpublished", "show_drafts"} {
		if on, _ := j.m.flag(key); on {
			j.note(key + ": true; herald publishes a post at its date, and no drafts")
		}
	}
	if n := j.m.text("limit_posts"); n != "" && n != "0" {
		j.note("limit_posts: " + n + "; herald takes in all posts")
	}
	if mark := j.m.text("excerpt_separator"); mark != "" && !strings.Contains(strings.ReplaceAll(mark, " ", ""), "<!--more-->") {
		j.note("excerpt_separator " + mark + ": summaries end at <!--more-->, or are cut from the text")
	}
	if j.site.Pages = j.pages(j.suffix()); len(j.site.Pages) > 0 {
		j.hint("left out: " + Counted(len(j.site.Pages), "page") + " outside _posts and collections; name those that search engines shall know under sitemap.pages")
	}
}
