// Package space holds the namespaces that stand in feeds, each with the prefix that names it by custom. It touches no disk,
// clock or network.
package space

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"herald/source/value"
)

// The namespaces of formats.
const (
	Atom     = "http://www.w3.org/2005/Atom"
	Pie      = "http://purl.org/atom/ns#"
	RSS1     = "http://purl.org/rss/1.0/"
	RSS11    = "http://purl.org/net/rss1.1#"
	RSS09    = "http://my.netscape.com/rdf/simple/0.9/"
	RDF      = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	XHTML    = "http://www.w3.org/1999/xhtml"
	SVG      = "http://www.w3.org/2000/svg"
	MathML   = "http://www.w3.org/1998/Math/MathML"
	MediaRSS = "http://search.yahoo.com/mrss/"
)

// spaces are the namespaces that feeds use, each with the prefix that names it in the tables and by custom.
var spaces = map[string]string{
	"http://www.bloglines.com/about/specs/fac-1.0":          "access",
	"http://webns.net/mvcb/":                                "admin",
	"http://purl.org/rss/1.0/modules/aggregation/":          "ag",
	"http://purl.org/rss/1.0/modules/annotate/":             "annotate",
	"http://www.w3.org/2007/app":                            "app",
	"http://purl.org/atompub/tombstones/1.0":                "at",
	"http://media.tangent.org/rss/1.0/":                     "audio",
	"http://backend.userland.com/blogChannelModule":         "blogChannel",
	"http://web.resource.org/cc/":                           "cc",
	"http://www.microsoft.com/schemas/rss/core/2005":        "cf",
	"http://backend.userland.com/creativeCommonsRssModule":  "creativeCommons",
	"http://purl.org/rss/1.0/modules/company":               "company",
	"http://purl.org/rss/1.0/modules/content/":              "content",
	"http://conversationsnetwork.org/rssNamespace-1.0/":     "conversationsNetwork",
	"http://my.theinfo.org/changed/1.0/rss/":                "cp",
	"http://purl.org/dc/elements/1.1/":                      "dc",
	"http://purl.org/dc/terms/":                             "dcterms",
	"http://purl.org/rss/1.0/modules/email/":                "email",
	"http://purl.org/rss/1.0/modules/event/":                "ev",
	"http://purl.org/syndication/history/1.0":               "fh",
	"http://www.w3.org/2003/01/geo/wgs84_pos#":              "geo",
	"http://geourl.org/rss/module/":                         "geourl",
	"http://www.georss.org/georss":                          "georss",
	"http://www.opengis.net/gml":                            "gml",
	"http://postneo.com/icbm":                               "icbm",
	"http://purl.org/rss/1.0/modules/image/":                "image",
	"urn:atom-extension:indexing":                           "indexing",
	"http://www.itunes.com/dtds/podcast-1.0.dtd":            "itunes",
	"http://rssnamespace.org/feedburner/ext/1.0":            "feedburner",
	"http://xmlns.com/foaf/0.1/":                            "foaf",
	"http://www.google.com/schemas/play-podcasts/1.0":       "googleplay",
	"http://purl.org/rss/1.0/modules/link/":                 "l",
	MediaRSS:                                                "media",
	MathML:                                                  "mathml",
	"http://a9.com/-/spec/opensearchrss/1.0/":               "opensearch10",
	"http://a9.com/-/spec/opensearch/1.1/":                  "opensearch",
	"http://www.opml.org/spec2":                             "opml",
	"https://podcastindex.org/namespace/1.0":                "podcast",
	RDF:                                                     "rdf",
	"http://www.w3.org/2000/01/rdf-schema#":                 "rdfs",
	"http://purl.org/rss/1.0/modules/reference/":            "ref",
	"http://purl.org/rss/1.0/modules/richequiv/":            "reqv",
	"https://rslstandard.org/rsl":                           "rsl",
	"http://purl.org/rss/1.0/modules/rss091#":               "rss091",
	"http://purl.org/rss/1.0/modules/search/":               "search",
	"http://purl.org/rss/1.0/modules/slash/":                "slash",
	"http://source.scripting.com/":                          "source",
	"http://purl.org/rss/1.0/modules/servicestatus/":        "ss",
	"http://hacks.benhammersley.com/rss/streaming/":         "str",
	"http://purl.org/rss/1.0/modules/subscription/":         "sub",
	"http://feedsync.org/2007/feedsync":                     "sx",
	SVG:                                                     "svg",
	"http://purl.org/rss/1.0/modules/syndication/":          "sy",
	"http://purl.org/rss/1.0/modules/taxonomy/":             "taxo",
	"http://purl.org/rss/1.0/modules/threading/":            "thr",
	"http://purl.org/syndication/thread/1.0":                "thr",
	"http://madskills.com/public/xml/rss/module/trackback/": "trackback",
	"http://wellformedweb.org/CommentAPI/":                  "wfw",
	"http://purl.org/rss/1.0/modules/wiki/":                 "wiki",
	"http://www.usemod.com/cgi-bin/mb.pl?ModWiki":           "wiki",
	"http://schemas.xmlsoap.org/soap/envelope/":             "soap",
	Atom:                                   "atom",
	XHTML:                                  "xhtml",
	RSS09:                                  "rss090",
	RSS1:                                   "rss1",
	RSS11:                                  "rss11",
	"http://base.google.com/ns/1.0":        "g",
	"http://www.w3.org/XML/1998/namespace": "xml",
	"http://openid.net/xmlns/1.0":          "openid",
	"http://www.w3.org/1999/xlink":         "xlink",
}

// foreign are known and have no rules here.
var foreign = map[string]bool{
	"http://schemas.google.com/g/2005": true, "http://www.rawvoice.com/rawvoiceRssModule/": true, "http://schema.org/": true, "https://schema.org/": true,
	"https://www.spotify.com/ns/rss": true, "http://www.spotify.com/ns/rss": true, "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": true,
	"http://a9.com/-/opensearch/extensions/relevance/1.0/": true, "http://www.nicovideo.jp/api/ext": true, "com-wordpress:feed-additions:1": true,
	"http://search.yahoo.com/mrss": true,
}

var lastWord = value.Lazy(`^.*\w`)

// Prefix returns the customary prefix of a namespace.
func Prefix(uri string) (prefix string, known bool) {
	prefix, known = spaces[uri]
	return prefix, known
}

// Near returns the prefix of a namespace that may be misspelt: in capitals, or at its end.
func Near(uri string) (prefix string, known bool) {
	prefix, known = nearly()[plain(uri)]
	return prefix, known
}

// Of returns the namespace that bears a prefix by custom; "" if there is none.
func Of(prefix string) string { return byPrefix()[prefix] }

// Foreign reports whether a namespace is known and has no rules here.
func Foreign(uri string) bool { return foreign[uri] }

// plain is a namespace without what is often mistyped.
func plain(uri string) string { return strings.ToLower(lastWord().FindString(uri)) }

var nearly = sync.OnceValue(func() map[string]string {
	all := make(map[string]string, len(spaces))
	for uri, prefix := range spaces {
		all[plain(uri)] = prefix
	}
	return all
})

var byPrefix = sync.OnceValue(func() map[string]string {
	all := make(map[string]string, len(spaces))
	for _, uri := range slices.Sorted(maps.Keys(spaces)) {
		if prefix := spaces[uri]; all[prefix] == "" {
			all[prefix] = uri
		}
	}
	return all
})
