package feeds

import (
	"encoding/xml"
	"errors"
	"fmt"
	"time"
)

const nsAtom = "http://www.w3.org/2005/Atom"

// checkedLink is an atom:link in either format.
type checkedLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type checkedRSS struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Channel struct {
		Title       string           `xml:"title"`
		Links       []checkedRSSLink `xml:"link"`
		Description string           `xml:"description"`
		Generator   string           `xml:"generator"`
		LastBuild   string           `xml:"lastBuildDate"`
		Items       []checkedRSSItem `xml:"item"`
	} `xml:"channel"`
}

// checkedRSSLink is RSS's own <link> or an atom:link: encoding/xml matches local names.
type checkedRSSLink struct {
	XMLName xml.Name
	checkedLink
	Text string `xml:",chardata"`
}

type checkedRSSItem struct {
	Title string `xml:"title"`
	Link  string `xml:"link"`
	GUID  struct {
		IsPermaLink string `xml:"isPermaLink,attr"`
		ID          string `xml:",chardata"`
	} `xml:"guid"`
	PubDate string `xml:"pubDate"`
}

func (g *gate) rss(d *xml.Decoder) error {
	var doc checkedRSS
	if err := d.Decode(&doc); err != nil {
		return err
	}
	c := &doc.Channel
	if doc.Version != "2.0" || c.Generator != Mark {
		return errors.New("no RSS 2.0 that bears our mark")
	}
	var home string
	var links []checkedLink
	for _, l := range c.Links {
		if l.XMLName.Space == nsAtom {
			links = append(links, l.checkedLink)
		} else {
			home = l.Text
		}
	}
	if err := required("title", c.Title, "link", home, "description", c.Description); err != nil {
		return err
	}
	if _, err := time.Parse(time.RFC1123Z, c.LastBuild); err != nil {
		return fmt.Errorf("lastBuildDate: %w", err)
	}
	if err := g.self(links); err != nil {
		return err
	}
	for _, i := range c.Items {
		if err := g.rssItem(i); err != nil {
			return err
		}
	}
	return nil
}

func (g *gate) rssItem(i checkedRSSItem) error {
	err := g.item(entry{id: i.GUID.ID, link: i.Link, title: i.Title, published: i.PubDate, layout: time.RFC1123Z})
	if err != nil {
		return err
	}
	if (i.GUID.IsPermaLink == "true") != (i.GUID.ID == i.Link) || i.GUID.IsPermaLink == "" {
		return fmt.Errorf("item %d: isPermaLink is %q, guid %q, link %q", g.count, i.GUID.IsPermaLink, i.GUID.ID, i.Link)
	}
	return nil
}

type checkedAtom struct {
	XMLName   xml.Name      `xml:"http://www.w3.org/2005/Atom feed"`
	ID        string        `xml:"id"`
	Title     string        `xml:"title"`
	Updated   string        `xml:"updated"`
	Author    string        `xml:"author>name"`
	Generator string        `xml:"generator"`
	Links     []checkedLink `xml:"link"`
	Entries   []struct {
		ID        string        `xml:"id"`
		Title     string        `xml:"title"`
		Published string        `xml:"published"`
		Updated   string        `xml:"updated"`
		Links     []checkedLink `xml:"link"`
	} `xml:"entry"`
}

func (g *gate) atom(d *xml.Decoder) error {
	var doc checkedAtom
	if err := d.Decode(&doc); err != nil {
		return err
	}
	if doc.Generator != Mark {
		return errors.New("it does not bear our mark")
	}
	if err := required("id", doc.ID, "title", doc.Title, "author", doc.Author); err != nil {
		return err
	}
	if _, err := time.Parse(time.RFC3339, doc.Updated); err != nil {
		return fmt.Errorf("updated: %w", err)
	}
	if err := g.self(doc.Links); err != nil {
		return err
	}
	for _, e := range doc.Entries {
		item := entry{id: e.ID, title: e.Title, published: e.Published, updated: e.Updated, layout: time.RFC3339}
		for _, l := range e.Links {
			if l.Rel == "alternate" {
				item.link = l.Href
			}
		}
		if item.updated == "" {
			return fmt.Errorf("item %d: no updated", g.count+1)
		}
		if err := g.item(item); err != nil {
			return err
		}
	}
	return nil
}

// self holds that there is exactly one self link, and that it is ours.
func (g *gate) self(links []checkedLink) error {
	var self []string
	for _, l := range links {
		if l.Rel == "self" {
			self = append(self, l.Href)
		}
	}
	if len(self) != 1 {
		return fmt.Errorf("%d self links, not one", len(self))
	}
	return g.ours(self[0])
}
