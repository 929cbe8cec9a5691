package engine_test

import (
	"encoding/json"
	"encoding/xml"
	"html"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// seen is what a reader has of an article, from a feed in any format.
type seen struct {
	ID, Link, Title, Summary, Content, Date string
	Author                                  string
	Enclosure                               string // url, type and length
	Image                                   string
}

// readers read each format of a feed with nothing but the parsers of the language.
var readers = map[string]func(t testing.TB, doc string) []seen{"feed.xml": seenInRSS, "atom.xml": seenInAtom, "feed.json": seenInJSON}

// seenBy calls f for what readers of each format have, by their documents' names.
func (n *newsroom) seenBy(f func(name string, all []seen)) {
	n.t.Helper()
	for name, read := range readers {
		f(name, read(n.t, n.read(name)))
	}
}

// oneSeen is seenBy for a feed of one article.
func (n *newsroom) oneSeen(f func(name string, s seen)) {
	n.t.Helper()
	n.seenBy(func(name string, all []seen) {
		n.t.Helper()
		if len(all) != 1 {
			n.t.Fatalf("%s has %d articles, want 1", name, len(all))
		}
		f(name, all[0])
	})
}

func strictXML(t testing.TB, doc string, into any) {
	t.Helper()
	if !utf8.ValidString(doc) {
		t.Fatalf("it is no UTF-8:\n%q", doc)
	}
	if err := xml.Unmarshal([]byte(doc), into); err != nil {
		t.Fatalf("a strict parser of XML: %v\n%s", err, doc)
	}
}

// seenInRSS decodes titles and descriptions as readers do, once more than XML does: they are HTML.
func seenInRSS(t testing.TB, doc string) (all []seen) {
	t.Helper()
	var f struct {
		Items []struct {
			GUID      string   `xml:"guid"`
			Links     []string `xml:"link"`
			Title     string   `xml:"title"`
			Summary   string   `xml:"description"`
			Content   string   `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
			Date      string   `xml:"pubDate"`
			Author    string   `xml:"author"`
			Creator   string   `xml:"http://purl.org/dc/elements/1.1/ creator"`
			Enclosure struct {
				URL    string `xml:"url,attr"`
				Type   string `xml:"type,attr"`
				Length string `xml:"length,attr"`
			} `xml:"enclosure"`
			Media []struct {
				URL string `xml:"url,attr"`
			} `xml:"http://search.yahoo.com/mrss/ content"`
		} `xml:"channel>item"`
	}
	strictXML(t, doc, &f)
	for _, i := range f.Items {
		s := seen{ID: i.GUID, Link: strings.Join(i.Links, " "), Title: i.Title, Summary: html.UnescapeString(i.Summary), Content: i.Content, Date: i.Date,
			Author: i.Author + i.Creator, Enclosure: strings.TrimSpace(i.Enclosure.URL + " " + i.Enclosure.Type + " " + i.Enclosure.Length)}
		if len(i.Media) > 0 {
			s.Image = i.Media[0].URL
		}
		all = append(all, s)
	}
	return all
}

func seenInAtom(t testing.TB, doc string) (all []seen) {
	t.Helper()
	type link struct {
		Rel    string `xml:"rel,attr"`
		Href   string `xml:"href,attr"`
		Type   string `xml:"type,attr"`
		Length string `xml:"length,attr"`
	}
	var f struct {
		Entries []struct {
			ID      string `xml:"id"`
			Links   []link `xml:"link"`
			Title   string `xml:"title"`
			Summary string `xml:"summary"`
			Content string `xml:"content"`
			Date    string `xml:"published"`
			Author  string `xml:"author>name"`
		} `xml:"http://www.w3.org/2005/Atom entry"`
	}
	strictXML(t, doc, &f)
	for _, e := range f.Entries {
		s := seen{ID: e.ID, Title: e.Title, Summary: e.Summary, Content: e.Content, Date: e.Date, Author: e.Author}
		for _, l := range e.Links {
			switch l.Rel {
			case "alternate":
				s.Link = l.Href
			case "enclosure":
				s.Enclosure = strings.TrimSpace(l.Href + " " + l.Type + " " + l.Length)
			}
		}
		all = append(all, s)
	}
	return all
}

func seenInJSON(t testing.TB, doc string) (all []seen) {
	t.Helper()
	var f struct {
		Items []struct {
			ID      string `json:"id"`
			URL     string `json:"url"`
			Title   string `json:"title"`
			Summary string `json:"summary"`
			HTML    string `json:"content_html"`
			Text    string `json:"content_text"`
			Date    string `json:"date_published"`
			Image   string `json:"image"`
			Authors []struct{ Name string }
			Files   []struct {
				URL  string      `json:"url"`
				Type string      `json:"mime_type"`
				Size json.Number `json:"size_in_bytes"`
			} `json:"attachments"`
		}
	}
	if err := json.Unmarshal([]byte(doc), &f); err != nil || !utf8.ValidString(doc) {
		t.Fatalf("a strict parser of JSON: %v\n%s", err, doc)
	}
	for _, i := range f.Items {
		s := seen{ID: i.ID, Link: i.URL, Title: i.Title, Summary: i.Summary, Content: i.HTML + i.Text, Date: i.Date, Image: i.Image}
		for _, a := range i.Authors {
			s.Author += a.Name
		}
		for _, a := range slices.Backward(i.Files) {
			s.Enclosure = strings.TrimSpace(a.URL + " " + a.Type + " " + a.Size.String())
		}
		all = append(all, s)
	}
	return all
}
