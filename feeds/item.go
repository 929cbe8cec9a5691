package feeds

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"herald/source"
	"herald/source/text"
	"herald/source/weburl"
)

// The three writers share these functions of a feed and of its items.

func (f *Feed) description() string { return cmp.Or(line(f.Description), line(f.Title)) }

// updated is never zero and depends on the feed alone.
func (f *Feed) updated() time.Time {
	if !f.Updated.IsZero() {
		return f.Updated
	}
	newest := time.Unix(Epoch, 0)
	for _, a := range f.Items {
		if t := updated(a); t.After(newest) {
			newest = t
		}
	}
	return newest
}

// atomID returns id if Atom can hold it, else the tag: URI minted from it (RFC 4287 section 4.2.6).
func (f *Feed) atomID(id string, minted time.Time) string {
	id = text.ForXML(id)
	if weburl.IsIRI(id) {
		return id
	}
	return weburl.TagURI(f.authority(), minted.UTC(), id)
}

func (f *Feed) authority() string {
	if f.Authority != "" {
		return f.Authority
	}
	if rest, ok := strings.CutPrefix(f.ID, "tag:"); ok {
		host, _, _ := strings.Cut(rest, ",")
		return host
	}
	for _, s := range []string{f.ID, f.Link} {
		if u, err := url.Parse(s); err == nil && u.Host != "" {
			return u.Hostname()
		}
	}
	return ""
}

// updated is never before the article was published.
func updated(a *source.Article) time.Time {
	if a.Updated.Before(a.Published) {
		return a.Published
	}
	return a.Updated
}

// maxContent bounds the content of one item in bytes. Readers on libxml2 refuse a whole document
// for one text of more than ten million; a longer article is shown by its summary.
const maxContent = 8_000_000

// shown returns the parts of an article that a feed of this content shows.
func (c Content) shown(a *source.Article) (summary, body string) {
	switch {
	case c == None:
		return "", ""
	case c == Summary, len(a.Content) > maxContent:
		return text.ForXML(a.Summary), ""
	}
	return text.ForXML(a.Summary), a.Content
}

// authors returns the article's authors that can be named, each with a name.
func authors(a *source.Article) []source.Author {
	var all []source.Author
	for _, p := range a.Authors {
		if p = person(p, ""); p.Name != "" {
			all = append(all, p)
		}
	}
	return all
}

// person cleans an author and finds it a name.
func person(p source.Author, fallback string) source.Author {
	p.Email = email(p.Email)
	if p.URL != "" {
		if u, err := weburl.Normal(p.URL); err == nil {
			p.URL = text.ForXML(u)
		} else {
			p.URL = ""
		}
	}
	p.Name = cmp.Or(line(p.Name), p.Email, p.URL, line(fallback))
	return p
}

// image returns the lead image's URL; "" if there is none that can be shown.
func image(a *source.Article) string {
	if a.Image == "" {
		return ""
	}
	return text.ForXML(weburl.Resolve(a.URL, a.Image))
}

// enclosures returns the files of an article with absolute URLs and types, each once.
func enclosures(a *source.Article) []source.Enclosure {
	var all []source.Enclosure
	for _, e := range a.Enclosures {
		e.URL = text.ForXML(weburl.Resolve(a.URL, e.URL))
		if e.URL == "" || slices.ContainsFunc(all, func(other source.Enclosure) bool { return other.URL == e.URL }) {
			continue
		}
		e.Type = cmp.Or(mediaType(e.Type), weburl.MediaType(e.URL), "application/octet-stream") // a type is required
		e.Length = max(e.Length, 0)
		all = append(all, e)
	}
	return all
}

// translations returns the article in other languages, each language once, with absolute URLs.
func translations(a *source.Article, own string) []source.Alternate {
	var all []source.Alternate
	for _, t := range a.Alternates {
		t.Language, t.URL = language(t.Language), text.ForXML(weburl.Resolve(a.URL, t.URL))
		known := func(other source.Alternate) bool { return strings.EqualFold(other.Language, t.Language) }
		if t.URL == "" || t.Language == "" || t.URL == a.URL || strings.EqualFold(t.Language, own) || slices.ContainsFunc(all, known) {
			continue
		}
		all = append(all, t)
	}
	return all
}

// mediaType returns s if it has the form of a media type, else "" (RFC 4287 section 2).
func mediaType(s string) string {
	kind, name, ok := strings.Cut(s, "/")
	bad := func(r rune) bool { return r <= ' ' || r >= 0x7F || strings.ContainsRune(`"<>&/`, r) }
	if !ok || kind == "" || name == "" || strings.ContainsFunc(kind+name, bad) {
		return ""
	}
	return s
}

// medium is what media:content calls a kind of file; "" if it has no name for it.
func medium(mediaType string) string {
	switch kind, _, _ := strings.Cut(mediaType, "/"); kind {
	case "image", "audio", "video":
		return kind
	}
	return ""
}
