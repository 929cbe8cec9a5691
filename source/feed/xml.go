package feed

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"
	"time"

	"herald/source"
	"herald/source/safehtml"
	"herald/source/text"
	"herald/source/weburl"
)

// parseXML walks RSS or Atom once; nothing of it is kept but the fields of Document.
func parseXML(doc []byte) (*Document, error) {
	r := &walker{doc: new(Document)}
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

// walker holds the open elements and the field that is being read.
type walker struct {
	doc    *Document
	path   []string
	field  int    // depth of the element whose text is gathered; 0: none
	kind   string // its type attribute
	markup bool   // its elements are gathered too: XHTML
	text   strings.Builder
	item   Item
	base   string        // xml:base of the feed
	author source.Author // that is being read
	others []source.Author
}

func (r *walker) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return r.start(t)
	case xml.EndElement:
		return r.end(t)
	case xml.CharData:
		switch {
		case r.field == 0:
		case r.markup:
			r.gather(html.EscapeString(string(t)))
		default:
			r.gather(string(t))
		}
	}
	return nil
}

// gather adds to the text of a field.
func (r *walker) gather(s string) {
	if r.text.Len()+len(s) > maxText {
		r.item.Cut = true
		return
	}
	r.text.WriteString(s)
}

func (r *walker) start(t xml.StartElement) error {
	r.path = append(r.path, short(t.Name))
	if len(r.path) > maxDepth {
		return errors.New("nested too deeply")
	}
	if len(r.path) == 1 {
		return r.root(t)
	}
	if r.field > 0 {
		r.open(t)
		return nil
	}
	if len(r.path) > 4 {
		return nil
	}
	r.field, r.kind = len(r.path), strings.ToLower(attribute(t, "type"))
	r.text.Reset()
	where := r.where()
	r.markup = r.kind == "xhtml" && (where == "atom:entry/atom:content" || where == "atom:entry/atom:summary")
	switch where {
	case "channel", "atom:author", "atom:entry/atom:author", "atom:entry/atom:source":
		r.field = 0
	case "channel/item", "atom:entry":
		r.field, r.item.Cut = 0, false
		r.item.Base, r.item.Language = joined(r.base, attribute(t, "xml:base")), attribute(t, "xml:lang")
		r.item.Inner = r.item.Base
	case "atom:entry/atom:content":
		r.item.Inner = joined(r.item.Base, attribute(t, "xml:base"))
	case "channel/item/guid":
		r.item.IsPermaLink = !strings.EqualFold(attribute(t, "isPermaLink"), "false")
	case "atom:link", "channel/atom:link":
		r.feedLink(where, t)
	case "at:deleted-entry", "channel/at:deleted-entry":
		if len(r.doc.Deleted) < MaxItems {
			r.doc.Deleted = append(r.doc.Deleted, strings.TrimSpace(attribute(t, "ref")))
		}
	default:
		r.item.media(where, t)
		r.item.origin(where, t)
	}
	return nil
}

// feedLink takes what a link of the feed itself leads to.
func (r *walker) feedLink(where string, t xml.StartElement) {
	if attribute(t, "rel") == "prev-archive" && r.doc.Older == "" {
		r.doc.Older = joined(r.base, attribute(t, "href"))
	}
	if attribute(t, "rel") == "self" && r.doc.Self == "" {
		r.doc.Self = joined(r.base, attribute(t, "href"))
	}
	if where == "atom:link" {
		link(&r.doc.Link, t)
	}
}

// root finds the format by the first element.
func (r *walker) root(t xml.StartElement) error {
	if r.doc.Format != "" {
		return errors.New("a second root element")
	}
	switch r.path[0] {
	case "rss", "rdf:RDF":
		r.doc.Format = RSS
	case "atom:feed":
		r.doc.Format = Atom
	default:
		return fmt.Errorf("<%s> is neither RSS nor Atom", t.Name.Local)
	}
	r.base, r.doc.Language = attribute(t, "xml:base"), attribute(t, "xml:lang")
	return nil
}

// joined resolves an xml:base against the one above it, as far as that is absolute.
func joined(above, own string) string {
	if own == "" || above == "" {
		return above + own
	}
	return cmp.Or(weburl.Resolve(above, own), own)
}

// link takes the address of the page itself: the first link that is an alternate.
func link(to *string, t xml.StartElement) {
	if rel := attribute(t, "rel"); *to == "" && (rel == "" || rel == "alternate") {
		*to = strings.TrimSpace(attribute(t, "href"))
	}
}

func (r *walker) end(t xml.EndElement) error {
	switch {
	case r.field == len(r.path):
		r.take(r.where(), strings.TrimSpace(r.text.String()))
		r.field, r.markup = 0, false
	case r.markup:
		r.shut(t)
	}
	var err error
	switch r.where() {
	case "channel/item", "atom:entry":
		err = r.endItem()
	case "atom:entry/atom:author", "atom:author":
		r.endAuthor()
	}
	r.path = r.path[:len(r.path)-1]
	return err
}

func (r *walker) endItem() error {
	if r.item.URL == "" && r.item.IsPermaLink {
		r.item.URL = r.item.ID
	}
	if len(r.item.Authors) == 0 {
		r.item.Authors = r.others
	}
	if r.item.Plain = r.doc.Format == Atom && r.item.Plain; r.doc.Ours {
		r.item.Summary = r.ourSummary()
		r.item.Plain = r.item.Content == "" && r.item.Summary != ""
	}
	err := r.doc.add(r.item)
	r.item, r.others = Item{}, nil
	return err
}

