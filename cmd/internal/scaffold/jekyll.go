package scaffold

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"herald/source/permalink"
)

// jekyllDefault is the permalink style that Jekyll has where _config.yml sets none
// (jekyllrb.com/docs/permalinks).
const jekyllDefault = "date"

func detectJekyll(dir string, s *site) bool {
	name := firstFile(dir, "_config.yml", "_config.yaml", "_config.toml")
	if name == "" && !isDir(dir, "_posts") {
		return false
	}
	var m settings
	if name != "" {
		m = readSettings(dir, name, s)
	}
	s.title, s.description = m.text("title", "name"), m.text("description")
	s.language, s.zone = m.text("lang", "locale", "language"), m.text("timezone")
	s.author, s.email = m.text("author"), m.text("email")
	if a := m.part("author"); a != nil {
		s.author, s.email = a.text("name"), a.text("email")
	}
	s.preset = "jekyll"
	s.sources = []origin{jekyllPosts(dir, m, s)}
	if base := strings.Trim(m.text("baseurl"), "/"); base != "" {
		s.note("baseurl /" + base + ": site.url is to end in it")
	}
	if m.text("timezone") != "" && zoneName(m.text("timezone")) == "" {
		s.note("timezone " + m.text("timezone") + " is not a known zone")
	}
	s.note("pages outside _posts and collections: they are no articles; name those that search engines shall know under sitemap.pages")
	return true
}

// jekyllPosts returns the source of the posts: the _posts folder itself where it is the only one, and
// no folder above it is a category in its URLs.
func jekyllPosts(dir string, m settings, s *site) origin {
	root := path.Clean("/" + filepath.ToSlash(m.text("source")))[1:]
	posts := origin{name: "posts", permalink: jekyllPermalink(m, s)}
	found := postFolders(filepath.Join(dir, root))
	above := slices.DeleteFunc(slices.Clone(found), func(folder string) bool { return folder == "_posts" })
	if len(found) == 1 && len(above) == 0 {
		posts.path = dotSlash(path.Join(root, found[0]))
		posts.exclude = excludedBelow(found[0], m.list("exclude"))
		return posts
	}
	posts.path = dotSlash(root)
	posts.include = []string{"**/_posts/**/*.md", "**/_posts/**/*.markdown", "**/_posts/**/*.html"}
	posts.exclude = jekyllGlobs(m.list("exclude"))
	if len(above) > 0 {
		s.note("categories from the folders above _posts, but for those in URLs: " + strings.Join(above, ", ") + "; write them into the articles or make each folder a source with defaults.categories")
	}
	return posts
}

// postFolders returns the _posts folders below root, as Jekyll finds them: not in folders whose
// names begin with "_" or ".".
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
		case strings.HasPrefix(name, "_"), strings.HasPrefix(name, "."), slices.Contains([]string{"node_modules", "vendor"}, name):
			return fs.SkipDir
		}
		return nil
	})
	return found
}

// jekyllPermalink returns the pattern of posts: a collection's own goes before the site's.
func jekyllPermalink(m settings, s *site) string {
	pattern := m.text("permalink")
	if own := m.part("collections").part("posts").text("permalink"); own != "" {
		pattern = own
	}
	defaults, _ := m["defaults"].([]any)
	for _, one := range defaults {
		d, _ := one.(map[string]any)
		scope, own := settings(d).part("scope"), settings(d).part("values").text("permalink")
		switch {
		case own == "":
		case scope.text("path") == "" && (scope.text("type") == "posts" || scope.text("type") == ""):
			pattern = own
		default:
			s.note("defaults: permalink " + own + " holds for a part of the site only; make that part a source of its own")
		}
	}
	if pattern == "" {
		return jekyllDefault
	}
	if !slices.Contains([]string{"date", "pretty", "ordinal", "weekdate", "none"}, pattern) && !strings.HasPrefix(pattern, "/") {
		pattern = "/" + pattern
	}
	if err := permalink.Check(pattern); err != nil {
		s.note("permalink " + pattern + ": " + err.Error())
		return jekyllDefault
	}
	return pattern
}

// excludedBelow returns those exclusions that lie in folder, relative to it.
func excludedBelow(folder string, patterns []string) []string {
	var kept []string
	for _, p := range patterns {
		if rest, found := strings.CutPrefix(strings.TrimPrefix(p, "/"), folder+"/"); found && rest != "" {
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
		case p == "":
		case path.Ext(p) != "" || strings.HasSuffix(p, "*"):
			globs = append(globs, p)
		default:
			globs = append(globs, p, p+"/**")
		}
	}
	return globs
}
