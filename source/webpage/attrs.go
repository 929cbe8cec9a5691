package webpage

import (
	"strings"

	"golang.org/x/net/html"
)

// maxTerms bounds the tags, authors and translations that are read from one page.
const maxTerms = 200

// maxAttrs bounds the attributes that are looked at in one tag.
const maxAttrs = 64

// attrs are the attributes of a start tag that mean something here, references decoded.
type attrs struct {
	id, class, role, label, kind, lang  string
	href, rel, hreflang                 string
	name, property, content, equiv      string
	itemprop, itemtype, datetime, title string
	pubdate, itemscope                  bool
}

// read reads the attributes of the tag that z stands at.
func (a *attrs) read(z *html.Tokenizer, more bool) {
	*a = attrs{}
	for n := 0; more && n < maxAttrs; n++ {
		var key, val []byte
		key, val, more = z.TagAttr()
		switch string(key) {
		case "pubdate":
			a.pubdate = true
		case "itemscope":
			a.itemscope = true
		default:
			if to := a.place(key); to != nil && *to == "" {
				*to = string(val)
			}
		}
	}
}

// place returns where the value of an attribute goes.
func (a *attrs) place(key []byte) *string {
	switch string(key) {
	case "id":
		return &a.id
	case "class":
		return &a.class
	case "role":
		return &a.role
	case "aria-label":
		return &a.label
	case "type":
		return &a.kind
	case "lang":
		return &a.lang
	case "href":
		return &a.href
	case "rel":
		return &a.rel
	case "hreflang":
		return &a.hreflang
	case "name":
		return &a.name
	case "property":
		return &a.property
	case "content":
		return &a.content
	case "http-equiv":
		return &a.equiv
	case "itemprop":
		return &a.itemprop
	case "itemtype":
		return &a.itemtype
	case "datetime":
		return &a.datetime
	case "title":
		return &a.title
	}
	return nil
}

// hasWord reports whether a list of words, as class and rel hold them, has one of some.
func hasWord(list string, words ...string) bool {
	if list == "" {
		return false
	}
	for w := range strings.FieldsSeq(list) {
		for _, word := range words {
			if strings.EqualFold(w, word) {
				return true
			}
		}
	}
	return false
}

// firstOf returns the first of some texts that is not empty, trimmed.
func firstOf(texts ...string) string {
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			return t
		}
	}
	return ""
}

func appendTerm(to []string, term string) []string {
	if len(to) >= maxTerms {
		return to
	}
	return append(to, term)
}
