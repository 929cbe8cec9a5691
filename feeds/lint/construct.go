package lint

import (
	"encoding/base64"
	"strings"

	"herald/feeds/lint/fragment"
	"herald/feeds/lint/space"
	"herald/source/finding"
	"herald/source/value"
	"herald/source/xmlscan"
)

// The texts of Atom (RFC 4287 sections 3.1 and 4.1.3): plain, HTML that is escaped, or XHTML as elements.

// construct is an Atom text: title, subtitle, summary, rights.
func construct() *element {
	e := &element{holds: untrimmed, open: openText, close: closeText, child: textChild}
	return e.may("type src")
}

// content is Atom's content, which may be of any media type.
func content() *element {
	e := construct()
	e.open = func(c *checker, n *node) {
		if n.parent != nil {
			n.parent.child = n
		}
		openText(c, n)
	}
	return e
}

func openText(c *checker, n *node) {
	_, remote := n.attr("src")
	n.kind = "text"
	if remote {
		n.kind = ""
	} else if c.format == formatRSS && n.local != "summary" {
		c.report(n, "DuplicateDescriptionSemantics", n.path())
	}
	if kind, given := n.attr("type"); given {
		n.kind = kind
		if kind == "" {
			c.at(spot{n, "type"}, "AttrNotBlank", kind)
		}
	} else if remote {
		c.report(n, "MissingTypeAttr", n.path())
	}
	openTextType(c, n, remote)
}

func openTextType(c *checker, n *node, remote bool) {
	isContent := n.local == "content"
	switch {
	case !isContent && strings.Contains(n.kind, "/"):
		c.at(spot{n, "type"}, "InvalidTextType", n.kind)
	case isContent && strings.EqualFold(n.kind, "multipart/alternative"):
		c.at(spot{n, "type"}, "InvalidMIMEType", n.kind)
	}
	if src, _ := n.attr("src"); remote {
		c.at(spot{n, "src"}, value.IRI(src, "InvalidURIAttribute"), src)
	}
	if !remote && (n.kind == "text" || n.kind == "html" || n.kind == "xhtml") || n.kind == "" {
		return
	}
	c.at(spot{n, "type"}, value.MIME(n.kind, "InvalidMIMEType"), n.kind)
}

func isXML(kind string) bool {
	return strings.HasSuffix(kind, "+xml") || strings.HasSuffix(kind, "/xml")
}

func closeText(c *checker, n *node) {
	text := string(n.text)
	at := spot{n, ""}
	_, remote := n.attr("src")
	switch {
	case n.kind == "xhtml":
		plainText(c, at, text, "NotInline")
	case n.kind == "text":
		plainText(c, at, text, "ContainsUndeclaredHTML")
	default:
		closeTyped(c, n, text, remote)
	}
	if strings.TrimSpace(text) == "" && !n.mixed && !remote {
		c.at(at, "NotBlank", text)
	}
	if remote && strings.TrimSpace(text) != "" {
		c.at(at, "UnexpectedText", strings.TrimSpace(text))
	}
}

func closeTyped(c *checker, n *node, text string, remote bool) {
	kind, at := n.kind, spot{n, ""}
	if strings.Contains(kind, "/") && !isXML(kind) && !strings.HasPrefix(kind, "text/") && !remote {
		decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
		if err != nil || n.mixed {
			c.at(at, "NotBase64", text)
		}
		text = string(decoded)
	}
	if kind != "html" && !strings.HasSuffix(kind, "/html") {
		if !isXML(kind) {
			plainText(c, at, text, "ContainsUndeclaredHTML")
		}
		return
	}
	safeHTML(c, at, text)
	if kind != "html" && !strings.Contains(text, "<html") && !remote {
		c.at(at, "HtmlFragment", kind)
	}
}

