package feeds

import (
	"encoding/xml"
	"io"
	"strconv"

	gorilla "github.com/gorilla/feeds"

	"herald/source"
	"herald/source/text"
)

// The structs are gorilla's, extended by embedding: a field of ours hides the embedded one of the
// same name.

const rssType = "application/rss+xml"

type rssDocument struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	Content string   `xml:"xmlns:content,attr"`
	DC      string   `xml:"xmlns:dc,attr"`
	Media   string   `xml:"xmlns:media,attr"`
	Channel *rssChannel
}

type rssChannel struct {
	XMLName     xml.Name    `xml:"channel"`
	Title       escapedText `xml:"title"`
	Description escapedText `xml:"description"`
	gorilla.RssFeed
	Creator string `xml:"dc:creator,omitempty"`
	Links   []rssLink
	Items   []*rssItem `xml:"item"`
}

type rssItem struct {
	Title escapedText `xml:"title"`
	gorilla.RssItem
	Description *escapedText `xml:"description"`
	Content     *cdata       `xml:"content:encoded"`
	Creator     []string     `xml:"dc:creator"`
	Category    []string     `xml:"category"`
	Media       []rssMedia
	Thumbnail   *rssThumbnail
}

type rssLink struct {
	XMLName xml.Name `xml:"atom:link"`
	Href    string   `xml:"href,attr"`
	Rel     string   `xml:"rel,attr"`
	Type    string   `xml:"type,attr,omitempty"`
}

type rssMedia struct {
	XMLName xml.Name `xml:"media:content"`
	URL     string   `xml:"url,attr"`
	Size    int64    `xml:"fileSize,attr,omitempty"`
	Type    string   `xml:"type,attr,omitempty"`
	Medium  string   `xml:"medium,attr,omitempty"`
}

type rssThumbnail struct {
	XMLName xml.Name `xml:"media:thumbnail"`
	URL     string   `xml:"url,attr"`
}

// FeedXml hands the document to gorilla's writer.
func (d *rssDocument) FeedXml() any { return d }

// WriteRSS writes f as RSS 2.0. It returns errors of w only.
func WriteRSS(w io.Writer, f *Feed) error {
	return writeXML(w, &rssDocument{
		Version: "2.0",
		Atom:    nsAtom,
		Content: "http://purl.org/rss/1.0/modules/content/",
		DC:      "http://purl.org/dc/elements/1.1/",
		Media:   "http://search.yahoo.com/mrss/",
		Channel: newRSSChannel(f),
	})
}

// writeXML ends the document with a line end, as editors and diff expect.
func writeXML(w io.Writer, doc gorilla.XmlFeed) error {
	if err := gorilla.WriteXML(doc, w); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func newRSSChannel(f *Feed) *rssChannel {
	c := &rssChannel{
		Title:       escapedText{escaped(f.Title)},
		Description: escapedText{escaped(f.description())},
		RssFeed: gorilla.RssFeed{
			Link:          text.ForXML(f.Link),
			Language:      language(f.Language),
			Copyright:     text.ForXML(f.Copyright),
			LastBuildDate: rssDate(f.updated()),
			Generator:     Mark,
		},
	}
	c.ManagingEditor, c.Creator = rssPerson(person(f.Author, ""))
	if f.Image != "" {
		c.Image = &gorilla.RssImage{Url: text.ForXML(f.Image), Title: text.ForXML(f.Title), Link: text.ForXML(f.Link)}
	}
	if self := f.Self[RSS]; self != "" {
		c.Links = append(c.Links, rssLink{Href: text.ForXML(self), Rel: "self", Type: rssType})
	}
	for _, h := range f.Hubs {
		c.Links = append(c.Links, rssLink{Href: text.ForXML(h), Rel: "hub"})
	}
	c.Items = make([]*rssItem, len(f.Items))
	for i, a := range f.Items {
		c.Items[i] = newRSSItem(a, f.Content)
	}
	return c
}

func newRSSItem(a *source.Article, content Content) *rssItem {
	link, id := text.ForXML(a.URL), text.ForXML(a.ID)
	summary, body := content.shown(a)
	i := &rssItem{
		Title:       escapedText{escaped(title(a))},
		Description: newText(summary),
		Content:     newCDATA(body),
		Category:    terms(a),
		RssItem: gorilla.RssItem{
			Link:    link,
			Guid:    &gorilla.RssGuid{Id: id, IsPermaLink: strconv.FormatBool(id == link)},
			PubDate: rssDate(a.Published),
		},
	}
	i.setAuthors(authors(a))
	i.setFiles(image(a), enclosures(a))
	return i
}

// setAuthors writes <author>, which demands an address, or dc:creator, never both.
func (i *rssItem) setAuthors(all []source.Author) {
	if len(all) == 1 {
		author, creator := rssPerson(all[0])
		i.Author = author
		if creator != "" {
			i.Creator = []string{creator}
		}
		return
	}
	for _, p := range all {
		i.Creator = append(i.Creator, p.Name)
	}
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

// setFiles writes the first file as the one enclosure that RSS allows, the lead image and the
// other files as media:content.
func (i *rssItem) setFiles(image string, files []source.Enclosure) {
	if image != "" {
		i.Media = append(i.Media, rssMedia{URL: image, Medium: "image"})
		i.Thumbnail = &rssThumbnail{URL: image}
	}
	for n, e := range files {
		switch {
		case n == 0:
			i.Enclosure = &gorilla.RssEnclosure{Url: e.URL, Length: strconv.FormatInt(e.Length, 10), Type: text.ForXML(e.Type)}
		case e.URL != image:
			i.Media = append(i.Media, rssMedia{URL: e.URL, Size: e.Length, Type: e.Type, Medium: medium(e.Type)})
		}
	}
}
