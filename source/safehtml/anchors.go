package safehtml

import (
	"fmt"
	"hash/fnv"
	"maps"
	"strings"

	"herald/source/weburl"
)

// anchors are what the links within a body lead to: its footnotes, the places of their marks, its sections. Their ids
// stay, with a prefix made of the page's URL: no id of an article is one of the page that shows it, nor of another
// article there.
type anchors struct {
	page   string // the URL of the page, without a fragment
	prefix string
	ids    map[string]bool // the ids that links name, as the author wrote them
}

// anchorsOf returns the anchors of a body whose URLs resolve makes absolute; without resolve there are none.
func anchorsOf(body string, resolve func(string) string) (a anchors) {
	if resolve == nil || !mayLink(body) {
		return a
	}
	a.page, _, _ = strings.Cut(resolve("#"), "#")
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(a.page)) // it never fails
	a.prefix = fmt.Sprintf("x%08x-", sum.Sum32())
	a.ids = linkedIDs(body, func(href string) bool { return a.holds(resolve(href)) })
	return a
}

// holds reports whether a URL is the page's.
func (a *anchors) holds(url string) bool {
	url, _, _ = strings.Cut(url, "#")
	return url != "" && url == a.page
}

// prefixed returns the id that an id of the body is written as.
func (a *anchors) prefixed(id string) string {
	if strings.HasPrefix(id, a.prefix) {
		return id // it was rendered before
	}
	return a.prefix + id
}

// link returns the address of a link within the body in place of its URL.
func (a *anchors) link(href, url string) string {
	if id := weburl.FragmentID(href); a.ids[id] && a.holds(url) {
		return weburl.FragmentTo(a.prefixed(id))
	}
	return url
}

// keep leaves only the anchors whose ids were written, and reports whether these are fewer.
func (a *anchors) keep(written []byte) bool {
	all := len(a.ids)
	stand := map[string]bool{}
	z := bodyTokens(string(written))
	for kind := z.next(); kind != tokenEnd; kind = z.next() {
		for i := 0; kind == tokenStart && i < len(z.attrs); i++ {
			if z.attrs[i].key == "id" {
				stand[z.attrs[i].value()] = true
			}
		}
	}
	maps.DeleteFunc(a.ids, func(id string, _ bool) bool { return !stand[a.prefixed(id)] })
	return len(a.ids) < all
}

// linkedIDs returns the ids that links of a body name, of those links that wanted takes.
func linkedIDs(body string, wanted func(href string) bool) map[string]bool {
	if !mayLink(body) {
		return nil
	}
	ids := map[string]bool{}
	z := bodyTokens(body)
	var attrs []attribute
	for kind := z.next(); kind != tokenEnd; kind = z.next() {
		if kind != tokenStart || z.data != "a" {
			continue
		}
		attrs = z.keptAttrs(z.data, attrs[:0])
		for _, a := range attrs {
			if a.name != "href" {
				continue
			}
			if id := weburl.FragmentID(a.value); id != "" && wanted(a.value) {
				ids[id] = true
			}
		}
	}
	return ids
}

// mayLink reports whether a link of a body may name a fragment: some "#" begins no character reference. One that is
// written as a reference itself counts for none.
func mayLink(body string) bool {
	for at := 0; ; at++ {
		n := strings.IndexByte(body[at:], '#')
		if n < 0 {
			return false
		}
		if at += n; at == 0 || body[at-1] != '&' {
			return true
		}
	}
}
