package engine_test

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"herald/source"
	"herald/source/feed"
	"herald/source/reader"
)

// foreignFeed is a feed of somebody else. What leaves it stays, unless it says that it is gone, or the config says that it shows all there is.
type foreignFeed struct {
	*far
	folder, format string
	complete       bool
	deleted        map[string]bool // by key: what an Atom feed says is gone
	drops          int
}

func newFeed(format string, complete bool) func(h *history, folder string) stock {
	return func(h *history, folder string) stock {
		f := &foreignFeed{far: newFar(h, folder), folder: folder, format: format, complete: complete, deleted: map[string]bool{}}
		f.isList = func(*http.Request) bool { return true }
		f.answer = func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, f.document()) }
		return f
	}
}

// feedEntry makes an entry; under some seeds each has an id; one that cannot be read has to have one, to be known by.
func feedEntry(h *history, s *story) {
	if (h.rowIDs || s.meta["date"] == unreadable) && s.meta["id"] == "" {
		s.meta["id"] = fmt.Sprintf("urn:xx:entry-%d", s.number())
	}
}

func (f *foreignFeed) put(s story) {
	f.far.put(s)
	delete(f.deleted, f.kind.key(s))
}

// drop lets an entry leave the feed. Every second one an Atom feed says to be gone.
func (f *foreignFeed) drop(s story) {
	f.far.drop(s)
	if f.drops++; f.format == "atom" && f.drops%2 == 0 {
		f.deleted[f.kind.key(s)] = true
	}
}

func (f *foreignFeed) lacks(key string) bool { return f.complete || f.deleted[key] }

func (f *foreignFeed) source(r reader.Reading) (source.Source, error) {
	return feed.New(feed.Config{
		URL: "https://feeds.example/" + f.folder, Whole: f.complete, Reading: r, Fetch: f.fetch, Now: func() time.Time { return f.h.now },
	}), nil
}

// document is the feed. An entry that cannot be read has no link.
func (f *foreignFeed) document() string {
	var b strings.Builder
	items := []any{}
	for _, s := range f.sorted() {
		link := s.address()
		if s.meta["date"] == unreadable {
			link = ""
		}
		switch f.format {
		case "rss":
			b.WriteString(rssItem(s, link))
		case "atom":
			b.WriteString(atomEntry(s, link))
		default:
			items = append(items, jsonItem(s, link))
		}
	}
	switch f.format {
	case "rss":
		return rssFeed(b.String())
	case "atom":
		for _, key := range slices.Sorted(maps.Keys(f.deleted)) {
			b.WriteString(`<at:deleted-entry ref="` + escaped(key) + `" when="2026-03-22T00:00:00Z"/>`)
		}
		return atomFeed(b.String())
	}
	doc, err := json.Marshal(map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": "이웃 신문", "items": items})
	f.h.must(err)
	return string(doc)
}

func rssFeed(items string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>이웃 신문</title><link>https://feeds.example/</link>` + items + `</channel></rss>`
}

func atomFeed(entries string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">` +
		`<title>이웃 신문</title><id>https://feeds.example/</id>` + entries + `</feed>`
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}

// element is an XML element of a text; nothing where there is none.
func element(name, text string) string {
	if text == "" {
		return ""
	}
	tag, _, _ := strings.Cut(name, " ")
	return "<" + name + ">" + escaped(text) + "</" + tag + ">"
}

func rssItem(s story, link string) string {
	date := s.moment("date")
	if t, err := time.Parse(time.RFC3339, date); err == nil {
		date = t.Format(time.RFC1123Z)
	}
	image := ""
	if s.meta["image"] != "" {
		image = `<media:thumbnail url="` + escaped(s.meta["image"]) + `"/>`
	}
	return "<item>" + element("title", s.meta["title"]) + element("link", link) + element(`guid isPermaLink="false"`, s.meta["id"]) + element("pubDate", date) +
		element("category", s.meta["categories"]) + element("dc:creator", s.meta["author"]) + element("dc:language", s.meta["lang"]) + image +
		element("content:encoded", s.html()) + "</item>"
}

func atomEntry(s story, link string) string {
	if link != "" {
		link = `<link rel="alternate" href="` + escaped(link) + `"/>`
	}
	lang, author, category := "", "", ""
	if s.meta["lang"] != "" {
		lang = ` xml:lang="` + s.meta["lang"] + `"`
	}
	if s.meta["author"] != "" {
		author = "<author>" + element("name", s.meta["author"]) + "</author>"
	}
	if s.meta["categories"] != "" {
		category = `<category term="` + escaped(s.meta["categories"]) + `"/>`
	}
	return "<entry" + lang + ">" + element("title", s.meta["title"]) + link + element("id", s.meta["id"]) + element("published", s.moment("date")) +
		element("updated", s.moment("last_modified_at")) + author + category + element(`content type="html"`, s.html()) + "</entry>"
}

func jsonItem(s story, link string) map[string]any {
	item := map[string]any{"title": s.meta["title"], "content_html": s.html()}
	for member, text := range map[string]string{
		"id": s.meta["id"], "url": link, "date_published": s.moment("date"), "date_modified": s.moment("last_modified_at"), "language": s.meta["lang"],
		"image": s.meta["image"],
	} {
		if text != "" {
			item[member] = text
		}
	}
	if s.meta["author"] != "" {
		item["authors"] = []any{map[string]any{"name": s.meta["author"]}}
	}
	if s.meta["tags"] != "" {
		item["tags"] = []any{s.meta["tags"]}
	}
	return item
}

// feedKey is what an entry of a feed is known by.
func feedKey(s story) string { return cmp.Or(s.meta["id"], s.address()) }
