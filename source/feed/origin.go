package feed

import (
	"cmp"
	"encoding/xml"
	"html"
	"strings"

	"herald/source"
	"herald/source/weburl"
)

// maxTitle is the longest title of a feed, in characters, that its entries carry on.
const maxTitle = 500

// origin takes what the source element of an entry says (RFC 4287 section 4.2.11; RSS 2.0).
func (i *Item) origin(where string, t xml.StartElement) {
	switch where {
	case "channel/item/source":
		i.from().Feed = strings.TrimSpace(attribute(t, "url"))
	case "atom:entry/atom:source/atom:link":
		if attribute(t, "rel") == "self" {
			i.from().Feed = strings.TrimSpace(attribute(t, "href"))
			return
		}
		link(&i.from().URL, t)
	}
}

// originText takes the texts of that element.
func (i *Item) originText(where, text string) {
	switch where {
	case "channel/item/source", "atom:entry/atom:source/atom:title":
		i.from().Title = text
	case "atom:entry/atom:source/atom:id":
		i.from().ID = text
	case "atom:entry/atom:source/atom:updated":
		i.from().Updated, _ = parseDate(text)
	}
}

func (i *Item) from() *source.Origin {
	if i.Origin == nil {
		i.Origin = &source.Origin{}
	}
	return i.Origin
}

// origin returns where an entry came from: what its own source element says, else its feed. An address that holds a secret is
// named nowhere. Nil: nothing that could be told.
func (e entry) origin(c Config) *source.Origin {
	o := e.feed
	switch own := e.item.Origin; {
	case own != nil:
		o = *own
	case c.Hidden:
		if o.Feed = ""; strings.Contains(o.ID, "://") {
			o.ID = ""
		}
	default:
		o.Feed = cmp.Or(o.Feed, c.URL)
	}
	o.Feed, o.URL = public(e.base, o.Feed), public(e.base, o.URL)
	o.Title = strings.Join(strings.Fields(html.UnescapeString(o.Title)), " ")
	if title := []rune(o.Title); len(title) > maxTitle {
		o.Title = string(title[:maxTitle])
	}
	if !weburl.IsIRI(o.ID) {
		o.ID = cmp.Or(o.Feed, o.URL)
	}
	if o.Title == "" || o.ID == "" {
		return nil
	}
	return &o
}

// public returns the web address that a reference stands for, "" where it is none that may be told: none at all, or one with a
// password.
func public(base, ref string) string {
	if ref == "" {
		return ""
	}
	url, err := weburl.Normal(absolute(base, ref))
	if err != nil || len(url) > weburl.MaxLength || strings.Contains(strings.SplitN(url+"//", "/", 4)[2], "@") {
		return ""
	}
	return url
}
