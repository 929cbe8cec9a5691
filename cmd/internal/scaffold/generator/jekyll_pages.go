package generator

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"herald/source/frontmatter"
)

// pages returns the addresses of what Jekyll makes pages of and that are neither posts nor in a collection; suffix is what it puts
// behind their names.
func (j *jekyllSite) pages(suffix string) []string {
	var all []string
	root := filepath.Join(j.dir, filepath.FromSlash(strings.Trim(j.m.text("source"), "/")))
	out := append(jekyllGlobs(j.m.list("exclude")), strings.TrimPrefix(j.folder(), "./")+"/**")
	eachFile(root, func(rel string) {
		isPage := slices.Contains([]string{".md", ".markdown", ".html", ".htm"}, strings.ToLower(path.Ext(rel)))
		skip := func(pattern string) bool {
			matches, _ := path.Match(pattern, rel)
			folder, isFolder := strings.CutSuffix(pattern, "**")
			return matches || isFolder && strings.HasPrefix(rel, folder)
		}
		if !isPage || strings.Contains("/"+rel, "/_posts/") || path.Base(rel) == "404.html" || slices.ContainsFunc(out, skip) {
			return
		}
		if at := jekyllPage(filepath.Join(root, filepath.FromSlash(rel)), rel, suffix); at != "" {
			all = append(all, at)
		}
	})
	slices.Sort(all)
	return slices.Compact(all)
}

// maxPage bounds what is read of a page.
const maxPage = 1 << 20

// jekyllPage returns the address of a page; "" where the file is none, or none for search engines.
func jekyllPage(file, rel, suffix string) string {
	data, err := os.ReadFile(file)
	if err != nil || len(data) > maxPage {
		return ""
	}
	m, err := frontmatter.Split(strings.ReplaceAll(strings.TrimPrefix(string(data), "\uFEFF"), "\r\n", "\n"))
	if err != nil || !m.Present {
		return ""
	}
	for _, key := range []string{"published", "sitemap"} {
		if _, v := frontmatter.Lookup(m.Fields, key); v.Text == "false" {
			return ""
		}
	}
	if _, v := frontmatter.Lookup(m.Fields, "redirect_to", "redirect"); v.Kind != frontmatter.Null {
		return ""
	}
	if _, v := frontmatter.Lookup(m.Fields, "permalink"); v.Text != "" {
		at := "/" + strings.TrimPrefix(v.Text, "/")
		if ext := path.Ext(at); ext != "" && ext != ".html" || strings.ContainsAny(at, ":{") {
			return ""
		}
		return at
	}
	name := strings.TrimSuffix(rel, path.Ext(rel))
	if path.Base(name) == "index" {
		return "/" + strings.TrimSuffix(name, "index")
	}
	return "/" + name + strings.ReplaceAll(suffix, ":output_ext", ".html")
}
