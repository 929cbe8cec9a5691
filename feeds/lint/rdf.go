package lint

import (
	"herald/feeds/lint/space"
	"herald/source/value"
)

// RSS 0.90, 1.0 and 1.1, which are RDF.

func rdf() *element {
	anything := eaten()
	return group(map[string]*element{
		"channel":        rdfChannel().must("rdf:about", about).one(),
		"rss090:channel": group(channelParts()).onClose(func(c *checker, n *node) { c.requireChannel(n) }).onOpen(openOldChannel).one(),
		"item":           rdfItem(),
		"textinput":      rdfAbout(textInput()),
		"image":          rdfAbout(rdfImage()),
		"cc:License":     anything, "taxo:topic": anything, "rdf:Description": anything,
	}).onOpen(func(c *checker, _ *node) {
		c.format = formatRDF
		c.own[space.RSS1] = true
	}).onClose(func(c *checker, n *node) {
		if !n.has("rss090:channel") {
			c.require(n, "MissingElement", "channel")
		}
	})
}

// openOldChannel meets RSS 0.90: its namespace is the feed's own from here on.
func openOldChannel(c *checker, _ *node) { c.own[space.RSS09] = true }

// about is a URI that names a resource once in a document.
func about(c *checker, at spot, s string) {
	uri(value.URI, "InvalidLink")(c, at, s)
	c.unique(at, "about", "DuplicateValue", s)
}

// rdfAbout demands that a part of RSS 1.0 has a name; RSS 0.90 has none.
func rdfAbout(e *element) *element {
	e.attrs = append(e.attrs, attribute{"rdf:about", false, []check{func(c *checker, at spot, s string) { uri(value.URI, "InvalidLink")(c, at, s) }}})
	return e.onOpen(func(c *checker, n *node) {
		if _, given := n.attr("rdf:about"); !given && !c.own[space.RSS09] {
			c.report(n, "MissingAttribute", n.path()+" rdf:about")
		}
	})
}

func rdfImage() *element {
	e := rssImage()
	for _, name := range []string{"width", "height", "description"} {
		delete(e.kids, name)
	}
	return e
}

// rdfChannel is the channel of RSS 1.0 and 1.1.
func rdfChannel() *element {
	e := group(merged(channelParts(), map[string]*element{
		"items":        rdfItems().one(),
		"textinput":    eaten().one(),
		"rdfs:label":   text(),
		"rdfs:comment": text(),
	}))
	return channelTwins(e).onClose(func(c *checker, n *node) {
		c.requireChannel(n)
		if _, given := n.attr("rdf:about"); given {
			c.require(n, "MissingElement", "items")
		}
		c.show(n)
	})
}

// rss11 is the root of RSS 1.1.
func rss11() *element {
	e := rdfChannel()
	e.kids["items"] = group(map[string]*element{"item": rdfItem()}).may("rdf:parseType").one()
	return e.must("rdf:about", about).onOpen(func(c *checker, _ *node) { c.format = formatRDF })
}

func rdfItems() *element {
	li := (&element{}).may("resource rdf:resource")
	return group(map[string]*element{"rdf:Seq": group(map[string]*element{"rdf:li": li})}).may("rdf:parseType")
}

func rdfItem() *element {
	e := group(merged(itemParts(), map[string]*element{
		"rdfs:label":      text(),
		"rdfs:comment":    text(),
		"trackback:ping":  resource().one(),
		"trackback:about": resource(),
		"l:permalink":     resource().with("l:type", mime("InvalidMIMEType")),
	}))
	e = e.twinned("author", "dc:creator", "category", "dc:subject", "cc:license", "creativeCommons:license").with("rdf:about", about)
	return e.onOpen(func(c *checker, n *node) {
		if _, given := n.attr("rdf:about"); !given && !c.own[space.RSS09] && !c.own[space.RSS11] {
			c.report(n, "MissingAttribute", n.path()+" rdf:about")
		}
	}).onClose(func(c *checker, n *node) { c.require(n, "MissingElement", "link", "title") })
}
