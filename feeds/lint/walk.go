package lint

import (
	"bytes"
	"slices"
	"strings"

	"herald/feeds/lint/space"
	"herald/source/finding"
	"herald/source/value"
	"herald/source/xmlscan"
)

// run reads the document from end to end.
func (c *checker) run() {
	c.stack = []*node{{rules: &element{child: root}, base: c.url, kids: map[string]int{}}}
	for {
		switch c.scan.Next() {
		case xmlscan.Done:
			return
		case xmlscan.Start:
			c.start()
		case xmlscan.Text:
			c.text()
		case xmlscan.End:
			c.end()
		}
	}
}

func (c *checker) top() *node { return c.stack[len(c.stack)-1] }

func (c *checker) start() {
	s, parent := c.scan, c.top()
	n := &node{space: s.Space, local: s.Name, parent: parent, attrs: s.Attrs, lang: parent.lang, base: parent.base, line: s.Line, offset: s.Offset}
	n.body = s.End()
	c.learn(n)
	c.declared(n)
	n.name = c.name(n)
	c.languageAndBase(n)
	if parent.rules.child != nil {
		n.rules = parent.rules.child(c, parent, n)
	} else {
		n.rules = c.lookup(parent, n)
	}
	if n.rules.kids != nil || n.rules.child != nil {
		n.kids = map[string]int{}
	}
	c.stack = append(c.stack, n)
	if n.rules.single != "" && parent.has(n.name) {
		c.report(n, n.rules.single, n.path()+" appears twice")
	}
	if n.rules.open != nil {
		n.rules.open(c, n)
	}
	c.attributes(n)
	for _, twin := range parent.rules.twins[n.name] {
		if parent.has(twin) {
			c.report(n, twinCode(parent), n.path()+" stands beside <"+twin+">")
		}
	}
	if parent.rules.seen != nil {
		parent.rules.seen(c, parent, n)
	}
	if parent.kids != nil {
		parent.kids[n.name]++
	}
}

// root finds the rules of the first element.
func root(c *checker, document, n *node) *element {
	if n.space == space.Pie {
		return eaten()
	}
	if make := roots[n.name]; make != nil {
		return make()
	}
	return c.lookup(document, n)
}

// twinCode is the code of two children that say the same.
func twinCode(parent *node) string {
	if parent.local == "item" {
		return "DuplicateItemSemantics"
	}
	return "DuplicateSemantics"
}

// name is what the tables call an element: by its local name alone where its namespace is the feed's own.
func (c *checker) name(n *node) string {
	if n.space == "" || c.own[n.space] {
		return n.local
	}
	prefix, known := space.Near(n.space)
	if !known {
		return "?:" + n.local
	}
	if prefix == "itunes" && !c.itunes {
		c.itunes = true
		if !c.utf8 {
			c.report(n, "NotUTF8", "a podcast in another encoding")
		}
	}
	return prefix + ":" + n.local
}

// lookup finds the rules of an element under one that lists its kids.
func (c *checker) lookup(parent, n *node) *element {
	if parent.rules.holds == ignored {
		return c.foreign(parent, n)
	}
	if n.space == "" && c.format != formatUnknown && c.format != formatRSS && c.format != formatOPML {
		c.report(n, "UndeterminableVocabulary", n.path())
		return eaten()
	}
	if e := parent.rules.kids[n.name]; e != nil {
		return e
	}
	if base, _, qualified := strings.Cut(n.name, "."); qualified && strings.HasPrefix(n.name, "dc:") && parent.rules.kids[base] != nil {
		return parent.rules.kids[base]
	}
	switch {
	case strings.HasPrefix(n.name, "?:"):
		if parent.parent == nil {
			c.report(n, "UndefinedElement", n.local)
		}
		return c.extension()
	case c.format == formatRDF && parent.rules.holds != noText:
		return c.extension()
	case strings.HasPrefix(n.name, "xhtml:") && parent.parent != nil:
		c.report(n, "MisplacedXHTMLContent", n.path())
	case unruled[prefixOf(n.name)] && parent.parent != nil:
	case parent.parent != nil && parent.rules.holds == noText && c.questionable(n) != nil:
		c.report(n, "QuestionableUsage", n.path())
		return c.questionable(n)
	default:
		c.report(n, "UndefinedElement", n.path())
	}
	return eaten()
}

func prefixOf(name string) string {
	prefix, _, found := strings.Cut(name, ":")
	if !found {
		return ""
	}
	return prefix
}

// unruled are the prefixes of namespaces without a table here.
var unruled = map[string]bool{
	"g": true, "gml": true, "cf": true, "sx": true, "foaf": true, "cc": true, "audio": true, "company": true, "conversationsNetwork": true, "email": true,
	"image": true, "googleplay": true, "ref": true, "reqv": true, "rsl": true, "rss091": true, "search": true, "source": true, "ss": true, "str": true,
	"sub": true, "soap": true, "openid": true, "xlink": true, "podcast": true, "at": true, "app": true, "opml": true, "svg": true,
	"mathml": true, "indexing": true, "annotate": true,
}

// questionable returns the rules of an element that is defined, though not for its place.
func (c *checker) questionable(n *node) *element {
	if e := doubtful()[n.name]; e != nil {
		return e
	}
	if c.own[space.Atom] && unprefixed(n.name) && strings.Contains(n.parent.name, ":") {
		return doubtful()["atom:"+n.name]
	}
	return nil
}

