package lint

import (
	"herald/source/value"
)

// Atom 1.0 (RFC 4287).

// person3 is a person: author, contributor.
func person3() *element {
	name := func() *element { return text(plain, noEmail, nonBlank).one() }
	mail := func() *element { return text(email).one() }
	page := func() *element { return text(nonBlank, uri(value.IRI, "InvalidIRI"), tight).one() }
	return group(map[string]*element{
		"name": name(), "atom:name": name(),
		"email": mail(), "atom:email": mail(),
		"uri": page(), "atom:uri": page(),
		"foaf:workplaceHomepage": resource(), "foaf:homepage": resource(), "foaf:weblog": resource(), "foaf:plan": text(), "foaf:firstName": text(),
		"xhtml:div": division(),
	}).may("rdf:parseType").onClose(func(c *checker, n *node) {
		if !n.has("atom:name") {
			c.require(n, "MissingElement", "name")
		}
	})
}

func noEmail(c *checker, at spot, s string) {
	if value.HoldsEmail(s) {
		c.at(at, "ContainsEmail", s)
	}
}

func atomCategory() *element {
	return (&element{}).must("term", nonBlank).with("scheme", uri(value.FullIRI, "InvalidFullLink")).with("label", label)
}

// label is a category's name for people. One that is the term itself is no HTML.
func label(c *checker, at spot, s string) {
	if term, _ := at.n.attr("term"); term != s {
		plain(c, at, s)
	}
}

func atomGenerator() *element {
	return text(nonBlank, plain).with("uri", uri(value.URI, "InvalidURIAttribute")).with("version")
}

// atomParts are the elements that a feed and a source share.
func atomParts() map[string]*element {
	return merged(feedExtensions(), itunesShow(), map[string]*element{
		"author":                  person3(),
		"contributor":             person3(),
		"category":                atomCategory(),
		"generator":               atomGenerator().one(),
		"id":                      text(canonical, tight).one(),
		"icon":                    text(nonBlank, tight, uri(value.IRI, "InvalidLink")).one(),
		"logo":                    text(nonBlank, tight, uri(value.IRI, "InvalidLink")).one(),
		"link":                    atomLink(),
		"title":                   construct().one(),
		"subtitle":                construct().one(),
		"rights":                  construct().one(),
		"updated":                 text(rfc3339, tight).one(),
		"dc:creator":              text(),
		"dc:subject":              text(),
		"dc:date":                 text(w3cdtf).one(),
		"creativeCommons:license": text(fullURI()),
		"app:collection":          eaten().one(),
		"access:restriction":      (&element{}).must("relationship", oneOf("InvalidAccessRestrictionRel", "allow", "deny")),
	})
}

func atomFeed() *element {
	e := group(merged(atomParts(), map[string]*element{"entry": atomEntry(), "at:deleted-entry": deletedEntry()}))
	e.seen = func(c *checker, n, child *node) {
		if child.name != "entry" && n.has("entry") && unprefixed(child.name) {
			c.report(child, "MisplacedMetadata", child.path()+" comes after an entry")
		}
	}
	return e.with("indexing:index", oneOf("InvalidYesNo", "yes", "no")).onClose(closeFeed)
}

// deletedEntry is an entry that is gone (RFC 6721).
func deletedEntry() *element {
	return eaten().must("ref", uri(value.FullIRI, "InvalidFullLink")).must("when", rfc3339)
}

func closeFeed(c *checker, n *node) {
	c.require(n, "MissingElement", "title", "id", "updated")
	if !n.linked("self") {
		c.report(n, "MissingSelf", "<feed> has no <link rel=\"self\">")
	}
	c.alternates(n)
	c.history(n)
	c.show(n)
	if !n.has("author") && c.authorless != nil {
		for _, e := range c.authorless {
			c.report(e, "MissingElement", "<entry> has no <author>, and <feed> has none")
		}
	}
	if entries := n.kids["entry"]; entries > 9 && c.found.Count("DuplicateEntries") == entries-1 {
		c.found.Drop("DuplicateEntries")
		c.report(n, "DuplicateIds", "all entries have one id")
	}
}

func atomSource() *element {
	e := group(merged(atomParts()))
	return e.onClose(func(c *checker, n *node) {
		c.require(n, "MissingSourceElement", "title", "id", "updated")
		c.alternates(n)
		if n.has("author") {
			n.parent.kids["source author"]++
		}
	})
}

func atomEntry() *element {
	return group(merged(itemExtensions(), itunesEpisode(), map[string]*element{
		"author":                  person3(),
		"contributor":             person3(),
		"category":                atomCategory(),
		"content":                 content().one(),
		"id":                      text(canonical, nonBlank, tight, distinct("id", "DuplicateEntries")).one(),
		"link":                    atomLink(),
		"published":               text(rfc3339, tight).one(),
		"source":                  atomSource().one(),
		"rights":                  construct().one(),
		"summary":                 construct().one(),
		"title":                   construct().one(),
		"updated":                 text(rfc3339, tight, distinct("updated", "DuplicateUpdated")).one(),
		"app:edited":              text(rfc3339, tight).one(),
		"app:control":             group(map[string]*element{"app:draft": text(oneOf("InvalidYesNo", "yes", "no")).one()}).one(),
		"dc:creator":              text(),
		"dc:subject":              text(),
		"dc:date":                 text(w3cdtf).one(),
		"creativeCommons:license": text(fullURI()),
	})).may("rdf:parseType").onClose(closeEntry)
}

func closeEntry(c *checker, n *node) {
	c.require(n, "MissingElement", "title", "id", "updated")
	if !n.has("author") && !n.has("source author") && !n.parent.has("author") {
		if n.parent.rules == nil || n.parent.name == "" {
			c.require(n, "MissingElement", "author")
		} else {
			c.authorless = append(c.authorless, n)
		}
	}
	c.entryText(n)
	c.alternates(n)
	for _, l := range n.links {
		if l.rel == "enclosure" {
			c.enclosed(n, l.href)
		}
	}
}

func (c *checker) entryText(n *node) {
	switch {
	case n.child == nil:
		if !n.has("summary") {
			c.report(n, "MissingTextualContent", "<entry> has neither <content> nor <summary>")
		}
		if !n.linked("alternate") {
			c.report(n, "MissingContentOrAlternate", "<entry> has neither <content> nor an alternate link")
		}
	case !n.has("summary"):
		if _, remote := n.child.attr("src"); remote || binary(n.child.kind) {
			c.report(n, "MissingSummary", "the content of <entry> is not text, and it has no <summary>")
		}
	}
}

// binary reports whether content of a type stands in base64.
func binary(kind string) bool {
	return value.MIME(kind, "no") == "" && !isXML(kind) && (len(kind) < 5 || kind[:5] != "text/")
}
