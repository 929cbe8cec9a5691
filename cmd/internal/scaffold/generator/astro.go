package generator

import (
	"cmp"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"herald/cmd/internal/scaffold/program"
)

func detectAstro(dir string, s *site) bool {
	config, name := program.Read(dir, s.note, "astro.config.mjs", "astro.config.ts", "astro.config.js", "astro.config.mts", "astro.config.cjs")
	if name == "" {
		return false
	}
	s.Preset, s.Zone = "astro", "UTC"
	s.standsAt(config.Text("site"), config.Text("base"), name)
	s.PublishTo = cmp.Or(config.Text("outDir"), "dist")
	s.hint("Astro empties " + s.PublishTo + " at each build: let herald build follow it")
	src := path.Clean(cmp.Or(config.Text("srcDir"), "src"))
	astroConstants(dir, src, s)
	end := "/"
	if config.Text("trailingSlash") == "never" || config.Block("build").Text("format") == "file" {
		end = ""
	} else if _, drops := dropsSlash(dir); drops {
		end = ""
	}
	routes := astroRoutes(filepath.Join(dir, filepath.FromSlash(src), "pages"))
	for _, c := range astroCollections(dir, src, s) {
		base, known := routes.of(c.Name)
		if !known {
			s.note("collection " + c.Name + ": no route below " + src + "/pages shows it by its name; where it has pages, make it a source with their permalink")
			continue
		}
		c.Permalink = path.Join("/", base, ":path") + end
		s.Sources = append(s.Sources, c)
	}
	if isDir(dir, src+"/pages") {
		s.Sources = append(s.Sources, Source{
			Name: "pages", Path: dotSlash(src + "/pages"), Permalink: "/:path" + end, Include: []string{"**/*.md", "**/*.mdx", "**/*.markdown"},
			Settings: map[string]string{"pages": "true"}, Undated: "sitemap_only",
		})
	}
	return len(s.Sources) > 0
}

// astroConstants takes over what Astro's own starter writes into src/consts.ts.
func astroConstants(dir, src string, s *site) {
	p, _ := program.Read(dir, s.note, src+"/consts.ts", src+"/consts.js", src+"/config.ts", src+"/site.config.ts", src+"/site-config.ts")
	s.Title, s.Description = p.Text("SITE_TITLE", "title"), p.Text("SITE_DESCRIPTION", "description", "desc")
	s.Language, s.Author = p.Text("lang", "locale"), p.Text("author")
}

// astroCollections returns a source for each folder of articles: those below src/content, and those that the config of
// collections loads with glob().
func astroCollections(dir, src string, s *site) []Source {
	var all []Source
	p, _ := program.Read(dir, s.note, src+"/content.config.ts", src+"/content.config.js", src+"/content.config.mjs", src+"/content/config.ts", src+"/content/config.js")
	loaded := map[string]string{}
	for _, m := range regexp.MustCompile(`(?:const|let|var)\s+(\w+)\s*=\s*defineCollection\(`).FindAllStringSubmatchIndex(string(p), -1) {
		body := program.Inside(string(p)[m[1]-1:])
		if base := body.Text("base"); strings.Contains(string(body), "glob(") && base != "" {
			loaded[string(p)[m[2]:m[3]]] = path.Clean(base)
		}
	}
	for _, name := range sortedKeys(loaded) {
		if isDir(dir, loaded[name]) {
			all = append(all, Source{Name: name, Path: dotSlash(loaded[name])})
		}
	}
	folders, _ := os.ReadDir(filepath.Join(dir, filepath.FromSlash(src), "content"))
	for _, f := range folders {
		at := dotSlash(src + "/content/" + f.Name())
		known := slices.ContainsFunc(all, func(o Source) bool { return o.Path == at })
		if f.IsDir() && !known && !strings.HasPrefix(f.Name(), "_") && !strings.HasPrefix(f.Name(), ".") && holdsArticles(filepath.Join(dir, filepath.FromSlash(at))) {
			all = append(all, Source{Name: f.Name(), Path: at})
		}
	}
	return all
}

func sortedKeys[V any](m map[string]V) []string {
	var all []string
	for key := range m {
		all = append(all, key)
	}
	slices.Sort(all)
	return all
}

// holdsArticles reports whether a folder has Markdown in it.
func holdsArticles(dir string) bool {
	found := false
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && slices.Contains([]string{".md", ".mdx", ".markdown"}, strings.ToLower(filepath.Ext(p))) {
			found = true
			return fs.SkipAll
		}
		return nil
	})
	return found
}

// astroRoute is a page that is made of each article of a collection.
type astroRoute struct {
	base string // "blog" for src/pages/blog/[...slug].astro
	text program.Program
}

type astroRoutesFound []astroRoute

// astroRoutes finds the routes with one parameter below src/pages.
func astroRoutes(pages string) astroRoutesFound {
	var all astroRoutesFound
	_ = filepath.WalkDir(pages, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		rel, err := filepath.Rel(pages, p)
		if err != nil {
			return nil
		}
		route := strings.TrimSuffix(strings.TrimSuffix(filepath.ToSlash(rel), ".astro"), "/index")
		base := strings.TrimPrefix(path.Dir(route), ".")
		if filepath.Ext(p) != ".astro" || !strings.HasPrefix(path.Base(route), "[") || strings.Contains(base, "[") {
			return nil
		}
		text, _ := program.Read(pages, func(string) {}, filepath.ToSlash(rel))
		all = append(all, astroRoute{base, text})
		return nil
	})
	return all
}

// of returns where the articles of a collection stand: at the route that asks for the collection by its name and shows their text, else
// at the one in a folder of the collection's name.
func (all astroRoutesFound) of(collection string) (base string, known bool) {
	for _, r := range all {
		if slices.Contains(r.text.Called("getCollection"), collection) && strings.Contains(string(r.text), "Content") {
			return r.base, true
		}
	}
	for _, r := range all {
		if r.base == collection {
			return r.base, true
		}
	}
	return "", false
}
