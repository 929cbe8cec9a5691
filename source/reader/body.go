package reader

import (
	"cmp"
	"regexp"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/marks"
	"herald/source/markup"
	"herald/source/preset"
	"herald/source/safehtml"
	"herald/source/text"
)

// resolveMarks takes the marks of templates out of a body, and warns of those that a generator would have made text of and
// that are dropped since herald runs no templates.
func (m *manuscript) resolveMarks(b *source.Body, r Reading, ext string) {
	result := markup.ResolveMarks(*b, m.facts(r, ext))
	if len(result.Dropped) > 0 {
		var place frontmatter.Value
		if before := strings.Index(m.file, b.Text); before >= 0 {
			place.Line = result.Line + strings.Count(m.file[:before], "\n")
		}
		m.warn(place, "%s: herald runs no templates; such marks are dropped and the text between them stays", strings.Join(result.Dropped, ", "))
	}
	if result.Text != b.Text {
		b.Text, m.plain = text.CleanString(result.Text), false
	}
}

// facts returns what marks may ask for.
func (m *manuscript) facts(r Reading, ext string) marks.Facts {
	return marks.Facts{
		URL: r.Site.URL, Title: r.Site.Title, MDX: ext == ".mdx", Include: r.Include,
		Field: func(name string) (string, bool) {
			_, v := m.lookup(name)
			return v.Text, v.Kind == frontmatter.Scalar
		},
	}
}

// readTitle fills Title: front matter's, else what readBody found, else the first heading, else
// the first line.
func (m *manuscript) readTitle(a *source.Article, found string, as *preset.Preset) error {
	written, _ := m.text(titleKeys...)
	if a.Title = cmp.Or(safehtml.PlainText(written), found); a.Title == "" {
		o := markup.ScanPrepared(a.Body.Markup, m.prepared)
		a.Title = o.Heading
		if a.Title == "" && as.Title != nil {
			a.Title = as.Title(a)
		}
		a.Title = cmp.Or(a.Title, o.FirstLine)
	}
	if a.Title == "" && as.Name != "" && strings.TrimSpace(htmlComment.ReplaceAllString(m.body, "")) == "" {
		return &SkipError{Why: "it has neither title nor text"} // a layout of the generator fills it, or it keeps a place
	}
	if a.Title == "" {
		return source.Refuse(0, 0, "no title: front matter has none, and there is no heading and no line of text")
	}
	return nil
}

// htmlComment is a comment of HTML, which Markdown has too.
var htmlComment = regexp.MustCompile(`(?s)<!--.*?-->`)

// readBody fills Body. Where there is no front matter it also returns the title that the body
// begins with, taken out of the body.
func (m *manuscript) readBody(a *source.Article, r Reading, name fileName) (title string, err error) {
	a.Body = source.Body{Markup: markupOf(r.Markup, name.ext, m.body), Text: m.body}
	if as := r.Preset; as != nil && as.Markdown != "" && a.Body.Markup == source.Markdown {
		a.Body.Markup = as.Markdown
	}
	if err := m.bound(a.Body); err != nil {
		return "", err
	}
	switch {
	case m.present:
		m.resolveMarks(&a.Body, r, name.ext)
		return "", m.boundAgain(a.Body)
	case a.Body.Markup == source.HTML && strings.Contains(m.body, "<"):
		title, err = m.readPage(a, r.Path)
		if err == nil {
			m.resolveMarks(&a.Body, r, name.ext)
		}
		return title, err
	}
	m.resolveMarks(&a.Body, r, name.ext)
	if err := m.boundAgain(a.Body); err != nil {
		return "", err
	}
	title, a.Body.Text = markup.CutTitle(a.Body)
	return title, nil
}

// bound refuses a body that costs too much.
func (m *manuscript) bound(b source.Body) error {
	err := markup.Bound(b, m.plain)
	if err == nil {
		return nil
	}
	if before := strings.Index(m.file, b.Text); before >= 0 {
		err.Line += strings.Count(m.file[:before], "\n")
	} else {
		err.Line = 0
	}
	return err
}

// boundAgain is bound for a body that marks may have changed.
func (m *manuscript) boundAgain(b source.Body) error {
	if b.Text == m.body {
		return nil
	}
	return m.bound(b)
}

// markupOf decides how a body is read. Files of other extensions are read as .txt is.
func markupOf(set source.Markup, ext, body string) source.Markup {
	if set != "" && set != source.Auto {
		return set
	}
	switch ext {
	case ".md", ".markdown", ".mkd", ".mkdn", ".mdown", ".mdx":
		return source.Markdown
	case ".html", ".htm", ".xhtml":
		return source.HTML
	}
	if safehtml.BeginsWithBlockTag(strings.TrimLeft(body, " \t\n")) {
		return source.HTML
	}
	return source.Text
}
