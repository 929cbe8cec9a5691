package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"herald/source/text"
	"html"
	"io"
	"strings"
)

// parseXML walks RSS or Atom once; nothing of it is kept but the fields of Document.
func parseXML(doc []byte) (*Document, error) {
	r := &reader{doc: new(Document)}
	d := xml.NewDecoder(bytes.NewReader(doc))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = text.Charset
	for {
		token, err := d.Token()
		if err == io.EOF && r.doc.Format != "" && len(r.path) == 0 {
			return r.doc, nil
		}
		if err == io.EOF {
			return nil, errors.New("neither RSS, Atom nor JSON Feed, or it breaks off")
		}
		if err != nil {
			return nil, err
		}
		if err := r.token(token); err != nil {
			return nil, err
		}
	}
}

// reader holds the open elements and the field that is being read.
type reader struct {
	doc   *Document
	path  []string
	field int // depth of the element whose text is gathered; 0: none
	text  strings.Builder
	item  Item
}

func (r *reader) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return r.start(t)
	case xml.EndElement:
		return r.end()
	case xml.CharData:
		if r.field > 0 && r.text.Len()+len(t) <= maxText {
			r.text.Write(t)
		}
	}
	return nil
}

func (r *reader) start(t xml.StartElement) error {
	r.path = append(r.path, short(t.Name))
	if len(r.path) > maxDepth {
		return errors.New("nested too deeply")
	}
	if len(r.path) == 1 {
		return r.root(t)
	}
	if r.field > 0 || len(r.path) > 4 {
		return nil
	}
	r.field = len(r.path)
	r.text.Reset()
	switch where := r.where(); where {
	case "channel", "channel/item", "atom:entry":
		r.field = 0
	case "channel/item/guid":
		r.item.IsPermaLink = !strings.EqualFold(attribute(t, "isPermaLink"), "false")
	case "channel/atom:link":
		r.older(t)
	case "atom:link":
		link(&r.doc.Link, t)
		r.older(t)
	case "atom:entry/atom:link":
		link(&r.item.URL, t)
	}
	return nil
}

// root finds the format by the first element.
func (r *reader) root(t xml.StartElement) error {
	if r.doc.Format != "" {
		return errors.New("a second root element")
	}
	switch r.path[0] {
	case "rss":
		r.doc.Format = RSS
	case "atom:feed":
		r.doc.Format = Atom
	default:
		return fmt.Errorf("<%s> is neither RSS nor Atom", t.Name.Local)
	}
	return nil
}

// link takes the address of the page itself: the first link that is an alternate.
func link(to *string, t xml.StartElement) {
	if rel := attribute(t, "rel"); *to == "" && (rel == "" || rel == "alternate") {
		*to = strings.TrimSpace(attribute(t, "href"))
	}
}

// older takes the address of the archive document before this one (RFC 5005 section 4).
func (r *reader) older(t xml.StartElement) {
	if attribute(t, "rel") == "prev-archive" {
		r.doc.Older = strings.TrimSpace(attribute(t, "href"))
	}
}

func (r *reader) end() error {
	if r.field == len(r.path) {
		r.take(r.where(), strings.TrimSpace(r.text.String()))
		r.field = 0
	}
	var err error
	if where := r.where(); where == "channel/item" || where == "atom:entry" {
		if r.item.URL == "" && r.item.IsPermaLink {
			r.item.URL = r.item.ID
		}
		if r.doc.Ours {
			r.item.Summary = r.ourSummary()
		}
		err = r.doc.add(r.item)
		r.item = Item{}
	}
	r.path = r.path[:len(r.path)-1]
	return err
}

// ourSummary returns the summary of an item of ours: a description is text that is escaped as HTML, and an entry without a
// summary or content shows its title in its place.
func (r *reader) ourSummary() string {
	switch i := &r.item; {
	case r.doc.Format == RSS:
		return html.UnescapeString(i.Summary)
	case i.Content == "" && i.Summary == i.Title:
		return ""
	default:
		return i.Summary
	}
}

// take puts the text of a field where it belongs.
func (r *reader) take(where, text string) {
	switch where {
	case "channel/title", "atom:title":
		r.doc.Title = text
	case "channel/link":
		r.doc.Link = text
	case "atom:id":
		r.doc.ID = text
	case "channel/generator", "atom:generator":
		r.doc.Ours = text == "herald"
	case "channel/item/guid", "atom:entry/atom:id":
		r.item.ID = text
	case "channel/item/link":
		r.item.URL = text
	case "channel/item/title", "atom:entry/atom:title":
		r.item.Title = text
	case "channel/item/description", "atom:entry/atom:summary":
		r.item.Summary = text
	case "channel/item/content:encoded", "atom:entry/atom:content":
		r.item.Content = text
	case "channel/item/pubDate", "atom:entry/atom:published":
		r.item.Published = parseDate(text)
	case "channel/item/dc:date":
		if r.item.Published.IsZero() {
			r.item.Published = parseDate(text)
		}
	case "channel/item/atom:updated", "atom:entry/atom:updated":
		r.item.Updated = parseDate(text)
	}
}

// where names the open element by its path below the root; "" for deep ones.
func (r *reader) where() string {
	if len(r.path) > 4 {
		return ""
	}
	return strings.Join(r.path[1:], "/")
}

// short names an element by the prefix that its namespace usually has. RSS's own elements have
// none, whatever default namespace the document declares.
func short(n xml.Name) string {
	switch {
	case n.Space == "http://www.w3.org/2005/Atom" || n.Space == "atom":
		return "atom:" + n.Local
	case n.Space == "http://purl.org/dc/elements/1.1/" || n.Space == "dc":
		return "dc:" + n.Local
	case n.Space == "http://purl.org/rss/1.0/modules/content/" || n.Space == "content":
		return "content:" + n.Local
	case n.Space == "" || strings.Contains(n.Space, "userland.com/"):
		return n.Local
	}
	return "?:" + n.Local
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
