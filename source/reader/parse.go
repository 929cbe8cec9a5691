// Package reader makes articles from the bytes of files and from fields: all that they say, under one set of rules.
package reader

import (
	"errors"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/markup"
	"herald/source/safehtml"
	"herald/source/text"
)

// Parse reads one article from the bytes of its file: all that the file and its name say. place
// is the file's name in messages and becomes Article.Place; Key is left to the caller.
//
// A *source.ArticleError refuses the article. ErrNotArticle means that there is nothing to refuse. Parse
// keeps nothing of data and may be called from several goroutines at once.
func Parse(place string, data []byte, r Reading) (*source.Article, error) {
	file, plain, warnings := text.CleanBytes(data)
	front, err := frontmatter.Split(file)
	if err != nil {
		return nil, placed(err, place)
	}
	if !front.Present && r.FrontMatterRequired {
		return nil, ErrNotArticle
	}
	m := manuscript{fields: front.Fields, present: front.Present, body: front.Body, plain: plain}
	m.warnings = append(warnings, front.Warnings...)
	a := &source.Article{Place: place}
	if err := m.fill(a, r); err != nil {
		return nil, placed(err, place)
	}
	m.warnDropped(a.Body, file)
	a.Warnings = m.warnings
	a.Words = contentDigest(a, m.prepared, plain)
	return a, nil
}

// placed names the file in a refusal.
func placed(err error, place string) error {
	var refused *source.ArticleError
	if errors.As(err, &refused) {
		refused.Place = place
	}
	return err
}

// fill sets every field of the article but Place, Warnings and Words.
func (m *manuscript) fill(a *source.Article, r Reading) error {
	name := readName(r.Path)
	a.Link = source.Link{Pattern: r.Pattern, Dir: name.dir, Above: name.above, Name: name.name, Ext: ".html"}
	title := m.readBody(a, r, name)
	m.prepared = markup.Prepare(a.Body, m.plain)
	if err := m.readTitle(a, title); err != nil {
		return err
	}
	summary, _ := m.text("excerpt", "summary", "description")
	a.Summary = safehtml.PlainText(summary)
	m.readIdentity(a)
	m.readLanguage(a)
	m.readAuthors(a)
	m.readImage(a)
	m.readEnclosures(a)
	m.readAlternates(a)
	a.Categories = m.terms("category", "categories")
	a.Tags = m.terms("tag", "tags")
	r.Defaults.apply(a)
	if err := m.readStates(a); err != nil {
		return err
	}
	return m.readDates(a, r, name)
}
