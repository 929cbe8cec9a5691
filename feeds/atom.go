package feeds

import (
	"encoding/xml"
	"io"
	"strconv"
	"time"

	gorilla "github.com/gorilla/feeds"

	"herald/source"
	"herald/source/text"
)

const atomType = "application/atom+xml"

type atomFeed struct {
	XMLName xml.Name `xml:"feed"`
	Lang    string   `xml:"xml:lang,attr,omitempty"`
	Title   atomText `xml:"title"`
	gorilla.AtomFeed
	Links     []gorilla.AtomLink
	Generator string       `xml:"generator"`
	Entries   []*atomEntry `xml:"entry"`
}

type atomEntry struct {
	XMLName xml.Name `xml:"entry"`
	Lang    string   `xml:"xml:lang,attr,omitempty"`
	Title   atomText `xml:"title"`
	gorilla.AtomEntry
	Authors    []gorilla.AtomAuthor
	Categories []atomCategory
	Summary    *atomText    `xml:"summary"`
	Content    *atomContent `xml:"content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	escapedText
}

type atomContent struct {
	Type string `xml:"type,attr"`
	cdata
}

type atomCategory struct {
	XMLName xml.Name `xml:"category"`
	Term    string   `xml:"term,attr"`
}

// FeedXml hands the document to gorilla's writer.
func (d *atomFeed) FeedXml() any { return d }

// WriteAtom writes f as Atom 1.0 (RFC 4287). An id that is no absolute IRI is written as the tag:
// URI minted from it and from the day of Published. It returns errors of w only.
func WriteAtom(w io.Writer, f *Feed) error {
	d := &atomFeed{
		Lang:  language(f.Language),
		Title: *newAtomText(f.Title),
		AtomFeed: gorilla.AtomFeed{
			Xmlns:    nsAtom,
			Id:       f.atomID(f.ID, time.Unix(Epoch, 0)),
			Updated:  stamp(f.updated()),
			Logo:     text.ForXML(f.Image),
			Rights:   text.ForXML(f.Copyright),
			Subtitle: f.description(),
			Author:   atomPerson(person(f.Author, f.Title)),
		},
		Links:     atomLinks(f),
		Generator: Mark,
	}
	d.Entries = make([]*atomEntry, len(f.Items))
	for i, a := range f.Items {
		d.Entries[i] = newAtomEntry(a, f)
	}
	return writeXML(w, d)
}

func atomLinks(f *Feed) []gorilla.AtomLink {
	links := []gorilla.AtomLink{{Href: text.ForXML(f.Link), Rel: "alternate", Type: "text/html"}}
	if self := f.Self[Atom]; self != "" {
		links = append(links, gorilla.AtomLink{Href: text.ForXML(self), Rel: "self", Type: atomType})
	}
	for _, h := range f.Hubs {
		links = append(links, gorilla.AtomLink{Href: text.ForXML(h), Rel: "hub"})
	}
	return links
}

func newAtomEntry(a *source.Article, f *Feed) *atomEntry {
	summary, body := f.Content.shown(a)
	e := &atomEntry{
		Lang:  language(a.Language),
		Title: *newAtomText(title(a)),
		AtomEntry: gorilla.AtomEntry{
			Id:        f.atomID(a.ID, a.Published),
			Published: stamp(a.Published),
			Updated:   stamp(updated(a)),
			Links:     []gorilla.AtomLink{{Href: text.ForXML(a.URL), Rel: "alternate", Type: "text/html"}},
		},
	}
	if summary != "" {
		e.Summary = newAtomText(summary)
	}
	if c := newCDATA(body); c != nil {
		e.Content = &atomContent{"html", *c}
	}
	for _, p := range authors(a) {
		e.Authors = append(e.Authors, *atomPerson(p))
	}
	for _, s := range terms(a) {
		e.Categories = append(e.Categories, atomCategory{Term: s})
	}
	for _, c := range enclosures(a) {
		e.Links = append(e.Links, atomEnclosure(c))
	}
	return e
}

func atomEnclosure(e source.Enclosure) gorilla.AtomLink {
	l := gorilla.AtomLink{Href: e.URL, Rel: "enclosure", Type: e.Type}
	if e.Length > 0 {
		l.Length = strconv.FormatInt(e.Length, 10)
	}
	return l
}

func atomPerson(p source.Author) *gorilla.AtomAuthor {
	return &gorilla.AtomAuthor{AtomPerson: gorilla.AtomPerson{Name: p.Name, Uri: p.URL, Email: p.Email}}
}

func newAtomText(s string) *atomText { return &atomText{"text", escapedText{escaped(s)}} }