// textChild judges an element in a text.
func textChild(c *checker, n, child *node) *element {
	isDiv := child.space == space.XHTML && child.local == "div"
	if n.kind != "xhtml" && !isXML(n.kind) {
		c.report(child, "UndefinedElement", n.name+"/"+child.local)
	}
	blank := strings.TrimSpace(string(n.text)) == "" && !n.mixed
	switch {
	case n.kind == "xhtml" && !isDiv && blank:
		c.report(n, "MissingXhtmlDiv", n.path())
		if child.local == "div" {
			c.report(child, "NotHtml", "the namespace of <div> is "+finding.Quote(child.space))
		}
	case n.kind == "xhtml" && child.space != space.XHTML:
		c.report(child, "NotHtml", "the namespace of <"+child.local+"> is "+finding.Quote(child.space))
	case n.kind == "application/xhtml+xml" && child.local != "html":
		c.at(spot{n, ""}, "HtmlFragment", n.kind)
	case n.kind == "application/xhtml+xml" && child.space != space.XHTML:
		c.report(child, "NotHtml", "the namespace of <html> is "+finding.Quote(child.space))
	}
	if mode, _ := n.attr("mode"); mode == "escaped" {
		c.report(n, "NotEscaped", n.path())
	}
	n.mixed = true
	if isDiv {
		return division()
	}
	return eaten()
}

// division is an element of XHTML within a text.
func division() *element {
	return &element{holds: someText, child: divisionChild, close: func(_ *checker, n *node) {
		if !n.mixed && n.parent != nil && (n.parent.kind == "xhtml" || n.parent.rules.child != nil) {
			n.parent.text = append(n.parent.text, n.text...)
		}
	}}
}

func divisionChild(c *checker, n, child *node) *element {
	n.mixed = true
	switch child.space {
	case "":
		c.report(child, "MissingNamespace", "<"+child.local+"> in XHTML")
		return division()
	case space.XHTML, space.SVG, space.MathML:
	default:
		if prefix, known := space.Prefix(child.space); known && n.name != "metadata" {
			c.report(child, "UndefinedElement", n.name+"/"+prefix+":"+child.local)
			return eaten()
		}
		return division()
	}
	if code := fragment.Element(child.space, child.local); code != "" {
		c.report(child, code, "<"+child.local+">")
	}
	c.xhtmlAttributes(child)
	return division()
}

func (c *checker) xhtmlAttributes(n *node) {
	for _, a := range n.attrs {
		switch {
		case a.Space != "" && a.Space != xmlscan.XMLSpace:
		case a.Space == "" && a.Name == "style":
			for _, evil := range value.Unsafe(a.Value) {
				c.report(n, "DangerousStyleAttr", "style "+finding.Quote(evil))
			}
		case a.Space == "" && !fragment.Attribute(n.space, a.Name):
			c.report(n, "SecurityRiskAttr", "the attribute "+a.Name+" of <"+n.local+">")
		case a.Space == "" && (a.Name == "href" || a.Name == "src") && n.space == space.XHTML:
			if !value.IsAbsolute(a.Value) && n.base == c.url && len(a.Value) > 0 && a.Value[0] != '#' {
				c.report(n, "ContainsRelRef", "<"+n.local+" "+a.Name+"> "+finding.Quote(a.Value))
			}
		}
	}
}

// bodyEater is xhtml:body in RSS: only what is unsafe in it counts.
func bodyEater() *element {
	e := &element{holds: ignored}
	e.child = func(c *checker, _, child *node) *element {
		for _, a := range child.attrs {
			switch {
			case a.Space == "" && strings.EqualFold(a.Name, "style"):
				for _, evil := range value.Unsafe(a.Value) {
					c.report(child, "DangerousStyleAttr", "style "+finding.Quote(evil))
				}
			case a.Space == "" && fragment.IsHandler(a.Name):
				c.report(child, "SecurityRiskAttr", "the attribute "+a.Name)
			}
		}
		if !fragment.Safe(child.local) {
			c.report(child, "SecurityRisk", "<"+child.local+">")
		}
		return bodyEater()
	}
	return e
}
