package source

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// oneLine gives a short text as documents show it: NFC, white space collapsed and trimmed.
func oneLine(s string) string {
	if isCollapsed(s) {
		return s
	}
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

// text gives the text of the first of keys that has some; a value that is no text is warned of
// and passed over.
func (m *matter) text(keys ...string) (string, value) {
	for _, key := range keys {
		_, v := m.lookup(key)
		switch {
		case v.kind == scalar && strings.TrimSpace(v.text) != "":
			return strings.TrimSpace(v.text), v
		case v.kind == list || v.kind == mapping:
			m.warn(v, "%s: want a text; it is left out", key)
		}
	}
	return "", value{}
}

// truth reads the words that YAML 1.1 and people use for yes and no.
func truth(text string) (yes, known bool) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "true", "yes", "on", "y", "1":
		return true, true
	case "false", "no", "off", "n", "0":
		return false, true
	}
	return false, false
}

// flag reads a yes or no that does no harm where it cannot be read: a warning, and not set.
func (m *matter) flag(key string) (yes, set bool) {
	_, v := m.lookup(key)
	if v.kind != scalar {
		return false, false
	}
	yes, known := truth(v.text)
	if !known {
		m.warn(v, "%s: want true or false; it is left out", key)
	}
	return yes, known
}

// readStates fills the flags that decide where the article stands.
func (m *matter) readStates(a *Article) error {
	if _, v := m.lookup("draft"); v.kind != null {
		yes, known := truth(v.text)
		if !known {
			return refusal(v.line, v.column, "draft: want true or false")
		}
		a.Draft = yes
	}
	if _, v := m.lookup("published"); v.kind == scalar {
		if yes, known := truth(v.text); known && !yes {
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

// texts gives the texts of a value: a scalar is one, lists are flattened, a map in a list gives
// its name; what else is there is warned of.
func (m *matter) texts(key string, v value) []string {
	switch v.kind {
	case scalar:
		if t := oneLine(v.text); t != "" {
			return []string{t}
		}
	case list:
		var all []string
		for _, item := range v.items {
			all = append(all, m.texts(key, item)...)
		}
		return all
	case mapping:
		if name := member(v, "name", "title"); name != "" {
			return []string{oneLine(name)}
		}
		m.warn(v, "%s: want a text or a list of texts; this is left out", key)
	}
	return nil
}

// member gives the text of the first of keys that a mapping has.
func member(v value, keys ...string) string {
	for _, key := range keys {
		for _, f := range v.fields {
			if f.key == key && f.value.kind == scalar && strings.TrimSpace(f.value.text) != "" {
				return strings.TrimSpace(f.value.text)
			}
		}
	}
	return ""
}

// terms gives the values of a plural and a singular key, each once, in order. The text of the
// singular key is one value; that of the plural one is split as Jekyll and Hugo do, at white
// space, and where it has commas, at those.
func (m *matter) terms(singular, plural string) []string {
	var all []string
	_, many := m.lookup(plural)
	switch {
	case many.kind == scalar && strings.ContainsAny(many.text, ",，"):
		for part := range strings.FieldsFuncSeq(many.text, func(r rune) bool { return r == ',' || r == '，' }) {
			all = append(all, oneLine(part))
		}
	case many.kind == scalar:
		for part := range strings.FieldsSeq(many.text) {
			all = append(all, nfc(part))
		}
	default:
		all = m.texts(plural, many)
	}
	_, one := m.lookup(singular)
	all = unique(append(all, m.texts(singular, one)...))
	if len(all) > maxTerms {
		m.warn(many, "%s: more than %d values; the rest is left out", plural, maxTerms)
		all = all[:maxTerms]
	}
	return all
}

// maxTerms bounds the values of one kind that an article can have.
const maxTerms = 200

// unique drops empty and repeated values.
func unique(all []string) []string {
	var kept []string
	seen := make(map[string]bool, len(all))
	for _, s := range all {
		if s != "" && !seen[s] {
			seen[s] = true
			kept = append(kept, s)
		}
	}
	return kept
}

// languageTag gives the well-formed BCP 47 tag that text means ("ko_KR": "ko-KR").
func languageTag(text string) (string, error) {
	tag, err := language.Raw.Parse(text)
	if err != nil || tag == language.Und {
		return "", fmt.Errorf("%q is no language tag such as \"ko\" or \"ko-KR\"", brief(text))
	}
	return tag.String(), nil
}

// readLanguage fills Language.
func (m *matter) readLanguage(a *Article) {
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
func (m *matter) readIdentity(a *Article) {
	a.ID, _ = m.text("id", "guid")
	m.readCanonical(a)
	if pattern, _ := m.text("permalink", "url"); pattern != "" {
		a.Link.Pattern, a.Link.Own = nfc(pattern), true
	}
	slug, _ := m.text("slug")
	a.Link.Slug = nfc(slug)
}

// readCanonical fills Canonical. What no crawler would follow must not keep the article out of the
// sitemap.
func (m *matter) readCanonical(a *Article) {
	text, v := m.text("canonical_url")
	if scheme, _, ok := cutScheme(text); ok && scheme != "http" && scheme != "https" {
		m.warn(v, "canonical_url: %q is no http or https URL; it is left out", brief(text))
		return
	}
	a.Canonical = text
}
