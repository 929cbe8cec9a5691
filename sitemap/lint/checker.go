package lint

import (
	"net/url"
	"time"

	"herald/source/finding"
	"herald/source/xmlscan"
)

// Options says what is known of a document beside its bytes.
type Options struct {
	Now time.Time // dates after it are doubted; the zero time doubts none
	URL string    // where it lies, which says what it may list; "" is not known
}

// The limits of one file (sitemaps.org/protocol.html; Naver, Search Advisor; Google, news sitemaps).
const (
	maxURLs      = 50_000
	maxBytes     = 52_428_800
	naverBytes   = 10_000_000
	maxLoc       = 2_047
	maxNews      = 1_000
	maxImages    = 1_000
	newsAge      = 48 * time.Hour
	maxTags      = 32
	maxDuration  = 28_800
	maxVideoText = 2_048
)

// row says what one element may be.
type row struct {
	kids     map[string]*row
	one      bool                                // it stands at most once under its parent
	required bool                                // it stands at least once under its parent
	check    func(c *checker, n *node, s string) // asked of its text
	open     func(c *checker, n *node)           // asked when it begins
	close    func(c *checker, n *node)           // asked when it ends
	free     bool                                // nobody asks what is in it
}

// node is an element of the document.
type node struct {
	name   string
	row    *row
	parent *node
	kids   map[string]int
	texts  map[string]string // of its children, as far as a rule asks for them
	attrs  []xmlscan.Attr
	text   []byte
	line   int
	offset int
}

// checker reads one document.
type checker struct {
	scan    *xmlscan.Scanner
	found   *finding.List
	options Options
	place   *url.URL // where the document lies; without a host: not known
	first   string   // scheme and host of the first address
	seen    map[string]bool
	stack   []*node
	urls    int
	news    int
	faults  int    // findings so far
	own     string // a namespace that stands for the protocol's
	row     int    // of a plain list: the line
}

func (c *checker) report(n *node, code, what string) {
	c.faults++
	if c.scan == nil {
		c.found.Add(c.row, 1, code, what)
		return
	}
	c.found.Add(n.line, c.scan.Column(n.offset), code, what)
}

func (n *node) path() string {
	if n.parent == nil || n.parent.name == "" {
		return "<" + n.name + ">"
	}
	return n.parent.name + "/" + n.name
}

func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if a.Space == "" && a.Name == name {
			return a.Value
		}
	}
	return ""
}

// spaces are the namespaces of sitemaps, with the prefix that names them in the tables.
var spaces = map[string]string{
	"http://www.sitemaps.org/schemas/sitemap/0.9":       "",
	"http://www.google.com/schemas/sitemap-news/0.9":    "news:",
	"http://www.google.com/schemas/sitemap-image/1.1":   "image:",
	"http://www.google.com/schemas/sitemap-video/1.1":   "video:",
	"http://www.google.com/schemas/sitemap-mobile/1.0":  "mobile:",
	"http://www.google.com/schemas/sitemap-pagemap/1.0": "pagemap:",
	"http://www.w3.org/1999/xhtml":                      "xhtml:",
}
