package preset

import (
	"path"
	"strings"
	"unicode"

	"herald/source"
	"herald/source/frontmatter"
)

// astro is Astro 2 to 6: the files of a content collection, whose pages stand where a route such as src/pages/blog/[...slug].astro puts
// them; with the setting pages the Markdown below src/pages.
func astro() Preset {
	p := Preset{
		Name: "astro", Permalink: ownPath, FrontMatterRequired: true, URLKeys: []string{}, Settings: []string{"pages"},
		Skip: astroSkip, Address: astroAddress,
	}
	p.Use = func(settings map[string]string) (Preset, error) {
		if settings["pages"] == "true" {
			p.Address = astroPage
		}
		return p, nil
	}
	return p
}

// astroSkip tells files and folders that Astro passes over.
func astroSkip(file string, fields []frontmatter.Field) string {
	if strings.HasPrefix(path.Base(file), "_") || strings.Contains(file, "/_") {
		return "Astro passes over names that begin with an underscore"
	}
	return ""
}

// astroAddress writes a collection's id of the file in place of :path, its last part in place of :name and :slug: front matter's slug, else
// the names of folders and file, each as GitHub makes anchors of headings.
func astroAddress(a *source.Article, file string, fields []frontmatter.Field) error {
	id := strings.Trim(a.Link.Slug, "/")
	if id == "" {
		var parts []string
		for part := range strings.SplitSeq(path.Join(folderOf(file), bare(file)), "/") {
			parts = append(parts, githubSlug(part))
		}
		id = strings.TrimSuffix(strings.Join(parts, "/"), "/index")
		if id == "index" {
			id = ""
		}
	}
	if id == "" && !a.Link.Own {
		a.Link.Pattern = strings.NewReplacer(":path", "", ":name", "", ":slug", "").Replace(a.Link.Pattern)
		return nil
	}
	place(a, map[string]string{"path": id, "name": path.Base(id), "slug": path.Base(id)})
	return nil
}

// astroPage is the address of a file below src/pages: its path.
func astroPage(a *source.Article, file string, fields []frontmatter.Field) error {
	at := path.Join(folderOf(file), bare(file))
	if at = strings.TrimSuffix(at, "/index"); at == "index" {
		at = ""
	}
	place(a, map[string]string{"path": at, "name": path.Base(at)})
	return nil
}

// githubSlug is the github-slugger of npm: lower case, letters, marks, digits, hyphens and underscores, a hyphen for each space.
func githubSlug(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-', unicode.IsLetter(r), unicode.IsMark(r), unicode.IsNumber(r) && !unicode.Is(unicode.No, r), unicode.Is(unicode.Pc, r), unicode.Is(unicode.Join_Control, r), unicode.Is(unicode.Other_Alphabetic, r):
			return r
		}
		return -1
	}, strings.ToLower(s))
}
