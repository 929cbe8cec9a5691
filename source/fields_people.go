package source

import (
	"regexp"
	"slices"
	"strings"
)

// "홍길동 <desk@news.example.org>", the name and address form of RFC 5322 section 3.4.
var mailbox = regexp.MustCompile(`^(.*\S)\s*<([^<>\s]+@[^<>\s]+)>$`)

// maxAuthors bounds the authors of one article; what follows is left out.
const maxAuthors = 100

// readAuthors fills Authors from author and authors: a text, a map (name, email, url) or a list
// of either. Only the text of authors is split at commas.
func (m *matter) readAuthors(a *Article) {
	_, v := m.lookup("author")
	a.Authors = m.authors("author", v, nil)
	_, v = m.lookup("authors")
	if v.kind == scalar {
		for part := range strings.FieldsFuncSeq(v.text, func(r rune) bool { return r == ',' || r == '，' }) {
			item := v
			item.text = part
			a.Authors = m.authors("authors", item, a.Authors)
		}
		return
	}
	a.Authors = m.authors("authors", v, a.Authors)
}

// authors appends the authors that a value holds.
func (m *matter) authors(key string, v value, to []Author) []Author {
	var one Author
	switch v.kind {
	case scalar:
		one.Name = oneLine(v.text)
		if parts := mailbox.FindStringSubmatch(one.Name); parts != nil {
			one.Name, one.Email = parts[1], parts[2]
		}
	case list:
		for _, item := range v.items {
			to = m.authors(key, item, to)
		}
	case mapping:
		one.Name = oneLine(member(v, "name", "title", "display_name"))
		one.Email = m.email(key, v)
		one.URL = m.webURL(key, v)
	}
	if one.Name == "" {
		if v.kind == mapping {
			m.warn(v, "%s: a person without a name is left out", key)
		}
		return to
	}
	if len(to) >= maxAuthors || slices.Contains(to, one) {
		return to
	}
	return append(to, one)
}

// email gives a person's address, if it is one.
func (m *matter) email(key string, v value) string {
	text := member(v, "email", "mail")
	if text == "" || strings.Count(text, "@") == 1 && !strings.ContainsAny(text, " \t\n<>\"") && text[0] != '@' {
		return text
	}
	m.warn(v, "%s: %q is no e-mail address; it is left out", key, brief(text))
	return ""
}

// webURL gives a person's page, if it is an absolute http or https URL.
func (m *matter) webURL(key string, v value) string {
	text := member(v, "url", "uri", "link", "website", "homepage")
	if text == "" {
		return ""
	}
	scheme, rest, _ := strings.Cut(text, "://")
	web := strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
	if url, err := NormalURL(text); web && rest != "" && err == nil {
		return url
	}
	m.warn(v, "%s: %q is no absolute http or https URL; it is left out", key, brief(text))
	return ""
}
