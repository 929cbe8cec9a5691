package reader

import (
	"errors"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/markup"
	"herald/source/permalink"
	"herald/source/preset"
	"herald/source/safehtml"
	"herald/source/text"
	"herald/source/weburl"
)

// Compose makes an article from fields and a body, as a row of a database or an object of JSON holds them: the
// same keys, shapes and rules as those of front matter. r.Markup is the markup of the body; place is the article's
// name in messages and becomes Article.Place; Key is left to the caller. The folders, name and date in r.Path count as they do for a file. Times without an offset must be texts: those of type time.Time have one.
//
// A *source.ArticleError refuses the article. Compose keeps nothing of fields and may be called from several
// goroutines at once.
func Compose(place string, fields map[string]any, body string, r Reading) (*source.Article, error) {
	all, err := frontmatter.FromMap(fields)
	if err != nil {
		return nil, refuse(source.Refuse(0, 0, "fields: "+err.Error()), place)
	}
	return composeFields(place, all, frontmatter.Value{Text: body}, r)
}

// composeFields makes an article from fields and a body.
func composeFields(place string, all []frontmatter.Field, from frontmatter.Value, r Reading) (*source.Article, error) {
	body, plain, warnings := from.Text, from.Clean, []source.Warning(nil)
	if !plain {
		body, plain, warnings = text.Clean(body)
	}
	all, twice := frontmatter.KeepLast(all)
	front := frontmatter.Matter{Present: true, Fields: all, Body: body, Warnings: append(warnings, twice...)}
	return compose(place, front, plain, "", r)
}

// compose makes an article from front matter and a body. plain means that nothing in the body needs cleaning; file
// is the text that the body is a part of, for the lines of warnings, "" without one.
func compose(place string, front frontmatter.Matter, plain bool, file string, r Reading) (*source.Article, error) {
	as := r.Preset
	if as == nil {
		as = &preset.Preset{}
	}
	if as.Inherit != nil {
		more, err := as.Inherit(r.Path, front.Fields, r.Data)
		if err != nil {
			return nil, refuse(err, place)
		}
		front.Fields = frontmatter.Merge(front.Fields, more)
	}
	if as.Translate != nil {
		front.Fields = as.Translate(r.Path, front.Fields, r.Data)
	}
	all := renamed(withNested(front.Fields), r.Fields)
	why := redirect(all)
	if why == "" && as.Skip != nil {
		why = as.Skip(r.Path, all)
	}
	if why != "" {
		return nil, &SkipError{Why: why}
	}
	m := manuscript{present: front.Present, body: front.Body, file: file, plain: plain, warnings: front.Warnings, preset: as}
	a := &source.Article{Place: place}
	m.setFields(all)
	m.warnTypos(r.Fields)
	if err := m.dropTemplates(); err != nil {
		return nil, refuse(err, place)
	}
	if err := m.fill(a, r, as); err != nil {
		return nil, refuse(err, place)
	}
	a.Warnings = m.warnings
	a.ContentDigest = m.digest(a, r.Site)
	return a, nil
}

// digest digests the article. A canonical link that names its own page says where that stands, which does not count.
func (m *manuscript) digest(a *source.Article, s Site) source.Digest {
	said := a.Canonical
	if a.Link.Copy {
		site, err := weburl.ParseSite(s.URL)
		if err == nil {
			if _, own := permalink.Stated(a.Link, site); own {
				a.Canonical = ""
			}
		}
	}
	sum := contentDigest(a, m.prepared, m.plain)
	a.Canonical = said
	return sum
}

// maxReason bounds the reason of a refusal, in bytes: some repeat what is wrong.
const maxReason = 500

// refuse names the article in a refusal.
func refuse(err error, place string) error {
	var refused *source.ArticleError
	if errors.As(err, &refused) {
		refused.Place = place
		if len(refused.Reason) > maxReason {
			refused.Reason = strings.ToValidUTF8(refused.Reason[:maxReason], "") + "…"
		}
	}
	return err
}

// cutting returns how the date is taken off a file's name; nil: as cutDate does. Jekyll's named styles go with its names.
func cutting(r Reading, as *preset.Preset) func(name string) (date, rest string) {
	if as.CutDate == nil && permalink.IsStyle(r.Pattern) {
		return preset.CutJekyllDate
	}
	return as.CutDate
}

// fill sets every field of the article but Place, Warnings and Words.
func (m *manuscript) fill(a *source.Article, r Reading, as *preset.Preset) error {
	name := readName(r.Path, cutting(r, as))
	if as.DateOf != nil {
		name.date = as.DateOf(r.Path)
	}
	a.Link = source.Link{Pattern: r.Pattern, Dir: name.dir, Above: name.above, Name: name.name, Ext: ".html"}
	title, err := m.readBody(a, r, name)
	if err != nil {
		return err
	}
	m.prepared = markup.Prepare(a.Body, m.plain)
	if err := m.readTitle(a, title, as); err != nil {
		return err
	}
	summary, _ := m.text(summaryKeys...)
	if _, isFlag := flagWord(summary); !isFlag {
		a.Summary = safehtml.PlainText(summary)
	}
	m.readIdentity(a, as)
	m.readLanguage(a)
	m.readAuthors(a)
	m.readImage(a, r.Media)
	m.readEnclosures(a, r.Media)
	m.readAlternates(a)
	m.readEpisode(a)
	a.Categories = m.terms("category", "categories")
	a.Tags = m.terms("tag", "tags")
	if as.Categories != nil {
		a.Categories = as.Categories(name.above, r.Defaults.Categories, m.fields)
		a.Categories = a.Categories[:min(len(a.Categories), maxTerms)]
	}
	r.Defaults.apply(a)
	if err := m.readStates(a, r.Defaults); err != nil {
		return err
	}
	if err := m.readDates(a, r, name); err != nil || as.Address == nil {
		return err
	}
	return as.Address(a, r.Path, m.fields)
}