// extension is an element that nobody defined: RDF reads it as a resource.
func (c *checker) extension() *element {
	if c.format == formatRDF {
		return rdfAny()
	}
	return eaten()
}

// rdfAny is an element of any RDF.
func rdfAny() *element {
	e := &element{holds: ignored}
	e.child = func(c *checker, n, child *node) *element {
		if kind, _ := n.attr("rdf:parseType"); kind == "Literal" {
			return eaten()
		}
		if child.space == space.RSS11 {
			c.report(child, "UndefinedElement", child.path())
		}
		if len(bytes.TrimSpace(n.text)) > 0 {
			c.report(n, "InvalidRDF", n.path()+" mixes text and elements")
		}
		return rdfAny()
	}
	e.open = func(c *checker, n *node) {
		if s, given := n.attr("rdf:about"); given {
			c.unique(spot{n, "rdf:about"}, "about", "DuplicateValue", s)
		}
		for _, a := range n.attrs {
			if a.Space == space.RSS11 {
				c.report(n, "UnexpectedAttribute", n.path()+" "+a.Name)
			}
		}
	}
	return e
}

// foreign judges an element within one whose inside nobody asks after.
func (c *checker) foreign(parent, n *node) *element {
	if n.space == "" && c.format == formatRSS && strings.Contains(parent.name, ":") && !unruled[prefixOf(parent.name)] {
		c.report(n, "NotInANamespace", n.path())
	}
	return parent.rules
}

// typing are the attributes that RDF adds to any text.
var typing = []string{"parseType", "datatype", "resource"}

// attributes holds the attributes of an element against its rules.
func (c *checker) attributes(n *node) {
	for i := range n.attrs {
		a := &n.attrs[i]
		c.characters(n, []byte(a.Value))
		if a.Space == xmlscan.XMLSpace || n.rules.holds == ignored {
			continue
		}
		rule := n.rules.attribute(attrName(a))
		switch {
		case rule != nil:
			for _, check := range rule.checks {
				check(c, spot{n, rule.name}, a.Value)
			}
		case n.rules.child != nil && n.rules.attrs == nil:
		case a.Space == "" || isKnown(a.Space):
			if c.format != formatRDF || a.Space != space.RDF || n.rules.holds == noText || !slices.Contains(typing, a.Name) {
				c.report(n, "UnexpectedAttribute", n.path()+" "+a.Name)
			}
		case c.format == formatRSS && n.space == "":
			c.report(n, "UseOfExtensionAttr", n.path()+" "+a.Prefix+":"+a.Name)
		}
	}
	for i := range n.rules.attrs {
		rule := &n.rules.attrs[i]
		if _, given := n.attr(rule.name); rule.required && !given {
			c.report(n, "MissingAttribute", n.path()+" "+rule.name)
		}
	}
}

func isKnown(uri string) bool { _, known := space.Near(uri); return known }

func (e *element) attribute(name string) *attribute {
	for i := range e.attrs {
		if e.attrs[i].name == name {
			return &e.attrs[i]
		}
	}
	return nil
}

// languageAndBase reads xml:lang and xml:base.
func (c *checker) languageAndBase(n *node) {
	for _, a := range n.attrs {
		switch {
		case a.Space != xmlscan.XMLSpace:
		case a.Name == "lang":
			if n.lang = a.Value; a.Value != "" {
				language(c, spot{n, "xml:lang"}, a.Value)
			}
		case a.Name == "base":
			c.at(spot{n, "xml:base"}, value.IRI(a.Value, "InvalidIRI"), a.Value)
			n.base = value.Resolve(n.base, a.Value)
		}
	}
}

// text takes up a piece of text.
func (c *checker) text() {
	n, data := c.top(), c.scan.Data
	blank := len(bytes.TrimSpace(data)) == 0
	switch {
	case n.rules.holds == noText && !blank && !n.odd:
		n.odd = true
		c.report(n, "UnexpectedText", n.path()+" "+finding.Quote(string(bytes.TrimSpace(data))))
	case n.kind == "xhtml" && !blank && !n.mixed && len(bytes.TrimSpace(n.text)) == 0:
		c.report(n, "MissingXhtmlDiv", n.path())
	case n.rules.holds == untrimmed && n.mixed && n.kind != "" && !blank && !n.odd:
		n.odd = true
		c.report(n, "UnexpectedText", n.path()+" "+finding.Quote(string(bytes.TrimSpace(data))))
	}
	c.characters(n, data)
	if n.rules.holds != ignored || n.rules.child != nil {
		n.text = append(n.text, data...)
	}
}

func (c *checker) end() {
	n := c.top()
	if len(n.rules.text) > 0 {
		s := n.trimmed()
		for _, check := range n.rules.text {
			check(c, spot{n, ""}, s)
		}
	}
	if n.parent.local == "channel" && (n.name == "title" || n.name == "link" || n.name == "docs") && c.channel[n.name] == "" {
		c.channel[n.name] = n.trimmed()
	}
	if n.rules.close != nil {
		n.rules.close(c, n)
	}
	if n.local == "item" || n.local == "entry" {
		n.child = nil // its texts are not needed any more
	}
	c.stack = c.stack[:len(c.stack)-1]
}
