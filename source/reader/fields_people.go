package reader

import (
	"regexp"
	"slices"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/text"
	"herald/source/weburl"
)

// "홍길동 <desk@news.example.org>", the name and address form of RFC 5322 section 3.4.
var mailbox = regexp.MustCompile(`^(.*\S)\s*<([^<>\s]+@[^<>\s]+)>$`)

// maxAuthors bounds the authors of one article; what follows is left out.
const maxAuthors = 100

// readAuthors fills Authors from author and authors: a text, a map (name, email, url) or a list
// of either. Only the text of authors is split at commas.
func (m *manuscript) readAuthors(a *source.Article) {
	_, v := m.lookup("author")
	a.Authors = m.authors("author", v, nil)
	_, v = m.lookup("authors")
	if v.Kind == frontmatter.Scalar {
		for part := range strings.FieldsFuncSeq(v.Text, func(r rune) bool { return r == ',' || r == '，' }) {
			item := v
			item.Text = part
			a.Authors = m.authors("authors", item, a.Authors)
		}
		return
	}
	a.Authors = m.authors("authors", v, a.Authors)
}

// authors appends the authors of a value.
func (m *manuscript) authors(key string, v frontmatter.Value, to []source.Author) []source.Author {
	var one source.Author
	switch v.Kind {
	case frontmatter.Scalar:
		one.Name = text.Collapse(v.Text)
		if parts := mailbox.FindStringSubmatch(one.Name); parts != nil {
			one.Name, one.Email = parts[1], parts[2]
		}
	case frontmatter.List:
		for _, item := range v.Items {
			to = m.authors(key, item, to)
		}
	case frontmatter.Mapping:
		one.Name = text.Collapse(v.Member("name", "title", "display_name"))
		one.Email = m.email(key, v)
		one.URL = m.webURL(key, v)
	}
	if one.Name == "" {
		if v.Kind == frontmatter.Mapping {
			m.warn(v, "%s: a person without a name is left out", key)
		}
		return to
	}
	if len(to) >= maxAuthors || slices.Contains(to, one) {
		return to
	}
	return append(to, one)
}

// email returns a person's address, if it is one.
func (m *manuscript) email(key string, v frontmatter.Value) string {
	address := v.Member("email", "mail")
	if address == "" || text.IsEmail(address) {
		return address
	}
	m.warn(v, "%s: %q is no e-mail address; it is left out", key, brief(address))
	return ""
}

// webURL returns a person's page, if it is an absolute http or https URL.
func (m *manuscript) webURL(key string, v frontmatter.Value) string {
	text := v.Member("url", "uri", "link", "website", "homepage")
	if text == "" {
		return ""
	}
	scheme, rest, _ := strings.Cut(text, "://")
	web := strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
	if url, err := weburl.Normal(text); web && rest != "" && err == nil {
		return url
	}
	m.warn(v, "%s: %q is no absolute http or https URL; it is left out", key, brief(text))
	return ""
}
