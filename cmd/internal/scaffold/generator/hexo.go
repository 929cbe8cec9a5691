package generator

import (
	"cmp"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"herald/source/permalink"
	"herald/source/preset"
)

// hexoDefault is the pattern that Hexo has where _config.yml sets none (hexo.io/docs/configuration).
const hexoDefault = ":year/:month/:day/:title/"

func detectHexo(dir string, s *site) bool {
	name := firstFile(dir, "_config.yml", "_config.yaml", "_config.json")
	program := readPackage(dir)
	_, uses := program.part("dependencies")["hexo"]
	_, marked := program["hexo"]
	if name == "" || !uses && !marked {
		return false
	}
	m := readSettings(dir, name, s)
	s.Preset = "hexo"
	s.Title, s.Author, s.Zone = m.text("title"), m.text("author"), m.text("timezone")
	s.Description = cmp.Or(m.text("description"), m.text("subtitle"))
	if all := m.list("language"); len(all) > 0 {
		s.Language = strings.ReplaceAll(all[0], "default", "")
	}
	s.standsAt(m.text("url"), "", name)
	s.PublishTo = m.text("public_dir")
	content := cmp.Or(strings.Trim(path.Clean("/"+filepath.ToSlash(m.text("source_dir"))), "/"), "source")
	posts := Source{Name: "posts", Path: dotSlash(path.Join(content, "_posts")), Permalink: hexoPermalink(m, s)}
	posts.Exclude = hexoExcluded(m)
	s.Sources = []Source{posts}
	hexoOutputs(dir, content, m, program, s)
	hexoSay(dir, content, m, s)
	return true
}

// readPackage returns package.json; nil where there is none.
func readPackage(dir string) settings {
	if !isFile(dir, "package.json") {
		return nil
	}
	return readSettings(dir, "package.json", &site{})
}

// hexoPermalink returns the pattern as ours: what decides URLs elsewhere in the config is worked into it.
func hexoPermalink(m settings, s *site) string {
	theirs := cmp.Or(m.text("permalink"), hexoDefault)
	ours := "/" + strings.TrimLeft(theirs, "/")
	switch naming := cmp.Or(m.text("new_post_name"), ":title.md"); naming {
	case ":title.md", ":title":
	case ":year-:month-:day-:title.md":
		ours = regexp.MustCompile(`:title\b`).ReplaceAllString(ours, ":undated_title")
	default:
		s.note("new_post_name: " + naming + "; :title is read as the file's name, so compare some URLs of herald plan with the site")
	}
	if assets, _ := m.flag("post_asset_folder"); assets && !strings.HasSuffix(ours, "/") && !strings.HasSuffix(ours, ".html") {
		ours += "/"
	}
	pretty := m.part("pretty_urls")
	if keep, set := pretty.flag("trailing_index"); set && !keep {
		ours = strings.TrimSuffix(ours, "index.html")
	}
	if keep, set := pretty.flag("trailing_html"); set && !keep && !strings.HasSuffix(ours, "index.html") {
		ours = strings.TrimSuffix(ours, ".html")
	}
	names := permalink.Placeholders(ours)
	for name, v := range m.part("permalink_defaults") {
		if slices.Contains(names, name) {
			s.note("permalink_defaults: " + name + ": " + settings{name: v}.text(name) + "; articles without it are refused until they have it")
		}
	}
	if slices.Contains(names, "category") && (len(m.part("category_map")) > 0 || cmp.Or(m.text("default_category"), "uncategorized") != "uncategorized" || m.text("filename_case") == "1") {
		s.note("category_map, default_category and filename_case: URLs have categories as they are written")
	}
	if err := permalink.Check(ours, preset.Named("hexo").Placeholders...); err != nil {
		s.note("permalink " + theirs + ": " + err.Error())
		return ""
	}
	return ours
}

// hexoExcluded returns the exclusions that lie among the posts.
func hexoExcluded(m settings) []string {
	var kept []string
	for _, p := range append(m.list("exclude"), m.list("ignore")...) {
		if rest, found := strings.CutPrefix(strings.TrimPrefix(p, "source/"), "_posts/"); found {
			kept = append(kept, rest)
		} else if strings.HasPrefix(p, "**/") || strings.HasPrefix(p, "*.") {
			kept = append(kept, "**/"+strings.TrimPrefix(p, "**/"))
		}
	}
	return kept
}

// hexoOutputs names what plugins write where documents of ours lie.
func hexoOutputs(dir, content string, m, program settings, s *site) {
	has := func(plugin string) bool { _, there := program.part("dependencies")[plugin]; return there }
	for _, at := range ourPaths() {
		if isFile(filepath.Join(dir, content), strings.TrimPrefix(at, "/")) {
			s.clash(at, "a file of your own in "+content, "remove that file, or give ours another path")
		}
	}
	if has("hexo-generator-feed") {
		paths := m.part("feed").list("path")
		if len(paths) == 0 {
			paths = []string{"atom.xml"}
		}
		for _, p := range paths {
			if at := "/" + strings.TrimPrefix(p, "/"); slices.Contains(ourPaths(), at) {
				s.clash(at, "hexo-generator-feed", "ids and dates in ours are the same, so take hexo-generator-feed out of package.json")
			} else {
				s.hint("hexo-generator-feed writes " + at + ": readers of it are kept by aliases: {" + at + ": /atom.xml}")
			}
		}
	}
	for _, plugin := range []string{"hexo-generator-sitemap", "hexo-generator-seo-friendly-sitemap"} {
		if has(plugin) {
			s.clash("/sitemap.xml", plugin, "take it out of package.json, and name the pages under sitemap.pages")
		}
	}
	if has("hexo-generator-robotstxt") {
		s.clash("/robots.txt", "hexo-generator-robotstxt", "take it out of package.json, or write robots: false")
	}
}

// hexoSay tells what of the site herald does not do.
func hexoSay(dir, content string, m settings, s *site) {
	n := 0
	eachFile(filepath.Join(dir, content), func(rel string) {
		if ext := strings.ToLower(path.Ext(rel)); (ext == ".md" || ext == ".markdown") && !strings.HasPrefix(rel, "_posts/") {
			n++
		}
	})
	if n > 0 {
		s.hint("left out: " + Counted(n, "page") + " outside _posts; name those that search engines shall know under sitemap.pages")
	}
	s.hint("hexo clean empties " + s.folder() + ": run herald build after each hexo generate")
	if zone := m.text("timezone"); zone != "" {
		s.hint("Hexo puts the day of its machine's zone into URLs: where it does not run in " + zone + ", compare some URLs of herald plan with the site")
	}
	if future, set := m.flag("future"); !set || future {
		s.hint("a post with a date in the future is public in Hexo at once, and in herald at its date")
	}
}
