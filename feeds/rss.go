package feeds

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"herald/source"
	"herald/source/text"
)

const rssType = "application/rss+xml"

// WriteRSS writes f as RSS 2.0. It returns errors of w only.
func WriteRSS(w io.Writer, f *Feed) error {
	b := buffer(f)
	m := newMarkup(*b)
	names := []attr{{"version", "2.0"}, {"xmlns:atom", nsAtom}, {"xmlns:content", "http://purl.org/rss/1.0/modules/content/"},
		{"xmlns:dc", "http://purl.org/dc/elements/1.1/"}, {"xmlns:media", "http://search.yahoo.com/mrss/"}}
	if f.History.marked() {
		names = append(names, attr{"xmlns:fh", nsHistory})
	}
	if f.isPodcast() {
		names = append(names, attr{"xmlns:itunes", nsItunes}, attr{"xmlns:podcast", nsPodcast})
	}
	m.open("rss", names...)
	m.open("channel")
	rssHead(m, f)
	f.items(&m.b, func(a *source.Article, c Content) { rssItem(m, a, f, c) })
	m.shut("channel")
	m.shut("rss")
	return write(w, b, m.b)
}

func rssHead(m *markup, f *Feed) {
	m.title("title", f.Title)
	m.title("description", f.description())
	m.element("link", f.Link)
	m.element("language", language(f.Language))
	m.words("copyright", f.Copyright)
	editor, creator := rssPerson(person(f.Author, ""))
	m.words("managingEditor", editor)
	m.element("lastBuildDate", rssDate(f.updated()))
	m.element("generator", Mark)
	m.element("ttl", "5") // minutes: the max-age that documents are served with
	if image := text.ForXML(f.Image); image != "" {
		m.open("image")
		m.element("url", image)
		m.title("title", f.Title)
		m.element("link", f.Link)
		m.shut("image")
	}
	m.words("dc:creator", creator)
	if self := f.Self[RSS]; self != "" {
		m.empty("atom:link", attr{"href", self}, attr{"rel", "self"}, attr{"type", rssType})
	}
	for _, h := range f.Hubs {
		m.empty("atom:link", attr{"href", h}, attr{"rel", "hub"})
	}
	f.History.write(m, "atom:link", RSS, rssType)
	podcastHead(m, f)
}

func rssItem(m *markup, a *source.Article, f *Feed, c Content) {
	link, id := text.ForXML(a.URL), text.ForXML(a.ID)
	summary, body := c.shown(a)
	author, creators := rssAuthors(authors(a))
	files := enclosures(a)
	m.open("item")
	m.title("title", title(a))
	m.element("link", link)
	m.words("author", author)
	if main := mainFile(files); len(files) > 0 { // RSS allows one
		e := files[main]
		m.empty("enclosure", attr{"url", e.URL}, attr{"length", strconv.FormatInt(e.Length, 10)}, attr{"type", e.Type})
		files = slices.Delete(files, main, main+1)
	}
	m.element("guid", id, attr{"isPermaLink", strconv.FormatBool(id == link)})
	m.element("pubDate", rssDate(a.Published))
	if summary != "" {
		m.title("description", asHTML.Replace(summary))
	}
	m.cdata("content:encoded", body)
	for _, name := range creators {
		m.words("dc:creator", name)
	}
	for _, t := range terms(a) {
		m.title("category", t.value, attr{"domain", f.Link + t.scheme})
	}
	if o := a.Origin; o != nil && o.Feed != "" {
		m.title("source", o.Title, attr{"url", text.ForXML(o.Feed)})
	}
	rssMedia(m, image(a), files)
	podcastItem(m, a)
	m.shut("item")
}

// asHTML escapes a text as the HTML that an item's description is (rssboard.org/rss-encoding-examples).
var asHTML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// rssAuthors returns what stands in <author>, which demands an address, or in dc:creator, never in both.
func rssAuthors(all []source.Author) (author string, creators []string) {
	if len(all) == 1 {
		author, creator := rssPerson(all[0])
		if creator != "" {
			creators = []string{creator}
		}
		return author, creators
	}
	for _, p := range all {
		creators = append(creators, p.Name)
	}
	return "", creators
}

// rssPerson names p as "address (name)" where there is an address, else by name.
func rssPerson(p source.Author) (withEmail, name string) {
	switch {
	case p.Email == "":
		return "", p.Name
	case p.Name == p.Email:
		return p.Email, ""
	}
	return p.Email + " (" + p.Name + ")", ""
}

// rssMedia writes the lead image, and the files beside the enclosure.
func rssMedia(m *markup, image string, files []source.Enclosure) {
	if image != "" {
		m.empty("media:content", attr{"url", image}, attr{"medium", "image"})
	}
	for _, e := range files {
		if e.URL != image {
			m.empty("media:content", attr{"url", e.URL}, attr{"fileSize", count(e.Length)}, attr{"type", e.Type}, attr{"medium", medium(e.Type)})
		}
	}
	if image != "" {
		m.empty("media:thumbnail", attr{"url", image})
	}
}
