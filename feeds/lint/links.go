package lint

import (
	"net/url"
	"slices"
	"strings"

	"herald/source/finding"
	"herald/source/value"
)

// relations are the registered link relations that stand in feeds (IANA, link-relations).
var relations = strings.Fields("alternate archives author bookmark canonical copyright current describedby describes edit edit-media enclosure first glossary " +
	"help hosts hub icon index item last latest-version license lrdd memento monitor next next-archive original payment predecessor-version prev prev-archive " +
	"previous privacy-policy related replies search section self service start stylesheet subsection successor-version tag terms-of-service up via")

// historical are the relations of RFC 5005, which a feed has and an entry has not.
var historical = strings.Fields("current first last next next-archive prev-archive previous")

// atomLink is Atom's link, in all formats.
func atomLink() *element {
	e := &element{holds: someText, open: openLink, close: closeLink, child: func(*checker, *node, *node) *element { return eaten() }}
	return e.may("type title rel href length hreflang rdf:type rdf:resource thr:count thr:when thr:updated")
}

func openLink(c *checker, n *node) {
	l := link{rel: "alternate"}
	if rel, given := n.attr("rel"); given {
		l.rel = strings.TrimPrefix(rel, "http://www.iana.org/assignments/relation/")
		c.relation(n, l.rel)
	}
	l.kind, _ = n.attr("type")
	c.linkType(n, l)
	l.language, _ = n.attr("hreflang")
	if _, given := n.attr("hreflang"); given {
		language(c, spot{n, "hreflang"}, l.language)
	}
	if title, given := n.attr("title"); given {
		if title == "" {
			c.at(spot{n, "title"}, "AttrNotBlank", title)
		}
		plain(c, spot{n, "title"}, title)
	}
	if length, given := n.attr("length"); given {
		notNegative()(c, spot{n, "length"}, length)
		nonBlank(c, spot{n, "length"}, length)
	}
	var given bool
	if l.href, given = n.attr("href"); given {
		c.href(n, l)
	} else {
		c.report(n, "MissingHref", n.path())
	}
	c.threadAttributes(n, l)
	n.parent.links = append(n.parent.links, l)
}

func (c *checker) relation(n *node, rel string) {
	switch {
	case rel == "":
		c.at(spot{n, "rel"}, "AttrNotBlank", rel)
		fallthrough
	case !slices.Contains(relations, rel) && value.FullIRI(rel, "no") != "":
		c.at(spot{n, "rel"}, "UnregisteredAtomLinkRel", rel)
	}
	if slices.Contains(historical, rel) && n.parent.local == "entry" {
		c.at(spot{n, "rel"}, "FeedHistoryRelInEntry", rel)
	}
}

func (c *checker) linkType(n *node, l link) {
	if _, given := n.attr("type"); !given {
		return
	}
	code := value.MIME(l.kind, "InvalidMIMEType")
	bare, _, _ := strings.Cut(l.kind, ";")
	if code == "" && l.rel == "self" && !slices.Contains([]string{"application/atom+xml", "application/rss+xml", "application/rdf+xml"}, bare) {
		code = "SelfNotAtom"
	}
	c.at(spot{n, "type"}, code, l.kind)
}

func (c *checker) href(n *node, l link) {
	at := spot{n, "href"}
	if code := value.IRI(l.href, "InvalidIRI"); code != "" {
		c.at(at, code, l.href)
		return
	}
	c.sameDocument(n, l)
	if l.rel != "self" || n.parent.local != "feed" && n.parent.local != "channel" {
		return
	}
	target := value.Resolve(n.base, l.href)
	if u, err := url.Parse(target); err != nil || u.Host == "" || n.base == c.url && !value.IsAbsolute(l.href) {
		c.at(at, "RelativeSelf", l.href)
		return
	}
	if c.url != "" && !value.SamePlace(target, c.url) {
		c.report(n, "SelfDoesntMatchLocation", "the feed lies at "+finding.Quote(c.url)+" and says "+finding.Quote(target))
	}
}

// sameDocument reports a link that means the document through xml:base, and another one without.
func (c *checker) sameDocument(n *node, l link) {
	if c.url == "" || n.base == c.url {
		return
	}
	document, element, target := value.Bare(c.url), value.Bare(n.base), value.Bare(value.Resolve(n.base, l.href))
	if target == element && element != document {
		c.at(spot{n, "href"}, "SameDocumentReference", l.href)
	}
}

// threadAttributes are those of RFC 4685.
func (c *checker) threadAttributes(n *node, l link) {
	if s, given := n.attr("thr:count"); given {
		if l.rel != "replies" {
			c.report(n, "UnexpectedAttribute", n.path()+" thr:count")
		}
		notNegative()(c, spot{n, "thr:count"}, s)
	}
	if s, given := n.attr("thr:updated"); given {
		if l.rel != "replies" {
			c.report(n, "UnexpectedAttribute", n.path()+" thr:updated")
		}
		rfc3339(c, spot{n, "thr:updated"}, s)
	}
	if _, given := n.attr("thr:when"); given {
		c.report(n, "NoThrWhen", n.path())
	}
}

func closeLink(c *checker, n *node) {
	if strings.TrimSpace(string(n.text)) != "" {
		c.report(n, "AtomLinkNotEmpty", n.path())
	}
}

// alternates reports two alternate links of one type and language.
func (c *checker) alternates(n *node) {
	type key struct{ kind, language string }
	seen := map[key]bool{}
	for _, l := range n.links {
		if l.rel != "alternate" {
			continue
		}
		if k := (key{l.kind, l.language}); seen[k] {
			c.report(n, "DuplicateAtomLink", n.path()+" type "+finding.Quote(l.kind)+" hreflang "+finding.Quote(l.language))
		} else {
			seen[k] = true
		}
	}
}

func (n *node) linked(rel string) bool {
	return slices.ContainsFunc(n.links, func(l link) bool { return l.rel == rel })
}

// history holds the links of a feed against RFC 5005.
func (c *checker) history(n *node) {
	complete, archive := n.has("fh:complete"), n.has("fh:archive")
	isSelf := func(href string) bool {
		for _, l := range n.links {
			if l.rel == "self" && value.SamePlace(value.Resolve(n.base, l.href), value.Resolve(n.base, href)) {
				return true
			}
		}
		return c.url != "" && value.SamePlace(value.Resolve(n.base, href), c.url)
	}
	for _, l := range n.links {
		switch {
		case complete && l.rel == "current":
			if !isSelf(l.href) {
				c.report(n, "CurrentNotSelfInCompleteFeed", n.path())
			}
		case complete && slices.Contains(historical, l.rel):
			c.report(n, "FeedRelInCompleteFeed", n.path()+" "+l.rel)
		case l.rel == "first" && isSelf(l.href) && n.linked("previous"), l.rel == "last" && isSelf(l.href) && n.linked("next"):
			c.report(n, "LinkPastEnd", n.path()+" "+l.rel)
		}
	}
	if archive && !complete && !n.linked("current") {
		c.report(n, "MissingCurrentInArchive", n.path())
	}
}
