package lint

import (
	"strings"

	"herald/feeds/lint/value"
)

// The tables of extensions that stand in many places.

// resource is an element of RDF that names a resource.
func resource() *element {
	return (&element{holds: someText, close: func(c *checker, n *node) {
		if s, given := n.attr("rdf:resource"); given {
			uri(value.URI, "InvalidLink")(c, spot{n, "rdf:resource"}, s)
		} else if c.format == formatRDF {
			c.report(n, "MissingAttribute", n.path()+" rdf:resource")
		}
	}}).may("rdf:resource dc:title")
}

// everywhere are the extensions that may stand in a feed, an item, an image.
func everywhere() map[string]*element {
	return merged(dublinCore(), qualifiedDublinCore(), places(), map[string]*element{
		"rdf:RDF":           eaten(),
		"rdf:type":          eaten(),
		"rdf:Description":   eaten(),
		"rdfs:seeAlso":      resource(),
		"opml:dateCreated":  text(rfc822).one(),
		"opml:dateModified": text(rfc822).one(),
		"opml:ownerName":    text(safeHTML).one(),
		"opml:ownerEmail":   text(email).one(),
		"opml:ownerId":      text(httpURL).one(),
	})
}

func dublinCore() map[string]*element {
	return merged(same(func() *element { return text() }, "dc:publisher dc:contributor dc:identifier dc:relation dc:coverage dc:audience"),
		same(func() *element { return text().one() }, "dc:title dc:description dc:type dc:format dc:source"),
		map[string]*element{
			"dc:language": text(language).one(),
			"dc:rights":   text(plain).one(),
		})
}

func qualifiedDublinCore() map[string]*element {
	return merged(
		same(func() *element { return text() }, "dcterms:alternative dcterms:audience"),
		same(func() *element { return text().one() }, "dcterms:abstract dcterms:dateAccepted dcterms:dateCopyrighted dcterms:dateSubmitted dcterms:mediator"),
		same(func() *element { return text(w3cdtf).one() }, "dcterms:created dcterms:issued dcterms:modified"),
		same(resource, "dcterms:isVersionOf dcterms:hasVersion dcterms:isReplacedBy dcterms:replaces dcterms:isRequiredBy dcterms:requires dcterms:isPartOf "+
			"dcterms:hasPart dcterms:isReferencedBy dcterms:references dcterms:isFormatOf dcterms:hasFormat dcterms:conformsTo"),
		same(eaten, "dcterms:valid dcterms:available dcterms:spatial dcterms:temporal dcterms:accessRights dcterms:accrualMethod dcterms:accrualPeriodicity "+
			"dcterms:accrualPolicy dcterms:bibliographicCitation dcterms:educationLevel dcterms:instructionalMethod dcterms:license dcterms:provenance dcterms:rightsHolder"),
		map[string]*element{
			"dcterms:tableOfContents": resource().one(),
			"dcterms:extent":          text(positive(), nonBlank).one(),
		})
}

var decimal = value.Lazy(`^[-+]?\d+\.?\d*\s*$`)

// places are the extensions for geography.
func places() map[string]*element {
	latitude := func() *element { return text(number("InvalidLatitude", -90, 90)) }
	longitude := func() *element { return text(number("InvalidLongitude", -180, 180)) }
	line := func() *element { return text(coordinates("InvalidCoordList", pointList)) }
	return map[string]*element{
		"geo:lat": latitude(), "geourl:latitude": latitude(), "icbm:latitude": latitude(),
		"geo:long": longitude(), "geourl:longitude": longitude(), "icbm:longitude": longitude(),
		"geo:alt": text(form("InvalidFloatUnit", decimal)),
		"geo:Point": group(map[string]*element{"geo:lat": latitude(), "geo:long": longitude()}).onClose(func(c *checker, n *node) {
			c.require(n, "MissingElement", "geo:lat", "geo:long")
		}),
		"georss:where":           eaten(),
		"georss:point":           text(coordinates("InvalidCoord", point)),
		"georss:line":            line(),
		"georss:polygon":         line(),
		"georss:featureTypeTag":  text(),
		"georss:relationshipTag": text(),
		"georss:featureName":     text(),
		"georss:elev":            text(form("InvalidFloatUnit", decimal)),
		"georss:floor":           text(integer("InvalidInteger", -10000, 0)),
		"georss:radius":          text(func(c *checker, at spot, s string) { c.at(at, value.Float(s), s) }),
	}
}

// require reports the children that are missing, all with one code.
func (c *checker) require(n *node, code string, names ...string) {
	for _, name := range names {
		if !n.has(name) {
			c.report(n, code, "<"+n.name+"> has no <"+name+">")
		}
	}
}

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
		"sy:updateFrequency":            text(integer("InvalidInteger", 1, 0), nonBlank).one(),
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

func lower(f check) check {
	return func(c *checker, at spot, s string) { f(c, at, strings.ToLower(s)) }
}

func openSearch(prefix string) map[string]*element {
	return map[string]*element{
		prefix + "totalResults": text(notNegative()).one(),
		prefix + "startIndex":   text(integer("InvalidInteger", -1<<31, 0)).one(),
		prefix + "itemsPerPage": text(notNegative()).one(),
	}
}
