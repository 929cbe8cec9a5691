package feeds

import (
	"cmp"
	"io"
	"time"

	"herald/source"
)

const (
	atomType     = "application/atom+xml"
	nsTombstones = "http://purl.org/atompub/tombstones/1.0"
)

// WriteAtom writes f as Atom 1.0 (RFC 4287). An id that is no absolute IRI is written as the tag:
// URI minted from it and from the day of Published. It returns errors of w only.
func WriteAtom(w io.Writer, f *Feed) error {
	b := buffer(f)
	m := newMarkup(*b)
	names := []attr{{"xml:lang", language(f.Language)}, {"xmlns", nsAtom}}
	if f.History.marked() {
		names = append(names, attr{"xmlns:fh", nsHistory})
	}
	if len(f.Deleted) > 0 {
		names = append(names, attr{"xmlns:at", nsTombstones})
	}
	m.open("feed", names...)
	atomHead(m, f)
	atomDeleted(m, f)
	f.items(&m.b, func(a *source.Article, c Content) { atomEntry(m, a, f, c) })
	m.shut("feed")
	return write(w, b, m.b)
}

// atomDeleted writes what left the feed, before the entries, as RFC 4287 has it: in an eighth of the document at most.
func atomDeleted(m *markup, f *Feed) {
	room := len(m.b) + (f.Bytes-len(m.b))/8
	for _, d := range f.Deleted {
		end := len(m.b)
		m.empty("at:deleted-entry", attr{"ref", f.atomID(d.ID, d.Published)}, attr{"when", stamp(d.When)})
		if f.Bytes > 0 && len(m.b) > room {
			m.b = m.b[:end]
			return
		}
	}
}

func atomHead(m *markup, f *Feed) {
	m.title("title", f.Title, attr{"type", "text"})
	m.element("id", f.atomID(f.ID, time.Unix(Epoch, 0)))
	m.element("updated", stamp(f.updated()))
	m.element("icon", f.Image)
	m.element("logo", f.Image)
	m.words("rights", f.Copyright)
	m.words("subtitle", f.description())
	atomPerson(m, person(f.Author, f.Title))
	m.empty("link", attr{"href", f.Link}, attr{"rel", "alternate"}, attr{"type", "text/html"})
	if self := f.Self[Atom]; self != "" {
		m.empty("link", attr{"href", self}, attr{"rel", "self"}, attr{"type", atomType})
	}
	for _, h := range f.Hubs {
		m.empty("link", attr{"href", h}, attr{"rel", "hub"})
	}
	f.History.write(m, "link", Atom, atomType)
	m.element("generator", Mark)
}

func atomEntry(m *markup, a *source.Article, f *Feed, c Content) {
	summary, body := c.shown(a)
	m.open("entry", attr{"xml:lang", language(a.Language)})
	m.title("title", title(a), attr{"type", "text"})
	m.element("updated", stamp(updated(a)))
	m.element("id", f.atomID(a.ID, a.Published))
	m.element("published", stamp(a.Published))
	atomAlternates(m, a, f)
	for _, e := range enclosures(a) {
		m.empty("link", attr{"href", e.URL}, attr{"rel", "enclosure"}, attr{"type", e.Type}, attr{"length", count(e.Length)})
	}
	for _, p := range authors(a) {
		atomPerson(m, p)
	}
	for _, t := range terms(a) {
		m.empty("category", attr{"term", t.value}, attr{"scheme", f.Link + t.scheme}, attr{"label", t.value})
	}
	if summary == "" && body == "" {
		summary = title(a) // an entry without content has a summary (RFC 4287 section 4.1.1.1)
	}
	if summary != "" {
		m.title("summary", summary, attr{"type", "text"})
	}
	m.cdata("content", body, attr{"type", "html"})
	atomSource(m, a)
	m.shut("entry")
}

// atomSource writes which feed an entry was taken from (RFC 4287 section 4.2.11). It has a time of change, which is that of the entry
// where the feed gave none.
func atomSource(m *markup, a *source.Article) {
	o := a.Origin
	if o == nil {
		return
	}
	at := o.Updated
	if at.IsZero() {
		at = a.Published
	}
	m.open("source")
	m.title("title", o.Title, attr{"type", "text"})
	m.element("id", o.ID)
	m.element("updated", stamp(at))
	if o.URL != "" {
		m.empty("link", attr{"href", o.URL}, attr{"rel", "alternate"}, attr{"type", "text/html"})
	}
	if o.Feed != "" {
		m.empty("link", attr{"href", o.Feed}, attr{"rel", "self"})
	}
	m.shut("source")
}

func atomPerson(m *markup, p source.Author) {
	m.open("author")
	m.words("name", p.Name)
	m.element("uri", p.URL)
	m.element("email", p.Email)
	m.shut("author")
}

// atomAlternates writes the link to the article and those to its translations. Some readers follow the first alternate
// link and some the last, so the article's own stands in both places, the second time with its language: no two may have
// the same type and language (RFC 4287 section 4.1.2). Where the language is not known, translations are related.
func atomAlternates(m *markup, a *source.Article, f *Feed) {
	own := cmp.Or(language(a.Language), language(f.Language))
	m.empty("link", attr{"href", a.URL}, attr{"rel", "alternate"}, attr{"type", "text/html"})
	rel := "alternate"
	if own == "" {
		rel = "related"
	}
	others := translations(a, own)
	for _, t := range others {
		m.empty("link", attr{"href", t.URL}, attr{"rel", rel}, attr{"type", "text/html"}, attr{"hreflang", t.Language})
	}
	if len(others) > 0 && own != "" {
		m.empty("link", attr{"href", a.URL}, attr{"rel", "alternate"}, attr{"type", "text/html"}, attr{"hreflang", own})
	}
}
