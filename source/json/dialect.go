package json

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"herald/source/reader"
	"herald/source/remote"
	"herald/source/text"
)

// dialect is how a content system is asked, and what its items say. Its functions keep nothing.
type dialect struct {
	name  string // of the list in messages: its address without a query, which may hold a secret
	items string // dotted path to the list of a page

	first func(since string) string           // address of the first page; of what has changed since a moment, where since is not ""
	next  func(p *page) (string, error)       // of the page behind p; "": there is none
	ends  func(a *remote.Answer) bool         // whether an answer that is no page says that there are no more; nil: none does
	total func(p *page) int                   // items in all pages, as p counts them; -1: it does not
	one   func(key string) string             // address of a page that holds one item; nil: there is none
	ids   *regexp.Regexp                      // the form of keys; nil beside one
	keys  []string                            // fields that tell items apart, the best first
	text  func(map[string]any, string) string // of a field of an item

	changed func(item map[string]any) []string // moments at which an item changed or appeared, RFC 3339; nil: changes cannot be asked for
	hint    string                             // what to try where there is no list; "": nothing
	notes   func(p *page) []string             // what is odd in the only page; nil: nothing is looked for
	place   func(key string, number uint32) string
	shape   func(item map[string]any) map[string]any                                 // an item as the reader understands it; nil: as it came
	fields  func(item map[string]any) (fields map[string]any, url string, err error) // what an item says in our words, and where it stands
}

// maxKeyBytes is the longest id that an item may have.
const maxKeyBytes = 1024

// object returns an item as a map, as it is read; nil: it is no object.
func (d *dialect) object(raw []byte) map[string]any {
	item := object(raw)
	if item == nil || d.shape == nil {
		return item
	}
	return d.shape(item)
}

// keyOf returns the key of an item, or why it has none.
func (d *dialect) keyOf(item map[string]any) (key, why string) {
	if item == nil {
		return "", "it is not a JSON object"
	}
	for _, name := range d.keys {
		if key = text.ForXML(d.text(item, name)); key != "" {
			break
		}
	}
	switch {
	case key == "":
		return "", "it has none of id, guid, url and slug: name the field that tells items apart in fields, such as {id: number}"
	case len(key) > maxKeyBytes:
		return "", "its id is longer than 1024 bytes"
	case isNumberKey(key):
		return "", `an id of the form "item 12" is kept for items that have none`
	}
	return key, ""
}

// named returns an address without query and fragment.
func named(u *url.URL) string {
	bare := *u
	bare.RawQuery, bare.Fragment, bare.User = "", "", nil
	return bare.String()
}

// with returns an address with parameters in its query, in the place of those that it has. Those in the list of kept, where it has them,
// stay. What the operator wrote stays as it is.
func with(u *url.URL, set map[string]string, kept ...string) string {
	q, own := url.Values{}, u.Query()
	for name, value := range set {
		if !slices.Contains(kept, name) || !own.Has(name) {
			q.Set(name, value)
		}
	}
	var pairs []string
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(name); pair != "" && (err != nil || !q.Has(plain)) {
			pairs = append(pairs, pair)
		}
	}
	changed := *u
	changed.RawQuery, changed.Fragment = strings.Join(append(pairs, q.Encode()), "&"), ""
	return changed.String()
}

// generic is the dialect of a list that the config describes.
func generic(c Config, u *url.URL) dialect {
	d := dialect{
		name: named(u), items: c.Items, keys: reader.RowKeys(c.Reading),
		text:  func(item map[string]any, name string) string { return reader.TextAt(item, name) },
		total: countOf,
		shape: func(item map[string]any) map[string]any { return shaped(item, c.Reading.Fields) },
		first: func(string) string { return c.URL },
		next:  func(*page) (string, error) { return "", nil },
	}
	d.place = func(_ string, number uint32) string { return fmt.Sprintf("%s: item %d", d.name, number) }
	switch {
	case c.Page != "":
		from, _ := c.from()
		at := func(index int) string { return with(u, map[string]string{c.Page: strconv.Itoa(from + index)}) }
		d.first = func(string) string { return at(0) }
		d.next = counted(at)
		d.ends = func(a *remote.Answer) bool { return a.Status == http.StatusNotFound }
	case c.Next != "":
		d.next = func(p *page) (string, error) { return linked(p, c.Next) }
	default:
		d.notes = func(p *page) []string {
			if !strings.Contains(p.header.Get("Link"), `rel="next"`) {
				return nil
			}
			return []string{"the answer names a next page in its Link header, which is not followed: say in next where pages name it, or which parameter counts them"}
		}
	}
	return d
}

// counted returns the pages of a query that counts them: the first without an item is behind the last.
func counted(at func(index int) string) func(p *page) (string, error) {
	return func(p *page) (string, error) {
		switch {
		case len(p.items) == 0:
			return "", nil
		case p.fresh == 0 && p.index > 0:
			return "", errors.New("it holds what the pages before it hold: the server does not count by the parameter that next names")
		}
		return at(p.index + 1), nil
	}
}

// linked returns the address of the next page that a page names at a path: a text, or an object with an href.
func linked(p *page, path string) (string, error) {
	v, err := at(p.doc, path)
	if err != nil {
		return "", err
	}
	var ref string
	var object struct{ Href, URL string }
	switch v = bytes.TrimSpace(v); {
	case len(v) == 0 || string(v) == "null" || string(v) == "false":
		return "", nil
	case v[0] == '{' && json.Unmarshal(v, &object) == nil:
		if ref = object.Href; ref == "" {
			ref = object.URL
		}
	case json.Unmarshal(v, &ref) != nil:
		return "", fmt.Errorf("%s is %s, which is not an address: where pages are counted, say next: {page: NAME, from: 1}", path, brief(string(v), 40))
	}
	if ref == "" {
		return "", nil
	}
	base, err := url.Parse(p.at)
	if err != nil {
		return "", err
	}
	next, err := base.Parse(ref)
	if err != nil || next.Scheme != "http" && next.Scheme != "https" || next.Host == "" {
		return "", errors.New(path + " is not an http or https address")
	}
	next.Fragment = ""
	return next.String(), nil
}
