package lint

import (
	"bytes"
	"strings"
	"time"

	"herald/feeds/lint/space"
	"herald/source/finding"
	"herald/source/value"
	"herald/source/xmlscan"
)

// The formats that a document may have.
const (
	formatUnknown = iota
	formatRSS     // 0.91 to 2.0
	formatRDF     // RSS 0.90, 1.0, 1.1
	formatAtom
	formatEntry // a lone Atom entry
	formatOPML
)

// check judges one value, the text of an element or an attribute, and reports what is wrong with it.
type check func(c *checker, at spot, s string)

// spot is where a value stands.
type spot struct {
	n    *node
	attr string // "" is the element's text
}

// element says what one element may be. The tables name the elements that may stand in it.
type element struct {
	text   []check // asked of its text when it ends; none: any text
	attrs  []attribute
	kids   map[string]*element
	single string              // the code of a second one under the same parent; "": any number
	twins  map[string][]string // two children that say the same, of which only one should stand
	holds  holds
	open   func(c *checker, n *node)                 // asked when it begins
	close  func(c *checker, n *node)                 // asked when it ends
	child  func(c *checker, n, child *node) *element // finds the rules of a child; nil: kids has them
	seen   func(c *checker, n, child *node)          // told of each child
}

// holds says what an element may hold beside the elements of its kids.
type holds int

const (
	noText    holds = iota // elements only
	someText               // text
	untrimmed              // text whose spaces at the ends count
	ignored                // whatever it likes; nobody asks
)

// attribute is one that an element may have.
type attribute struct {
	name     string // "url", "rdf:about"
	required bool
	checks   []check
}

// node is an element of the document.
type node struct {
	name   string // as the tables call it: "title", "dc:date"
	space  string
	local  string
	rules  *element
	parent *node
	attrs  []xmlscan.Attr
	text   []byte
	kids   map[string]int // how often each child stood in it
	links  []link         // atom:link in it
	kind   string         // of an Atom text: its type
	child  *node          // of an Atom entry: its content
	mixed  bool           // elements stand in its text
	lang   string
	base   string
	line   int
	offset int  // of its tag
	body   int  // of what follows its tag
	bad    bool // its characters were reported
	odd    bool // its text was reported
}

// file is an enclosure.
type file struct {
	n   *node
	url string
}

// link is an atom:link.
type link struct{ rel, kind, language, href string }

// checker reads one document.
type checker struct {
	scan       *xmlscan.Scanner
	found      *finding.List
	now        time.Time
	url        string // where the document lies; "" is unknown
	format     int
	version    string          // of RSS
	own        map[string]bool // the namespaces whose elements the tables name without a prefix
	itunes     bool            // it is a podcast
	utf8       bool            // it is in UTF-8
	values     map[string]bool // kind and value of what must be unique
	moved      map[string]bool // what is said once for a document
	stack      []*node
	channel    map[string]string // of RSS: the channel's title and link
	dates      []time.Time       // when the items were published
	authorless []*node           // entries without an author of their own
	files      []file            // enclosures
}

// report adds a finding at a node.
func (c *checker) report(n *node, code, what string) {
	c.found.Add(n.line, c.scan.Column(n.offset), code, what)
}

// at reports a finding of a value.
func (c *checker) at(s spot, code, value string) {
	if code == "" {
		return
	}
	what := s.n.path()
	if s.attr != "" {
		what += " " + s.attr
	}
	c.report(s.n, code, what+" "+finding.Quote(value))
}

// once reports what is said once for a document.
func (c *checker) once(n *node, code, what string) {
	if !c.moved[code] {
		c.moved[code] = true
		c.report(n, code, what)
	}
}

// unique reports a value that stood before.
func (c *checker) unique(s spot, kind, code, value string) {
	key := kind + "\x00" + value
	if c.values[key] {
		c.at(s, code, value)
	}
	c.values[key] = true
}

// path names a node for people, with its parent.
func (n *node) path() string {
	if n.parent == nil || n.parent.name == "" {
		return "<" + n.name + ">"
	}
	return n.parent.name + "/" + n.name
}

// attr returns an attribute by the name that the tables give it.
func (n *node) attr(name string) (value string, found bool) {
	for i := range n.attrs {
		if attrName(&n.attrs[i]) == name {
			return n.attrs[i].Value, true
		}
	}
	return "", false
}

// attrName is an attribute's name as the tables have it.
func attrName(a *xmlscan.Attr) string {
	if a.Space == "" {
		return a.Name
	}
	if prefix, known := space.Prefix(a.Space); known {
		return prefix + ":" + a.Name
	}
	if prefix, known := space.Near(a.Space); known {
		return prefix + ":" + a.Name
	}
	return a.Space + " " + a.Name
}

func (n *node) has(child string) bool { return n.kids[child] > 0 }

// hasAny reports whether a child's name begins so.
func (n *node) hasAny(prefix string) bool {
	for child, count := range n.kids {
		if count > 0 && strings.HasPrefix(child, prefix) {
			return true
		}
	}
	return false
}

// trimmed is the text of a node as its checks want it.
func (n *node) trimmed() string {
	if n.rules.holds == untrimmed {
		return string(n.text)
	}
	return string(bytes.TrimSpace(n.text))
}

// raw returns the body of a node as it is written, up to the scanner's token.
func (c *checker) raw(n *node) []byte { return c.scan.Doc[n.body:max(n.body, c.scan.Offset)] }

// characters reports characters that show a wrong encoding, once for a node.
func (c *checker) characters(n *node, text []byte) {
	if n.bad || !value.Mojibake(text) {
		return
	}
	n.bad = true
	c.report(n, "BadCharacters", n.path())
}

// unprefixed reports whether a name, as the tables have it, is in no namespace of its own.
func unprefixed(name string) bool { return !strings.Contains(name, ":") }
