package safehtml

import (
	"strings"

	"golang.org/x/net/html"

	"herald/source/text"
)

// ExtractPage takes a whole HTML page apart. title is og:title, else <title>, else the first <h1>,
// as plain text; body is the HTML inside the first <article>, else <main>, else <body>, else all of
// the page.
func ExtractPage(page string) (title, body string) {
	p := pageScan{page: page, spans: map[string]*span{}}
	p.scan()
	for _, name := range []string{"article", "main", "body"} {
		if s := p.spans[name]; s != nil {
			body = page[s.from:s.to]
			break
		}
	}
	if body == "" {
		body = page
	}
	for _, t := range []string{p.ogTitle, p.title, p.h1} {
		if title = text.Collapse(t); title != "" {
			break
		}
	}
	return title, body
}

// span is the inside of the first element of a name.
type span struct {
	from, to, depth int
	closed          bool
}

type pageScan struct {
	page               string
	spans              map[string]*span
	ogTitle, title, h1 string
	target             *string // where text goes now
}

func (p *pageScan) scan() {
	z := html.NewTokenizer(strings.NewReader(p.page))
	at := 0
	for {
		kind := z.Next()
		from := at
		at += len(z.Raw())
		switch kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			if p.target != nil && len(*p.target) < MaxTitle {
				*p.target += string(z.Text())
			}
		case html.StartTagToken:
			name, more := z.TagName()
			p.start(tagName(name), z, more, at)
		case html.SelfClosingTagToken:
			name, more := z.TagName()
			if tagName(name) == "meta" {
				p.meta(z, more)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			p.end(tagName(name), from)
		}
	}
}

func (p *pageScan) start(name string, z *html.Tokenizer, more bool, at int) {
	switch name {
	case "meta":
		p.meta(z, more)
	case "title":
		if p.title == "" {
			p.target = &p.title
		}
	case "h1":
		if p.h1 == "" {
			p.target = &p.h1
		}
	case "article", "main", "body":
		if p.spans[name] == nil {
			p.spans[name] = &span{from: at, to: len(p.page)}
		}
		p.spans[name].depth++
	default:
		if p.target != nil && isBlock(name) && len(*p.target) < MaxTitle {
			*p.target += " "
		}
	}
}

func (p *pageScan) end(name string, at int) {
	switch name {
	case "title", "h1":
		p.target = nil
	case "article", "main", "body", "html":
		if s := p.spans[name]; s != nil && !s.closed {
			if s.depth--; s.depth == 0 {
				s.to, s.closed = at, true
			}
		}
	}
}

// meta reads <meta property="og:title" content="…">.
func (p *pageScan) meta(z *html.Tokenizer, more bool) {
	var property, content string
	for n := 0; more && n < maxAttrs; n++ {
		var key, val []byte
		key, val, more = z.TagAttr()
		switch string(key) {
		case "property", "name":
			property = strings.ToLower(string(val))
		case "content":
			content = string(val)
		}
	}
	if property == "og:title" && p.ogTitle == "" {
		p.ogTitle = content
	}
}

// BeginsWithBlockTag reports whether a text is HTML by its beginning: white space and comments
// aside, the tag of a block element, a picture or a whole page.
func BeginsWithBlockTag(s string) bool {
	s = strings.TrimLeft(strings.TrimPrefix(s, "\uFEFF"), " \t\r\n\f")
	for strings.HasPrefix(s, "<!--") {
		_, after, found := strings.Cut(s, "-->")
		if !found {
			return false
		}
		s = strings.TrimLeft(after, " \t\r\n\f")
	}
	if text.HasPrefixFold(s, "<!doctype") {
		return true
	}
	if !strings.HasPrefix(s, "<") {
		return false
	}
	end := 1
	for end < len(s) && end < 14 && text.IsAlphanumeric(s[end]) {
		end++
	}
	if end == len(s) || !text.IsSpace(s[end]) && s[end] != '/' && s[end] != '>' {
		return false
	}
	switch name := strings.ToLower(s[1:end]); name {
	case "br", "legend", "option", "optgroup", "plaintext":
		return false
	case "img", "picture", "video", "audio", "iframe", "script", "style", "noscript":
		return true
	default:
		return isBlock(name)
	}
}
