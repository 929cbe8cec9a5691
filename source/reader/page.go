package reader

import (
	"path"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/text"
	"herald/source/webpage"
)

// readPage reads an HTML file without front matter, which may be a page as it is published: what it says of itself stands in
// place of front matter. It returns the page's title.
func (m *manuscript) readPage(a *source.Article, file string) (title string, err error) {
	page := webpage.Read(m.body, file)
	if page.None != "" {
		return "", &SkipError{Why: page.None}
	}
	m.setFields(page.Fields)
	for _, w := range page.Warnings {
		m.warn(frontmatter.Value{}, "%s", w)
	}
	if strings.TrimSpace(page.Body) != "" {
		a.Body.Text = page.Body
	}
	a.Link.Page, a.Link.Copy, a.Link.File = page.URL, page.Copy, text.NFC(file)
	a.Link.Ext = strings.ToLower(path.Ext(file))
	if strings.TrimSuffix(path.Base(file), path.Ext(file)) == "index" {
		a.Link.Ext = "/" // :output_ext of a page that is its folder
		if path.Dir(file) == "." {
			a.Link.Pattern = "/"
		}
	}
	return page.Title, nil
}
