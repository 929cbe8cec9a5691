package generator

import (
	"bufio"
	"cmp"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"herald/source/permalink"
)

// jekyllSite is a Jekyll site that is being looked at.
type jekyllSite struct {
	*site
	dir    string // the site's folder
	root   string // where its documents are, below dir: source and collections_dir
	config string // the name of its config; "" is none
	m      settings
}

// pattern returns a pattern of Jekyll's as ours, "" where it cannot be used. The name of a style means nothing here.
func (j *jekyllSite) pattern(theirs, collection string) string {
	ours := "/" + strings.TrimLeft(strings.ReplaceAll(theirs, ":collection", collection), "/")
	if collection == "posts" { // these names have their date
		ours = strings.NewReplacer(":name", ":year-:month-:day-:slug", ":path", ":year-:month-:day-:title").Replace(ours)
	}
	if err := permalink.Check(ours); err != nil {
		j.note("permalink " + theirs + ": " + err.Error())
		return ""
	}
	return ours
}

// postFolders returns the _posts folders below root, as Jekyll finds them: not in folders whose names begin with "_" or ".".
func postFolders(root string) []string {
	var found []string
	_ = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() || p == root {
			return nil
		}
		switch name := d.Name(); {
		case name == "_posts":
			if rel, err := filepath.Rel(root, p); err == nil {
				found = append(found, filepath.ToSlash(rel))
			}
			return fs.SkipDir
		case isHiddenFolder(name):
			return fs.SkipDir
		}
		return nil
	})
	return found
}

// isHiddenFolder reports the names of folders in which no generator looks for pages.
func isHiddenFolder(name string) bool {
	return strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") || name == "node_modules" || name == "vendor"
}

// eachFile calls f with the path below root of each file; folders that are hidden are passed over, but for _posts.
func eachFile(root string, f func(rel string)) {
	_ = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil
		case d.IsDir() && p != root && d.Name() != "_posts" && isHiddenFolder(d.Name()):
			return fs.SkipDir
		case d.IsDir():
			return nil
		}
		if rel, err := filepath.Rel(root, p); err == nil {
			f(filepath.ToSlash(rel))
		}
		return nil
	})
}

// clashes names what Jekyll or a plugin of its writes where documents of ours lie.
func (j *jekyllSite) clashes() {
	plugins := append(j.m.list("plugins"), j.m.list("gems")...)
	has := func(plugin string) bool { return slices.Contains(plugins, plugin) || inGemfile(j.dir, plugin) }
	root := filepath.Join(j.dir, filepath.FromSlash(strings.Trim(j.m.text("source"), "/")))
	for _, at := range ourPaths() {
		if isFile(root, strings.TrimPrefix(at, "/")) {
			j.clash(at, "a file of your own", "remove that file, or give ours another path")
		}
	}
	if has("jekyll-feed") {
		at := "/" + strings.TrimPrefix(cmp.Or(j.m.part("feed").text("path"), "feed.xml"), "/")
		if slices.Contains(ourPaths(), at) {
			j.clash(at, "jekyll-feed", "ids and dates in ours are the same, so take jekyll-feed out of plugins; to keep Atom there: feeds: [{name: main, rss: /rss.xml, atom: "+at+"}]")
		} else {
			j.hint("jekyll-feed writes " + at + ": to take it over with the same ids: feeds: [{name: main, atom: " + at + "}], without jekyll-feed in plugins")
		}
	}
	if has("jekyll-sitemap") {
		j.clash("/sitemap.xml", "jekyll-sitemap", "take it out of plugins, and name the pages under sitemap.pages")
	}
}

// ourPaths are the documents that the written config makes.
func ourPaths() []string {
	return []string{"/feed.xml", "/atom.xml", "/feed.json", "/sitemap.xml", "/robots.txt"}
}

// inGemfile reports whether a line of the Gemfile asks for a gem.
func inGemfile(dir, gem string) bool {
	f, err := os.Open(filepath.Join(dir, "Gemfile"))
	if err != nil {
		return false
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "gem ") && strings.ContainsAny(line, `"'`) && strings.Trim(strings.Fields(line)[1], `"',`) == gem {
			return true
		}
	}
	return false
}

// firstLine returns the first line of a small file; "" where there is none.
func firstLine(dir, name string) string {
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil || len(data) > 1000 {
		return ""
	}
	line, _, _ := strings.Cut(string(data), "\n")
	return strings.TrimSpace(line)
}

// excluded returns the config's exclusions as patterns below a folder.
func (j *jekyllSite) excluded(folder string) []string {
	base := path.Join(strings.Trim(j.m.text("collections_dir"), "/"), folder)
	var kept []string
	for _, p := range j.m.list("exclude") {
		p = strings.TrimPrefix(strings.TrimPrefix(p, "./"), "/")
		if base == "" {
			kept = append(kept, p)
		} else if rest, found := strings.CutPrefix(p, base+"/"); found && rest != "" {
			kept = append(kept, rest)
		}
	}
	return jekyllGlobs(kept)
}

// jekyllGlobs turns Jekyll's exclusions, which name files, folders or globs, into ours.
func jekyllGlobs(patterns []string) []string {
	var globs []string
	for _, p := range patterns {
		p = strings.Trim(p, "/")
		switch {
		case p == "" || strings.Contains(p, "..") || strings.ContainsAny(p, "[{"):
		case path.Ext(p) != "" || strings.HasSuffix(p, "*"):
			globs = append(globs, p)
		default:
			globs = append(globs, p, p+"/**")
		}
	}
	return globs
}
