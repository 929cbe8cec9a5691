package preset

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/permalink"
	"herald/source/text"
)

// pelicanSite is what of a Pelican site's config decides about its articles.
type pelicanSite struct {
	pages                      bool // the files are pages, which no feed shows
	language, languagePattern  string
	category                   string // DEFAULT_CATEGORY
	byName, unicode, keepsCase bool   // SLUGIFY_SOURCE is basename, SLUGIFY_USE_UNICODE, SLUGIFY_PRESERVE_CASE
}

// pelican is Pelican 4 (docs.getpelican.com, settings).
func pelican() Preset {
	p, _ := pelicanSite{}.preset(nil)
	return p
}

// preset returns the preset of a site with these settings.
func (s pelicanSite) preset(settings map[string]string) (Preset, error) {
	s = pelicanSite{language: "en", languagePattern: "/:slug-:lang.html", category: "misc"}
	for key, value := range settings {
		switch key {
		case "ARTICLE_LANG_URL":
			s.languagePattern = value
		case "DEFAULT_CATEGORY":
			s.category = value
		case "DEFAULT_LANG":
			s.language = value
		case "SLUGIFY_PRESERVE_CASE":
			s.keepsCase = value == "true"
		case "SLUGIFY_SOURCE":
			s.byName = value == "basename"
		case "SLUGIFY_USE_UNICODE":
			s.unicode = value == "true"
		case "pages":
			s.pages = value == "true"
		}
	}
	p := Preset{
		Name: "pelican", Permalink: "/:slug.html", URLKeys: []string{"url"},
		Settings: []string{"ARTICLE_LANG_URL", "DEFAULT_CATEGORY", "DEFAULT_LANG", "SLUGIFY_PRESERVE_CASE", "SLUGIFY_SOURCE", "SLUGIFY_USE_UNICODE", "pages"},
		Use:      pelicanSite{}.preset, Check: pelicanCheck, Translate: s.fields, DateOf: pelicanDate, Skip: s.skip, Address: s.address, ID: pelicanID,
	}
	if s.pages {
		p.Permalink = "/pages/:slug.html"
	}
	return p, nil
}

// pelicanCheck knows :category, :lang and :author beside the placeholders of package permalink.
func pelicanCheck(pattern string) error {
	return permalink.Check(placeholder.ReplaceAllStringFunc(pattern, func(match string) string {
		switch strings.TrimSuffix(match, "_") {
		case ":category", ":lang", ":author":
			return "x"
		}
		return match
	}))
}

// pelicanDate returns the date at the beginning of a file's name (FILENAME_METADATA).
func pelicanDate(file string) string {
	if at := isoDate.FindStringIndex(bare(file)); at != nil && at[0] == 0 {
		return bare(file)[:at[1]]
	}
	return ""
}

// fields sets the category that an article's folder is, and reads its status.
func (s pelicanSite) fields(file string, fields []frontmatter.Field, data []Data) []frontmatter.Field {
	var more []frontmatter.Field
	switch strings.ToLower(member(fields, "status")) {
	case "draft", "skip":
		more = append(more, setting("draft", "true"))
	case "hidden":
		more = append(more, setting("feed", "false"), setting("robots", "noindex"))
	}
	if s.pages {
		more = append(more, setting("feed", "false"))
	} else if folder := folderOf(file); folder != "" && member(fields, "category") == "" {
		more = append(more, setting("category", path.Base(folder)))
	}
	return frontmatter.Merge(fields, more)
}

// skip tells files that Pelican makes no article of: it wants a date.
func (s pelicanSite) skip(file string, fields []frontmatter.Field) string {
	if len(fields) == 0 && !strings.HasSuffix(strings.ToLower(file), ".html") {
		return "it has no header, and Pelican makes no article of such a file"
	}
	return ""
}

// address writes what Pelican puts in place of its placeholders.
func (s pelicanSite) address(a *source.Article, file string, fields []frontmatter.Field) error {
	if day := wallClock(a, fields); a.DatedBy == source.DatedByFileName {
		a.Link.Values = map[string]string{pelicanDay: pelicanDate(file)}
	} else if !day.IsZero() {
		a.Link.Values = map[string]string{pelicanDay: day.Format("2006-01-02")}
	}
	if a.Link.Own {
		a.Link.Pattern = withoutIndex(a.Link.Pattern)
		return nil
	}
	lang := strings.ToLower(member(fields, "lang"))
	if lang != "" && lang != s.language {
		a.Link.Pattern = s.languagePattern
	}
	category := s.category
	if len(a.Categories) > 0 {
		category = a.Categories[0]
	}
	author := ""
	if len(a.Authors) > 0 {
		author = a.Authors[0].Name
	}
	values := map[string]string{"lang": lang, "path": path.Join(folderOf(file), path.Base(file))}
	title := a.Title
	if s.byName {
		title = bare(file)
	}
	for name, from := range map[string]string{"category": category, "author": author, "slug": title} {
		if name == "slug" && a.Link.Slug != "" {
			values[name] = a.Link.Slug
			continue
		}
		if !strings.Contains(a.Link.Pattern, ":"+name) {
			continue
		}
		slug, err := s.slug(from)
		if err != nil {
			return refusedSlug(name, from, err)
		}
		values[name] = slug
	}
	place(a, values)
	return nil
}

func refusedSlug(name, from string, err error) error {
	if name == "slug" {
		name = "Slug"
	}
	return source.Refuse(0, 0, fmt.Sprintf("the address of %q: %v: write %s: into its header", from, err, name))
}

var (
	errOtherScript = errors.New("the generator writes other scripts in Latin letters, which herald does not")
	notInSlug      = regexp.MustCompile(`[^\pL\p{Mn}\p{Mc}\p{Nd}\p{Nl}_\s-]`)
	gapsInSlug     = regexp.MustCompile(`[-\s]+`)
)

// slug is Pelican's slugify with its own SLUG_REGEX_SUBSTITUTIONS.
func (s pelicanSite) slug(from string) (string, error) {
	slug := text.NFKC(from)
	if !s.unicode {
		var ok bool
		if slug, ok = asciiOf(slug); !ok {
			return "", errOtherScript
		}
	}
	slug = gapsInSlug.ReplaceAllString(strings.TrimSpace(notInSlug.ReplaceAllString(slug, "")), "-")
	if !s.keepsCase {
		slug = strings.ToLower(slug)
	}
	return slug, nil
}

// pelicanDay is the key in Link.Values of the day that ids hold.
const pelicanDay = "pelican day"

// pelicanID is the tag URI of Pelican's feeds.
func pelicanID(a *source.Article, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	day := ""
	if d := a.Link.Values[pelicanDay]; d != "" {
		day = "," + d
	} else if !a.Published.IsZero() {
		day = "," + a.Published.Format("2006-01-02")
	}
	return "tag:" + u.Hostname() + day + ":" + u.Path
}
