package preset

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/text"
)

// zola is Zola (getzola.org/documentation/content/page).
func zola() Preset {
	p, _ := zolaSite{}.preset(nil)
	return p
}

// zolaSite is what of a Zola site's config decides about its pages.
type zolaSite struct {
	slugify   string // slugify.paths: on, safe or off
	keepDates bool   // slugify.paths_keep_dates
	language  string // the code of the source's language in file names and URLs; "" is the default language
}

// preset returns the preset of a site with these settings.
func (z zolaSite) preset(settings map[string]string) (Preset, error) {
	z.slugify, z.language = cmp.Or(settings["slugify.paths"], "on"), settings["language"]
	z.keepDates = settings["slugify.paths_keep_dates"] == "true"
	if !slices.Contains([]string{"on", "safe", "off"}, z.slugify) {
		return Preset{}, fmt.Errorf("slugify.paths: want on, safe or off, not %q", z.slugify)
	}
	return Preset{
		Name: "zola", Permalink: ownPath, FrontMatterRequired: true, URLKeys: []string{"path"},
		Settings:  []string{"language", "slugify.paths", "slugify.paths_keep_dates"},
		Use:       zolaSite{}.preset,
		DataFiles: z.dataFiles,
		Inherit:   z.inherit,
		Skip:      z.skip,
		Address:   z.address,
	}, nil
}

// dataFiles returns the files _index.md of the folders above a page: a draft is one with all that lies below.
func (z zolaSite) dataFiles(name string) []string {
	var all []string
	for _, folder := range foldersAbove(name) {
		all = append(all, path.Join(folder, "_index.md"))
	}
	return all
}

// inherit returns the draft of a section, and the date that the name or the path gives.
func (z zolaSite) inherit(name string, own []frontmatter.Field, data []Data) ([]frontmatter.Field, error) {
	var more []frontmatter.Field
	for _, d := range data {
		if member(d.Fields, "draft") == "true" {
			more = append(more, frontmatter.Field{Key: "draft", Value: frontmatter.Value{Kind: frontmatter.Scalar, Text: "true"}})
			break
		}
	}
	day, _ := zolaDate(z.name(name))
	if m := dateInPath.FindStringSubmatch("/" + member(own, "path") + "/"); day == "" && m != nil {
		day = strings.Join(m[1:], "-")
	}
	if day != "" && member(own, "date") == "" {
		more = append(more, frontmatter.Field{Key: "date", Value: frontmatter.Value{Kind: frontmatter.Scalar, Text: day}})
	}
	return more, nil
}

// dateInPath is a date as folders of a path.
var dateInPath = regexp.MustCompile(`/((?:19|20)\d{2})/(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])/`)

// skip returns why a file is no page.
func (z zolaSite) skip(name string, fields []frontmatter.Field) string {
	if path.Ext(name) != ".md" {
		return "Zola's pages are files .md"
	}
	if member(fields, "render") == "false" {
		return "its front matter says render = false, so Zola makes no page of it"
	}
	return ""
}

// address sets the path that Zola makes of a page.
func (z zolaSite) address(a *source.Article, name string, fields []frontmatter.Field) error {
	if a.Link.Own {
		a.Link.Pattern = literal("/" + strings.Trim(a.Link.Pattern, "/") + "/")
		return nil
	}
	if a.Link.Pattern != ownPath {
		return nil
	}
	slug := member(fields, "slug")
	if slug == "" {
		slug = z.name(name)
		if _, rest := zolaDate(slug); rest != "" && !z.keepDates {
			slug = rest
		}
	}
	slug, err := z.slug(text.NFC(slug))
	if err != nil {
		return err
	}
	at := path.Join("/", z.language, zolaFolder(name), slug)
	if strings.Trim(at, "/") == "" {
		a.Link.Pattern = "/"
		return nil
	}
	a.Link.Pattern = literal(escapePercent(at)) + "/"
	return nil
}

// name returns the name of a page: of its file, or of its folder where it is the index.
func (z zolaSite) name(name string) string {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	if z.language != "" {
		base = strings.TrimSuffix(base, "."+z.language)
	}
	if base == "index" {
		return strings.Trim(path.Base(path.Dir(name)), ".")
	}
	return base
}

// zolaFolder returns the folders above a page.
func zolaFolder(name string) string {
	folder := path.Dir(text.NFC(name))
	if stem, _, _ := strings.Cut(path.Base(name), "."); stem == "index" {
		folder = path.Dir(folder)
	}
	return strings.TrimPrefix(folder, ".")
}

// datedZolaName is a date, perhaps with a time, and perhaps a name behind it.
var datedZolaName = regexp.MustCompile(`^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])` +
	`(?:T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?)(?:\s?[_-](.+))?`)

// zolaDate takes the date off a name; both are "" where there is none.
func zolaDate(name string) (day, rest string) {
	if m := datedZolaName.FindStringSubmatch(name); m != nil {
		return m[1], m[2]
	}
	return "", ""
}

// slug spells a name as the site's slugify.paths says.
func (z zolaSite) slug(name string) (string, error) {
	switch z.slugify {
	case "off":
		return name, nil
	case "safe":
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(`<>:"/\|?*`, r) {
				return -1
			}
			return r
		}, strings.TrimRight(name, " .")), nil
	}
	var b strings.Builder
	hyphen := true // none stands at the beginning
	for _, r := range name {
		ascii, known := romanise(r)
		if !known {
			const why = `Zola writes %c in ASCII in the page's address, which herald cannot: give it a slug or path, or set slugify.paths = "safe" in ` +
				`config.toml and under settings`
			return "", source.Refuse(0, 0, fmt.Sprintf(why, r))
		}
		for _, c := range strings.ToLower(ascii) {
			switch {
			case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
				b.WriteRune(c)
				hyphen = false
			case !hyphen:
				b.WriteByte('-')
				hyphen = true
			}
		}
	}
	return strings.TrimSuffix(b.String(), "-"), nil
}
