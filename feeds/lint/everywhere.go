package lint

import (
	"herald/source/value"
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
		"georss:floor":           text(integer("InvalidInteger", -10000)),
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
