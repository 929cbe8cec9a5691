package source

import (
	"cmp"
	"errors"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// ErrNotArticle says that a file is no article at all: nothing is wrong, nothing is published.
var ErrNotArticle = errors.New("not an article")

// Reading says how the articles of a source are read. The zero Reading takes every file, in the
// markup of its extension, with dates in UTC.
type Reading struct {
	Path                string         // of this article: slash path below the source's root, as on disk
	Pattern             string         // the source's permalink pattern
	Zone                *time.Location // of dates without an offset; nil: UTC
	Markup              Markup         // "" and Auto: by extension and content
	FrontMatterRequired bool           // without front matter: ErrNotArticle
	Dates               []DateRule     // the chain; nil: front matter, file name. Rules that need memory are the edition's
	Defaults            Defaults
}

// Defaults are what articles have where they do not say otherwise. No defaults are the zero value.
type Defaults struct {
	Authors    []Author
	Categories []string
	Tags       []string
	Language   string // BCP 47
}

// Parse reads one article from the bytes of its file: all that the file and its name say. place
// is the file's name in messages and becomes Article.Place; Key is left to the caller.
//
// An *ArticleError refuses the article. ErrNotArticle means that there is nothing to refuse. Parse
// keeps nothing of data and may be called from several goroutines at once.
func Parse(place string, data []byte, r Reading) (*Article, error) {
	text, plain, warnings := clean(data)
	m, err := splitMatter(text)
	if err != nil {
		return nil, placed(err, place)
	}
	if !m.present && r.FrontMatterRequired {
		return nil, ErrNotArticle
	}
	m.plain = plain
	m.warnings = append(warnings, m.warnings...)
	a := &Article{Place: place}
	if err := m.fill(a, r); err != nil {
		return nil, placed(err, place)
	}
	m.warnDropped(a.Body, text)
	a.Warnings = m.warnings
	a.Words = words(a, m.prepared, plain)
	return a, nil
}

// placed names the file in a refusal.
func placed(err error, place string) error {
	var refused *ArticleError
	if errors.As(err, &refused) {
		refused.Place = place
	}
	return err
}

// fill sets every field of the article but Place, Warnings and Words.
func (m *matter) fill(a *Article, r Reading) error {
	name := readName(r.Path)
	a.Link = Link{Pattern: r.Pattern, Dir: name.dir, Above: name.above, Name: name.name, Ext: ".html"}
	title := m.readBody(a, r, name)
	m.prepared = prepare(a.Body, m.plain)
	if err := m.readTitle(a, title); err != nil {
		return err
	}
	summary, _ := m.text("excerpt", "summary", "description")
	a.Summary = PlainText(summary)
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

// outline scans the body, once, where front matter does not say all.
func (m *matter) outline(a *Article) Outline {
	if m.scanned == nil {
		o := scan(a.Body.Markup, m.prepared)
		m.scanned = &o
	}
	return *m.scanned
}

// apply fills what the article left empty.
func (d Defaults) apply(a *Article) {
	if len(a.Authors) == 0 {
		a.Authors = append(a.Authors, d.Authors...)
	}
	if len(a.Categories) == 0 {
		a.Categories = append(a.Categories, d.Categories...)
	}
	if len(a.Tags) == 0 {
		a.Tags = append(a.Tags, d.Tags...)
	}
	if a.Language == "" {
		a.Language = d.Language
	}
}

// readTitle fills Title: front matter's, else what readBody found, else the first heading, else
// the first line.
func (m *matter) readTitle(a *Article, found string) error {
	written, _ := m.text("title")
	if a.Title = cmp.Or(PlainText(written), found); a.Title == "" {
		o := m.outline(a)
		a.Title = cmp.Or(o.Heading, o.FirstLine)
	}
	if a.Title == "" {
		return refusal(0, 0, "no title: front matter has none, and there is no heading and no line of text")
	}
	return nil
}

// readBody fills Body. Where there is no front matter it also gives the title that the body
// begins with, taken out of the body.
func (m *matter) readBody(a *Article, r Reading, name fileName) (title string) {
	a.Body = Body{Markup: markupOf(r.Markup, name.ext, m.body), Text: m.body}
	switch {
	case m.present:
		return ""
	case a.Body.Markup == HTML && strings.Contains(m.body, "<"):
		title, body := ExtractPage(m.body)
		if strings.TrimSpace(body) != "" {
			a.Body.Text = body
		}
		return title
	}
	title, a.Body.Text = cutTitle(a.Body)
	return title
}

// markupOf decides how a body is read. Files of other extensions are read as .txt is.
func markupOf(set Markup, ext, body string) Markup {
	if set != "" && set != Auto {
		return set
	}
	switch ext {
	case ".md", ".markdown", ".mkd", ".mkdn", ".mdown", ".mdx":
		return Markdown
	case ".html", ".htm", ".xhtml":
		return HTML
	}
	if BeginsWithBlockTag(strings.TrimLeft(body, " \t\n")) {
		return HTML
	}
	return Text
}

// headingMark is what makes a line a Markdown heading; people write it in plain text too.
var headingMark = regexp.MustCompile(`^[ \t]*#{1,6}[ \t]+`)

// cutTitle takes the first line with text out of a body, with the underline of a Markdown heading.
// A line that is too long for a title begins the body as well.
func cutTitle(b Body) (title, rest string) {
	before := 0
	for line := range strings.Lines(b.Text) {
		if isDivider(line) {
			before += len(line)
			continue
		}
		title = titleOf(b.Markup, strings.ToValidUTF8(line[:min(len(line), maxTitle)], ""))
		if title == "" {
			before += len(line)
			continue
		}
		if len(line) > maxTitle {
			return norm.NFC.String(title), b.Text // it is the body too: no title says all that
		}
		after := b.Text[before+len(line):]
		if next, more, _ := strings.Cut(after, "\n"); b.Markup == Markdown && isUnderline(next) {
			after = more
		}
		return norm.NFC.String(title), b.Text[:before] + after
	}
	return "", b.Text
}

// titleOf gives the title that a first line is.
func titleOf(markup Markup, line string) string {
	if markup == Markdown {
		return Scan(Body{Markup: Markdown, Text: line}).FirstLine
	}
	return PlainText(headingMark.ReplaceAllString(line, ""))
}

// isUnderline reports the second line of a setext heading (CommonMark section 4.3).
func isUnderline(line string) bool {
	line = strings.Trim(line, " \t")
	return line != "" && (strings.Trim(line, "=") == "" || strings.Trim(line, "-") == "")
}

// isDivider reports a line of nothing but hyphens, asterisks, equals signs or underscores.
func isDivider(line string) bool {
	return strings.Trim(line, " \t\n-=*_") == ""
}
