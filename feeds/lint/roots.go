package lint

import (
	"strings"
	"sync"

	"herald/feeds/lint/space"
	"herald/source/finding"
	"herald/source/value"
)

// roots are the elements that a document may begin with. The tables are made once, of the formats that are met.
var roots = map[string]func() *element{
	"rss":             sync.OnceValue(rss),
	"feed":            sync.OnceValue(atomFeed),
	"entry":           sync.OnceValue(atomEntry),
	"rdf:RDF":         sync.OnceValue(rdf),
	"Channel":         sync.OnceValue(rss11),
	"opml":            sync.OnceValue(opml),
	"outlineDocument": sync.OnceValue(opml),
}

// doubtful are the elements that may stand where nobody defined them.
var doubtful = sync.OnceValue(func() map[string]*element {
	return merged(everywhere(), map[string]*element{
		"atom:author": person3(), "atom:contributor": person3(), "atom:category": atomCategory(), "atom:content": content(), "atom:generator": atomGenerator(),
		"atom:icon": text(), "atom:id": text(canonical).one(), "atom:link": atomLink(), "atom:logo": text(), "atom:published": text(rfc3339).one(),
		"atom:rights": construct().one(), "atom:subtitle": construct().one(), "atom:summary": construct().one(), "atom:title": construct().one(),
		"atom:updated": text(rfc3339).one(),
	})
})

// learn learns the format from the first element: its name, and its namespace, which the tables leave out.
func (c *checker) learn(n *node) {
	if n.parent.parent != nil {
		return
	}
	switch n.local {
	case "rss":
		if n.space != "" {
			c.report(n, "InvalidNamespace", "<rss> is in "+finding.Quote(n.space))
		}
	case "feed", "entry":
		c.atomRoot(n)
	case "Channel":
		c.rss11Root(n)
	case "opml", "outlineDocument":
	default:
		return
	}
	if n.space != "" {
		c.own[n.space] = true
	}
}

func (c *checker) atomRoot(n *node) {
	c.format = formatAtom
	if n.local == "entry" {
		c.format = formatEntry
	}
	c.own[space.Atom] = true
	switch n.space {
	case space.Atom:
	case space.Pie:
		c.report(n, "ObsoleteNamespace", "<"+n.local+"> is of Atom 0.3")
	case "":
		c.report(n, "MissingNamespace", "<"+n.local+">")
		c.own[""] = true
		c.format = formatUnknown
	default:
		c.report(n, "InvalidNamespace", "<"+n.local+"> is in "+finding.Quote(n.space))
	}
}

func (c *checker) rss11Root(n *node) {
	switch n.space {
	case space.RSS11:
	case "":
		c.report(n, "MissingNamespace", "<Channel>")
	default:
		c.report(n, "InvalidNamespace", "<Channel> is in "+finding.Quote(n.space))
	}
}

// declared judges the namespaces that an element declares.
func (c *checker) declared(n *node) {
	atom := c.format == formatAtom || c.format == formatEntry
	for _, d := range c.scan.Declared {
		usual, known := space.Prefix(d.URI)
		switch {
		case d.URI == "", known && usual == d.Prefix && !(d.Prefix == "wiki" || d.Prefix == "atom" || d.Prefix == "xhtml"):
		case strings.Contains(d.URI, "usemod"):
			c.report(n, "ObsoleteWikiNamespace", finding.Quote(d.URI))
		case d.URI == strings.TrimSuffix(space.MediaRSS, "/"):
			c.report(n, "MediaRssNamespace", finding.Quote(d.URI))
		case !known && d.Prefix != "" && space.Of(d.Prefix) != "":
			c.report(n, "ReservedPrefix", "the prefix "+d.Prefix+" is that of "+space.Of(d.Prefix)+", not of "+finding.Quote(d.URI))
		case known && d.Prefix != "" && d.Prefix != usual && space.Of(d.Prefix) != "":
			c.report(n, "ReservedPrefix", "the prefix "+d.Prefix+" is that of "+space.Of(d.Prefix)+", not of "+finding.Quote(d.URI))
		case known && d.Prefix != "" && (usual == "atom" || usual == "xhtml") && (atom || c.format == formatUnknown && n.parent.parent != nil):
			c.report(n, "AvoidNamespacePrefix", "the prefix "+d.Prefix+" for "+d.URI)
		case !known && !space.Foreign(d.URI):
			c.unknownSpace(n, d.Prefix, d.URI)
		}
	}
}

func (c *checker) unknownSpace(n *node, prefix, uri string) {
	if near, known := space.Near(uri); known {
		c.report(n, "MisspeltNamespace", finding.Quote(uri)+" is nearly "+space.Of(near))
		return
	}
	if code := value.IRI(uri, "InvalidIRI"); code != "" {
		c.at(spot{n, "xmlns:" + prefix}, code, uri)
		return
	}
	c.report(n, "UnknownNamespace", finding.Quote(uri))
}
