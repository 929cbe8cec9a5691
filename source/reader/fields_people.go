package reader

import (
	"cmp"
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

// readAuthors fills Authors from author and authors, else from the first of the other keys that names some: a text, a map
// (name, email, url) or a list of either. Only the text of authors is split at commas.
func (m *manuscript) readAuthors(a *source.Article) {
	_, v := m.lookup("author")
	a.Authors = m.authors("author", v, nil)
	_, v = m.lookup("authors")
	if v.Kind == frontmatter.Scalar {
		v = splitAuthors(v)
	}
	a.Authors = m.authors("authors", v, a.Authors)
	for _, key := range m.these(moreAuthorsKeys) {
		if len(a.Authors) > 0 {
			break
		}
		_, v := m.lookup(key)
		if key == "byline" && len(v.Text) > 3 && strings.EqualFold(v.Text[:3], "by ") {
			v.Text = v.Text[3:]
		}
		a.Authors = m.authors(key, v, nil)
	}
	if len(a.Authors) == 1 {
		m.completeAuthor(&a.Authors[0])
	}
}

// splitAuthors returns the list that a text with commas is.
func splitAuthors(v frontmatter.Value) frontmatter.Value {
	list := frontmatter.Value{Kind: frontmatter.List, Line: v.Line, Column: v.Column}
	for part := range strings.FieldsFuncSeq(v.Text, func(r rune) bool { return r == ',' || r == '，' }) {
		list.Items = append(list.Items, frontmatter.Value{Kind: frontmatter.Scalar, Text: part, Line: v.Line, Column: v.Column})
	}
	return list
}

// completeAuthor fills what keys of their own say of the only author.
func (m *manuscript) completeAuthor(one *source.Author) {
	if _, v := m.lookup("author_email", "authoremail"); one.Email == "" && v.Kind == frontmatter.Scalar && text.IsEmail(strings.TrimSpace(v.Text)) {
		one.Email = strings.TrimSpace(v.Text)
	}
	if _, v := m.lookup("author_url", "authorurl"); one.URL == "" && v.Kind == frontmatter.Scalar {
		one.URL = absolute(strings.TrimSpace(v.Text))
	}
}

// authors appends the authors of a value.
func (m *manuscript) authors(key string, v frontmatter.Value, to []source.Author) []source.Author {
	var one source.Author
	switch v.Kind {
	case frontmatter.Scalar:
		if _, isFlag := flagWord(strings.TrimSpace(v.Text)); isFlag {
			return to // author: false hides the line
		}
		one.Name = text.Collapse(v.Text)
		if parts := mailbox.FindStringSubmatch(one.Name); parts != nil {
			one.Name, one.Email = parts[1], parts[2]
		}
	case frontmatter.List:
		for _, item := range v.Items {
			to = m.authors(key, item, to)
		}
	case frontmatter.Mapping:
		one.Name = text.Collapse(cmp.Or(v.Member("name", "display_name", "title", "key", "login"),
			v.Member("first_name", "firstname")+" "+v.Member("last_name", "lastname")))
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
	m.warn(v, "%s: %q is not an e-mail address; it is left out", key, brief(address))
	return ""
}

// webURL returns a person's page, if it is an absolute http or https URL.
func (m *manuscript) webURL(key string, v frontmatter.Value) string {
	text := v.Member("url", "uri", "link", "website", "homepage")
	if text == "" {
		return ""
	}
	if url := absolute(text); url != "" {
		return url
	}
	m.warn(v, "%s: %q is not an absolute http or https URL; it is left out", key, brief(text))
	return ""
}

// absolute returns an absolute http or https URL in its normal form; "" where text is none.
func absolute(text string) string {
	scheme, rest, _ := strings.Cut(text, "://")
	web := strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
	if url, err := weburl.Normal(text); web && rest != "" && err == nil {
		return url
	}
	return ""
}
