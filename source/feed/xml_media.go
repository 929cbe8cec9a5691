package feed

import (
	"encoding/xml"
	"html"
	"slices"
	"strconv"
	"strings"

	"herald/source"
)

// media takes what the attributes of an element say that belongs to an entry.
func (i *Item) media(where string, t xml.StartElement) {
	switch where {
	case "atom:entry/atom:link":
		link(&i.URL, t)
		if attribute(t, "rel") == "enclosure" {
			i.enclose(attribute(t, "href"), t)
		}
	case "channel/item/enclosure":
		i.enclose(attribute(t, "url"), t)
	case "channel/item/media:content", "atom:entry/media:content":
		if attribute(t, "medium") == "image" || strings.HasPrefix(attribute(t, "type"), "image/") {
			i.picture(t)
		}
	case "channel/item/media:thumbnail", "atom:entry/media:thumbnail":
		i.picture(t)
	case "atom:entry/atom:category":
		i.categorise(attribute(t, "term"))
	}
}

func (i *Item) enclose(url string, t xml.StartElement) {
	url = strings.TrimSpace(url)
	if url == "" || len(i.Enclosures) == maxMany {
		return
	}
	length, _ := strconv.ParseInt(strings.TrimSpace(attribute(t, "length")), 10, 64)
	i.Enclosures = append(i.Enclosures, source.Enclosure{URL: url, Type: strings.TrimSpace(attribute(t, "type")), Length: max(length, 0)})
}

func (i *Item) picture(t xml.StartElement) {
	if i.Image == "" {
		i.Image = strings.TrimSpace(attribute(t, "url"))
	}
}

func (i *Item) categorise(value string) {
	if value = strings.TrimSpace(value); value != "" && len(i.Categories) < maxMany && !slices.Contains(i.Categories, value) {
		i.Categories = append(i.Categories, value)
	}
}

// takePeople takes categories, languages and people. In RSS dc:creator goes before author, which has an address and perhaps a
// name behind it.
func (r *walker) takePeople(where, text string) {
	switch where {
	case "channel/item/category", "channel/item/dc:subject":
		r.item.categorise(text)
	case "channel/item/dc:language":
		r.item.Language = text
	case "channel/item/dc:creator":
		if text != "" && len(r.item.Authors) < maxMany {
			r.item.Authors = append(r.item.Authors, source.Author{Name: text})
		}
	case "channel/item/author", "channel/item/itunes:author":
		if text != "" && len(r.others) == 0 {
			r.others = []source.Author{mailbox(text)}
		}
	case "atom:entry/atom:author/atom:name", "atom:author/atom:name":
		r.author.Name = text
	case "atom:entry/atom:author/atom:email", "atom:author/atom:email":
		r.author.Email = text
	case "atom:entry/atom:author/atom:uri", "atom:author/atom:uri":
		r.author.URL = text
	}
}

// mailbox reads "desk@news.example.org (Desk)" as RSS has it; what is no address is a name.
func mailbox(text string) source.Author {
	address, rest, found := strings.Cut(text, " ")
	if name, closed := strings.CutSuffix(strings.TrimPrefix(strings.TrimSpace(rest), "("), ")"); found && closed && name != "" && strings.Contains(address, "@") {
		return source.Author{Name: name, Email: address}
	}
	return source.Author{Name: text}
}

// open writes the beginning of an element of XHTML as HTML has it. The div around it (RFC 4287 section 3.1.1.3) is none of it.
func (r *walker) open(t xml.StartElement) {
	if !r.markup || len(r.path) == r.field+1 {
		return
	}
	var b strings.Builder
	b.WriteString("<" + t.Name.Local)
	for _, a := range t.Attr {
		if a.Name.Space == "" && a.Name.Local != "xmlns" {
			b.WriteString(" " + a.Name.Local + `="` + html.EscapeString(a.Value) + `"`)
		}
	}
	b.WriteString(">")
	r.gather(b.String())
}

// void are the elements of HTML that have no end.
var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

func (r *walker) shut(t xml.EndElement) {
	if len(r.path) != r.field+1 && !slices.Contains(void, strings.ToLower(t.Name.Local)) {
		r.gather("</" + t.Name.Local + ">")
	}
}
