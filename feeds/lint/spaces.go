package lint

import (
	"herald/feeds/lint/value"
	"strings"
	"sync"
)

// The namespaces of formats.
const (
	spaceAtom  = "http://www.w3.org/2005/Atom"
	spacePie   = "http://purl.org/atom/ns#"
	spaceRSS1  = "http://purl.org/rss/1.0/"
	spaceRSS11 = "http://purl.org/net/rss1.1#"
	spaceRSS09 = "http://my.netscape.com/rdf/simple/0.9/"
	spaceRDF   = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	spaceXHTML = "http://www.w3.org/1999/xhtml"
	spaceSVG   = "http://www.w3.org/2000/svg"
	spaceMath  = "http://www.w3.org/1998/Math/MathML"
	spaceMRSS  = "http://search.yahoo.com/mrss/"
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
	spaceMRSS:                                               "media",
	spaceMath:                                               "mathml",
	"http://a9.com/-/spec/opensearchrss/1.0/":               "opensearch10",
	"http://a9.com/-/spec/opensearch/1.1/":                  "opensearch",
	"http://www.opml.org/spec2":                             "opml",
	"https://podcastindex.org/namespace/1.0":                "podcast",
	spaceRDF:                                                "rdf",
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
	spaceSVG:                                                "svg",
	"http://purl.org/rss/1.0/modules/syndication/":          "sy",
	"http://purl.org/rss/1.0/modules/taxonomy/":             "taxo",
	"http://purl.org/rss/1.0/modules/threading/":            "thr",
	"http://purl.org/syndication/thread/1.0":                "thr",
	"http://madskills.com/public/xml/rss/module/trackback/": "trackback",
	"http://wellformedweb.org/CommentAPI/":                  "wfw",
	"http://purl.org/rss/1.0/modules/wiki/":                 "wiki",
	"http://www.usemod.com/cgi-bin/mb.pl?ModWiki":           "wiki",
	"http://schemas.xmlsoap.org/soap/envelope/":             "soap",
	spaceAtom:                              "atom",
	spaceXHTML:                             "xhtml",
	spaceRSS09:                             "rss090",
	spaceRSS1:                              "rss1",
	spaceRSS11:                             "rss11",
	"http://base.google.com/ns/1.0":        "g",
	"http://www.w3.org/XML/1998/namespace": "xml",
	"http://openid.net/xmlns/1.0":          "openid",
	"http://www.w3.org/1999/xlink":         "xlink",
}

// foreignSpaces are known and have no rules here.
var foreignSpaces = map[string]bool{
	"http://schemas.google.com/g/2005": true, "http://www.rawvoice.com/rawvoiceRssModule/": true, "http://schema.org/": true, "https://schema.org/": true,
	"https://www.spotify.com/ns/rss": true, "http://www.spotify.com/ns/rss": true, "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": true,
	"http://a9.com/-/opensearch/extensions/relevance/1.0/": true, "http://www.nicovideo.jp/api/ext": true, "com-wordpress:feed-additions:1": true,
	"http://search.yahoo.com/mrss": true,
}

var lastWord = value.Lazy(`^.*\w`)

// near is a namespace without what is often mistyped: capitals and the end.
func near(uri string) string { return strings.ToLower(lastWord().FindString(uri)) }

// nearSpaces finds the prefix of a namespace, also of one that is nearly spelled.
var nearSpaces = sync.OnceValue(func() map[string]string {
	all := make(map[string]string, len(spaces))
	for uri, prefix := range spaces {
		all[near(uri)] = prefix
	}
	return all
})

// spaceOf returns the namespace that bears a prefix by custom.
func spaceOf(prefix string) string {
	best := ""
	for uri, own := range spaces {
		if own == prefix && (best == "" || uri < best) {
			best = uri
		}
	}
	return best
}
