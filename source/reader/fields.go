package reader

import (
	"fmt"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/text"
	"herald/source/weburl"
)

// readStates fills the flags that decide where the article stands.
func (m *manuscript) readStates(a *source.Article) error {
	if _, v := m.lookup("draft"); v.Kind != frontmatter.Null {
		yes, known := truth(v.Text)
		if !known {
			return source.Refuse(v.Line, v.Column, "draft: want true or false")
		}
		a.Draft = yes
	}
	if _, v := m.lookup("published"); v.Kind == frontmatter.Scalar {
		if yes, known := truth(v.Text); known && !yes {
			a.Draft = true
		}
	}
	if yes, set := m.flag("sitemap"); set {
		a.NoSitemap = !yes
	}
	if yes, set := m.flag("feed"); set {
		a.NoFeed = !yes
	}
	a.Minor, _ = m.flag("minor")
	_, robots := m.lookup("robots")
	for _, word := range m.texts("robots", robots) {
		for _, directive := range strings.FieldsFunc(strings.ToLower(word), func(r rune) bool { return r == ',' || r == ' ' }) {
			a.NoIndex = a.NoIndex || directive == "noindex" || directive == "none"
		}
	}
	return nil
}

// languageTag returns the BCP 47 tag that text means ("ko_KR": "ko-KR").
func languageTag(written string) (string, error) {
	tag, ok := text.LanguageTag(strings.ReplaceAll(written, "_", "-"))
	if !ok {
		return "", fmt.Errorf("%q is no language tag such as \"ko\" or \"ko-KR\"", brief(written))
	}
	return tag, nil
}

// readLanguage fills Language.
func (m *manuscript) readLanguage(a *source.Article) {
	text, v := m.text("lang", "language", "locale")
	if text == "" {
		return
	}
	tag, err := languageTag(text)
	if err != nil {
		m.warn(v, "lang: %v; it is left out", err)
	}
	a.Language = tag
}

// readIdentity fills what names the article: ID, Canonical and Link.
func (m *manuscript) readIdentity(a *source.Article) {
	a.ID, _ = m.text("id", "guid")
	m.readCanonical(a)
	if pattern, _ := m.text("permalink", "url"); pattern != "" {
		a.Link.Pattern, a.Link.Own = text.NFC(pattern), true
	}
	slug, _ := m.text("slug")
	a.Link.Slug = text.NFC(slug)
}

// readCanonical fills Canonical. What no crawler would follow must not keep the article out of the
// sitemap.
func (m *manuscript) readCanonical(a *source.Article) {
	text, v := m.text("canonical_url")
	if scheme, _, ok := weburl.CutScheme(text); ok && scheme != "http" && scheme != "https" {
		m.warn(v, "canonical_url: %q is no http or https URL; it is left out", brief(text))
		return
	}
	a.Canonical = text
}
