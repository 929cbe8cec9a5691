package lint

import (
	"strings"

	"herald/source/value"
)

// The tables of extensions of feeds and of items.

// both are the extensions of a feed and of an item.
func both() map[string]*element {
	return merged(everywhere(), media(), map[string]*element{
		"taxo:topics": eaten(),
		"l:link": (&element{holds: someText}).may("rdf:resource dc:title").with("l:lang", language).must("l:rel", fullURI()).with("l:title", plain).
			with("l:type", func(c *checker, at spot, s string) {
				if strings.Contains(s, ":") {
					fullURI()(c, at, s)
					return
				}
				mime("InvalidMIMEType")(c, at, s)
			}),
	})
}

var integers = value.Lazy(`^\d+(?:,\s*\d+)*$`)

// itemExtensions are those of an item or entry.
func itemExtensions() map[string]*element {
	return merged(both(), map[string]*element{
		"annotate:reference":           resource().one(),
		"ag:source":                    text().one(),
		"ag:sourceURL":                 text(fullURI()).one(),
		"ag:timestamp":                 text(iso8601).one(),
		"ev:startdate":                 text(anyTime).one(),
		"ev:enddate":                   text(anyTime).one(),
		"ev:location":                  eaten(),
		"ev:organizer":                 eaten(),
		"ev:type":                      text().one(),
		"feedburner:awareness":         text(fullURI()).one(),
		"feedburner:origEnclosureLink": text(fullURI()).one(),
		"feedburner:origLink":          text(fullURI()).one(),
		"foaf:maker":                   eaten(),
		"foaf:primaryTopic":            eaten(),
		"slash:comments":               text(notNegative()).one(),
		"slash:section":                text(),
		"slash:department":             text(),
		"slash:hit_parade":             text(form("InvalidCommaSeparatedIntegers", integers)).one(),
		"thr:children": eaten().onOpen(func(c *checker, n *node) {
			if c.format != formatRDF {
				c.report(n, "UndefinedElement", n.path())
			}
		}),
		"thr:total":       text(notNegative()).one(),
		"thr:in-reply-to": inReplyTo(),
		"wfw:comment":     text(fullURI()).one(),
		"wfw:commentRss":  text(fullURI()).one(),
		"wfw:commentRSS":  text(fullURI()).one().onOpen(func(c *checker, n *node) { c.report(n, "CommentRSS", n.path()) }),
		"trackback:ping":  text(fullURI()).one(),
		"trackback:about": text(fullURI()),
	}, same(func() *element { return text() }, "wiki:diff wiki:history wiki:importance wiki:status wiki:version"))
}

// anyTime is a date of an event, which may lie ahead.
func anyTime(c *checker, at spot, s string) {
	if code := value.ISO(s, c.now); code != "ImplausibleDate" {
		c.at(at, code, s)
	}
}

func inReplyTo() *element {
	return (&element{holds: someText}).with("href", uri(value.IRI, "InvalidIRI")).with("ref", canonical).
		with("source", uri(value.IRI, "InvalidIRI")).with("type", mime("InvalidMIMEType"))
}

// canonical is an id of Atom: a URI, in the spelling that compares as a string.
func canonical(c *checker, at spot, s string) {
	if code := value.FullIRI(s, "InvalidFullLink"); code != "" {
		c.at(at, code, s)
		return
	}
	if spelling, ok := value.Canonical(s); ok && spelling != s {
		c.report(at.n, "NonCanonicalURI", at.n.path()+" is another spelling of "+spelling)
	}
}

// feedExtensions are those of a feed.
func feedExtensions() map[string]*element {
	return merged(both(), map[string]*element{
		"admin:generatorAgent":          resource().one(),
		"admin:errorReportsTo":          resource().one(),
		"blogChannel:blogRoll":          text(fullURI()).one(),
		"blogChannel:mySubscriptions":   text(fullURI()).one(),
		"blogChannel:blink":             text(fullURI()).one(),
		"blogChannel:changes":           text(fullURI()).one(),
		"sy:updatePeriod":               text(oneOf("InvalidUpdatePeriod", "hourly", "daily", "weekly", "monthly", "yearly")).one(),
		"sy:updateFrequency":            text(integer("InvalidInteger", 1), nonBlank).one(),
		"sy:updateBase":                 text(w3cdtf).one(),
		"foaf:maker":                    eaten(),
		"cp:server":                     resource(),
		"wiki:interwiki":                text(),
		"thr:in-reply-to":               inReplyTo(),
		"feedburner:awareness":          text(fullURI()).one(),
		"feedburner:browserFriendly":    text(plain).one(),
		"feedburner:emailServiceId":     eaten().one(),
		"feedburner:feedFlare":          eaten(),
		"feedburner:info":               (&element{}).must("uri", uri(value.IRI, "InvalidIRI")),
		"feedburner:feedburnerHostname": text(fullURI()).one(),
		"opensearch:Query":              eaten(),
		"xhtml:div":                     eaten(),
		"xhtml:meta": (&element{}).must("name", lower(oneOf("InvalidMetaName", "robots"))).must("content", lower(oneOf("InvalidMetaContent",
			"all", "none", "index", "index,follow", "index,nofollow", "noindex", "noindex,follow", "noindex,nofollow",
			"follow", "follow,index", "follow,noindex", "nofollow", "nofollow,index", "nofollow,noindex"))),
		"fh:archive":  group(nil),
		"fh:complete": group(nil),
		"rsl:content": eaten(),
	}, openSearch("opensearch:"), openSearch("opensearch10:"))
}

func openSearch(prefix string) map[string]*element {
	return map[string]*element{
		prefix + "totalResults": text(notNegative()).one(),
		prefix + "startIndex":   text(integer("InvalidInteger", -1<<31)).one(),
		prefix + "itemsPerPage": text(notNegative()).one(),
	}
}
