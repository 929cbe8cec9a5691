package hostile

// XML are feeds of RSS and Atom; what is not of one is passed over.
var xml = map[string]func(int) string{
	"items":                   around("<rss><channel>", "<item/>", "</channel></rss>"),
	"items with titles":       around("<rss><channel>", "<item><title>a</title></item>", "</channel></rss>"),
	"items without an end":    around("<rss><channel>", "<item>", ""),
	"items in items":          func(n int) string { return "<rss><channel>" + nested("<item>", "a", "</item>")(n) + "</channel></rss>" },
	"titles":                  around("<rss><channel><item>", "<title>a</title>", "</item></channel></rss>"),
	"guids":                   around("<rss><channel><item>", "<guid>a</guid>", "</item></channel></rss>"),
	"contents":                around("<rss><channel><item>", "<description>a</description>", "</item></channel></rss>"),
	"a content":               around("<rss><channel><item><description>", "a", "</description></item></channel></rss>"),
	"a content of references": around("<rss><channel><item><description>", "&lt;", "</description></item></channel></rss>"),
	"a content of CDATA":      around("<rss><channel><item><description>", "<![CDATA[a]]>", "</description></item></channel></rss>"),
	"a content of comments":   around("<rss><channel><item><description>", "<!--a-->b", "</description></item></channel></rss>"),
	"a content of elements":   around("<rss><channel><item><description>", "<b>a</b>", "</description></item></channel></rss>"),
	"attributes":              around("<rss><channel><item ", "a='b' ", "/></channel></rss>"),
	"many attributes":         func(n int) string { return "<rss><channel><item " + counted("a%d='b' ")(n) + "/></channel></rss>" },
	"name spaces":             func(n int) string { return "<rss " + counted("xmlns:a%d='b' ")(n) + "><channel/></rss>" },
	"nested name spaces":      nested("<a xmlns='b'>", "", "</a>"),
	"nested elements":         nested("<rss>", "", "</rss>"),
	"nested elements in an item": func(n int) string {
		return "<rss><channel><item>" + nested("<x>", "", "</x>")(n) + "</item></channel></rss>"
	},
	"elements without an end": around("<rss><channel>", "<x>", ""),
	"XHTML":                   around("<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>", "<b>a</b>", "</content></entry></feed>"),
	"nested XHTML": func(n int) string {
		return "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>" + nested("<b>", "a", "</b>")(n) + "</content></entry></feed>"
	},
	"entries":               around("<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry><id>a</id></entry>", "</feed>"),
	"links":                 around("<feed xmlns='http://www.w3.org/2005/Atom'><entry>", "<link href='a'/>", "</entry></feed>"),
	"an address":            around("<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/", "a/../", "'/></entry></feed>"),
	"dates":                 around("<rss><channel>", "<item><pubDate>Mon, 2 Jan 2024 ?</pubDate></item>", "</channel></rss>"),
	"a date":                around("<rss><channel><item><pubDate>", "2024 ", "</pubDate></item></channel></rss>"),
	"comments":              repeat("<!-- -->"),
	"comments, open":        repeat("<!--"),
	"instructions":          repeat("<?a b?>"),
	"a document type":       around("<!DOCTYPE a [", "<!ENTITY a 'b'>", "]><rss><channel/></rss>"),
	"document types":        repeat("<!DOCTYPE a>"),
	"nested document types": around("<!DOCTYPE ", "<", ""),
	"a laugh": func(n int) string {
		return "<!DOCTYPE a [" + counted("<!ENTITY a%[1]d '&a%[1]d;&a%[1]d;'>")(n) + "]><rss><channel><title>&a9;</title></channel></rss>"
	},
	"a text":     around("<rss><channel>", "a", "</channel></rss>"),
	"a name":     around("<", "a", ">"),
	"an opening": repeat("<"),
	"an end":     repeat("</a>"),
	"a spelling": around("<?xml version='1.0' encoding='euc-kr'?><rss><channel><title>", "\xb0\xa1", "</title></channel></rss>"),
}

// jsonFeed are feeds in JSON.
var jsonFeed = map[string]func(int) string{
	"items": around(`{"version":"https://jsonfeed.org/version/1.1","items":[`, `{"id":"a"},`, `{"id":"a"}]}`),
	"lists": around(`{"version":"https://jsonfeed.org/version/1.1","items":`, "[", ""),
	"lists closed": func(n int) string {
		return `{"version":"https://jsonfeed.org/version/1.1","x":` + nested("[", "", "]")(n) + "}"
	},
	"maps closed": func(n int) string {
		return `{"version":"https://jsonfeed.org/version/1.1","x":` + nested(`{"a":`, "1", "}")(n) + "}"
	},
	"keys": func(n int) string {
		return `{"version":"https://jsonfeed.org/version/1.1",` + counted(`"k%d":1,`)(n) + `"items":[]}`
	},
	"titles":  around(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"a",`, `"title":"b",`, `"url":"c"}]}`),
	"a text":  around(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"`, "a", `"}]}`),
	"escapes": around(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"`, `\ud800`, `"}]}`),
	"numbers": around(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1`, "0", `}]}`),
	"spaces":  repeat(" "),
}

// Feeds returns feeds, each of about so many bytes.
func Feeds() []Input {
	return table(tableOf{"RSS and Atom", "a.xml", "", "", xml}, tableOf{"JSON Feed", "a.json", "", "", jsonFeed})
}

// YAML returns configs in YAML.
func YAML() []Input { return table(tableOf{"YAML", "a.yml", "", "\n", yaml}) }

// TOML returns configs in TOML.
func TOML() []Input { return table(tableOf{"TOML", "a.toml", "", "\n", toml}) }

// JSON returns values in JSON.
func JSON() []Input { return table(tableOf{"JSON", "a.json", "", "", json}) }
