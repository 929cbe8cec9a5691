package lint

import (
	"slices"
	"strings"

	"herald/source/value"
)

// OPML 1.0, 1.1 and 2.0 (opml.org/spec2).

var lineNumbers = value.Lazy(`^(?:\d+(?:,\s*\d+)*)?$`)

func opml() *element {
	return group(merged(everywhere(), map[string]*element{
		"head": opmlHead(),
		"body": group(merged(everywhere(), map[string]*element{"outline": outline()})).onClose(func(c *checker, n *node) { c.require(n, "MissingElement", "outline") }),
	})).with("version", oneOf("InvalidOPMLVersion", "1.0", "1.1", "2.0")).onOpen(func(c *checker, n *node) {
		c.format = formatOPML
		version, given := n.attr("version")
		c.version = version
		switch {
		case n.name == "outlineDocument":
			c.report(n, "ObsoleteVersion", n.path())
		case !given:
			c.report(n, "MissingAttribute", n.path()+" version")
		}
	}).onClose(func(c *checker, n *node) { c.require(n, "MissingElement", "head", "body") })
}

func opmlHead() *element {
	size := func() *element { return text(integer("InvalidInteger", -100000), nonBlank).one() }
	return group(merged(everywhere(), map[string]*element{
		"title":           text(safeHTML).one(),
		"dateCreated":     text(rfc822).one(),
		"dateModified":    text(rfc822).one(),
		"ownerName":       text(safeHTML).one(),
		"ownerEmail":      text(func(c *checker, at spot, s string) { contactOrNone(c, at, s) }).one(),
		"ownerId":         text(httpURL).one(),
		"docs":            text(fullURI()).one(),
		"expansionState":  text(form("InvalidExpansionState", lineNumbers)).one(),
		"vertScrollState": size(), "windowTop": size(), "windowLeft": size(), "windowBottom": size(), "windowRight": size(),
	}))
}

// contactOrNone is an address, if there is one.
func contactOrNone(c *checker, at spot, s string) {
	if s != "" {
		email(c, at, s)
	}
}

func outline() *element {
	e := (&element{}).must("text", safeHTML).may("type category").with("title", safeHTML).with("created", rfc822).with("description", safeHTML).
		with("htmlUrl", fullURI()).with("xmlUrl", fullURI()).with("url", fullURI()).with("language", language).
		with("isBreakpoint", lower(oneOf("InvalidTrueFalse", "true", "false"))).with("isComment", lower(oneOf("InvalidTrueFalse", "true", "false"))).
		with("version", oneOf("InvalidOutlineVersion", "RSS", "RSS1", "RSS2", "scriptingNews"))
	e.kids = everywhere()
	e.kids["outline"] = e
	return e.onOpen(openOutline)
}

func openOutline(c *checker, n *node) {
	has := func(name string) bool { _, given := n.attr(name); return given }
	kind, typed := n.attr("type")
	switch kind = strings.ToLower(kind); {
	case kind == "rss":
		if !has("xmlUrl") {
			c.report(n, "MissingXmlURL", n.path())
		}
		if !has("title") {
			c.report(n, "MissingTitleAttr", n.path())
		}
	case kind == "link":
		if !has("url") {
			c.report(n, "MissingUrlAttr", n.path())
		}
	case typed && strings.HasPrefix(c.version, "1."):
		c.at(spot{n, "type"}, "InvalidOutlineType", kind)
	case !typed && slices.ContainsFunc([]string{"htmlUrl", "language", "version", "xmlUrl"}, has):
		c.report(n, "MissingOutlineType", n.path())
	}
}
