package reader

import (
	"fmt"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/preset"
	"herald/source/text"
	"herald/source/weburl"
)

// languageTag returns the BCP 47 tag that text means ("ko_KR": "ko-KR").
func languageTag(written string) (string, error) {
	tag, ok := text.LanguageTag(strings.ReplaceAll(written, "_", "-"))
	if !ok {
		return "", fmt.Errorf("%q is not a language tag such as \"ko\" or \"ko-KR\"", brief(written))
	}
	return tag, nil
}

// readLanguage fills Language.
func (m *manuscript) readLanguage(a *source.Article) {
	text, v := m.text(languageKeys...)
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
func (m *manuscript) readIdentity(a *source.Article, as *preset.Preset) {
	id, at := m.text(idKeys...)
	a.ID, a.IDAt = id, source.At{Line: at.Line, Column: at.Column}
	m.readCanonical(a)
	keys := as.URLKeys
	if keys == nil {
		keys = urlKeys
	}
	for _, key := range keys {
		name, v := m.lookup(key)
		if pattern := m.pattern(a, name, v); pattern != "" {
			a.Link.Pattern, a.Link.Own, a.URLAt = text.NFC(pattern), true, source.At{Line: v.Line, Column: v.Column}
			break
		}
	}
	slug, v := m.text(slugKeys...)
	if _, isFlag := flagWord(slug); isFlag {
		m.warn(v, "slug: %s is not a slug; it is left out", slug)
		return
	}
	a.Link.Slug = text.NFC(slug)
}

// pattern returns the address that a value says. false means that there is no page: a draft. A map is Eleventy's, which has it at build.
func (m *manuscript) pattern(a *source.Article, key string, v frontmatter.Value) string {
	if v.Kind == frontmatter.Mapping {
		_, build := frontmatter.Lookup(v.Fields, "build")
		if build.Kind != frontmatter.Scalar {
			m.warn(v, "%s: want a text; it is left out", key)
			return ""
		}
		v = build
	}
	if v.Kind == frontmatter.List {
		m.warn(v, "%s: want a text; it is left out", key)
	}
	if v.Kind != frontmatter.Scalar {
		return ""
	}
	written := strings.TrimSpace(v.Text)
	switch page, isFlag := flagWord(written); {
	case isFlag && !page:
		a.Draft = true
		return ""
	case isFlag:
		m.warn(v, "%s: %s is not an address; it is left out", key, written)
		return ""
	}
	return written
}

// flagWord reads true and false, which are yes and no in every language of front matter.
func flagWord(text string) (yes, known bool) {
	switch strings.ToLower(text) {
	case "true":
		return true, true
	case "false":
		return false, true
	}
	return false, false
}

// readCanonical fills Canonical. What no crawler would follow must not keep the article out of the
// sitemap.
func (m *manuscript) readCanonical(a *source.Article) {
	text, v := m.text(canonicalKeys...)
	if scheme, _, ok := weburl.CutScheme(text); ok && scheme != "http" && scheme != "https" {
		m.warn(v, "canonical_url: %q is not an http or https URL; it is left out", brief(text))
		return
	}
	if _, isFlag := flagWord(text); !isFlag {
		a.Canonical = text
	}
}