// ourSummary returns the summary of an item of ours: a description is text that is escaped as HTML, and an entry without a
// summary or content shows its title in its place.
func (r *walker) ourSummary() string {
	switch i := &r.item; {
	case r.doc.Format == RSS:
		return html.UnescapeString(i.Summary)
	case i.Content == "" && i.Summary == i.Title:
		return ""
	default:
		return i.Summary
	}
}

func (r *walker) endAuthor() {
	to := &r.item.Authors
	if len(r.path) == 2 {
		to = &r.doc.Authors
	}
	if r.author.Name != "" && len(*to) < maxMany {
		*to = append(*to, r.author)
	}
	r.author = source.Author{}
}

// take puts the text of a field where it belongs.
func (r *walker) take(where, text string) {
	switch where {
	case "channel/title", "atom:title":
		r.doc.Title = text
	case "channel/link":
		r.doc.Link = text
	case "channel/language":
		r.doc.Language = text
	case "channel/ttl":
		if minutes, err := strconv.ParseUint(text, 10, 16); err == nil {
			r.doc.TTL = time.Duration(minutes) * time.Minute
		}
	case "atom:id":
		r.doc.ID = text
	case "channel/generator", "atom:generator":
		r.doc.Ours = text == "herald"
	case "channel/item/guid", "atom:entry/atom:id":
		r.item.ID = text
	case "channel/item/link":
		r.item.URL = text
	case "channel/item/title":
		r.item.Title = text
	case "atom:entry/atom:title":
		if r.item.Title = text; r.kind == "html" || r.kind == "text/html" {
			r.item.Title = safehtml.PlainText(text)
		}
		r.item.decoded = strings.HasSuffix(r.kind, "html")
	case "channel/item/description":
		r.item.Summary = text
	case "channel/item/content:encoded":
		r.item.Content = text
	case "atom:entry/atom:summary", "atom:entry/atom:content":
		r.takeWords(where == "atom:entry/atom:content", text)
	default:
		r.takeDate(where, text)
		r.takePeople(where, text)
		r.item.originText(where, text)
	}
}

// takeWords takes Atom's content or summary. What is neither text nor HTML is for no feed reader. HTML without a type, as FeedCreator
// and thereby DokuWiki write it, is known by its beginning.
func (r *walker) takeWords(content bool, text string) {
	if r.kind == "" && !r.doc.Ours && safehtml.BeginsWithBlockTag(text) {
		r.kind = "html"
	}
	plain := r.kind == "" || r.kind == "text" || r.kind == "text/plain"
	if !plain && r.kind != "html" && r.kind != "xhtml" && r.kind != "text/html" {
		return
	}
	switch {
	case content:
		r.item.Content, r.item.Plain = text, plain
	default:
		r.item.Summary = text
		if r.item.Content == "" {
			r.item.Plain = plain
		}
	}
}

func (r *walker) takeDate(where, text string) {
	switch where {
	case "channel/lastBuildDate", "atom:updated":
		r.doc.Updated, _ = parseDate(text)
	case "channel/item/pubDate", "atom:entry/atom:published":
		r.item.Published, r.item.Loose.Published = parseDate(text)
	case "channel/item/dc:date":
		if r.item.Published.IsZero() {
			r.item.Published, r.item.Loose.Published = parseDate(text)
		}
	case "channel/item/atom:updated", "atom:entry/atom:updated":
		r.item.Updated, r.item.Loose.Updated = parseDate(text)
	}
}

// where names the open element by its path below the root; "" for deep ones.
func (r *walker) where() string {
	if len(r.path) > 4 {
		return ""
	}
	where := strings.Join(r.path[1:], "/")
	if r.path[0] == "rdf:RDF" && strings.HasPrefix(where, "item") {
		return "channel/" + where // RSS 1.0 has its items beside the channel
	}
	return where
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
	case n.Space == "http://www.itunes.com/dtds/podcast-1.0.dtd" || n.Space == "itunes":
		return "itunes:" + n.Local
	case n.Space == "http://search.yahoo.com/mrss/" || n.Space == "media":
		return "media:" + n.Local
	case n.Space == "http://purl.org/atompub/tombstones/1.0" || n.Space == "at":
		return "at:" + n.Local
	case n.Space == "http://www.w3.org/1999/02/22-rdf-syntax-ns#" || n.Space == "rdf":
		return "rdf:" + n.Local
	case n.Space == "" || n.Space == "http://purl.org/rss/1.0/" || strings.Contains(n.Space, "userland.com/"):
		return n.Local
	}
	return "?:" + n.Local
}

// attribute returns an attribute of an element; "xml:" before its name is the namespace of XML itself.
func attribute(t xml.StartElement, name string) string {
	local, own := strings.CutPrefix(name, "xml:")
	for _, a := range t.Attr {
		space := a.Name.Space == ""
		if own {
			space = a.Name.Space == "xml" || a.Name.Space == "http://www.w3.org/XML/1998/namespace"
		}
		if a.Name.Local == local && space {
			return a.Value
		}
	}
	return ""
}
