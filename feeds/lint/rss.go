package lint

import (
	"slices"
	"strconv"
	"strings"

	"herald/source/value"
)

// RSS 0.91, 0.92 and 2.0 (rssboard.org/rss-specification, and the RSS Advisory Board's profile).

var formName = value.Lazy(`^[a-zA-Z][a-zA-Z0-9:._]*`)

func rss() *element {
	return group(map[string]*element{
		"channel":            rssChannel().one(),
		"access:restriction": (&element{}).must("relationship", oneOf("InvalidAccessRestrictionRel", "allow", "deny")).one(),
	}).must("version").onOpen(func(c *checker, n *node) {
		c.format, c.version = formatRSS, "2.0"
		version, given := n.attr("version")
		switch {
		case !given:
			return
		case c.scan.Old() && version != "0.91":
			c.at(spot{n, "version"}, "InvalidDoctype", version)
		case !slices.Contains([]string{"0.91", "0.92", "2.0"}, version):
			c.at(spot{n, "version"}, "InvalidRSSVersion", version)
		}
		c.version = version
	}).onClose(func(c *checker, n *node) { c.require(n, "MissingElement", "channel") })
}

// channelParts are the elements of a channel in all versions of RSS.
func channelParts() map[string]*element {
	return merged(feedExtensions(), itunesShow(), map[string]*element{
		"title":                   text(plain, nonBlank).one(),
		"link":                    text(link20()).one(),
		"description":             text(plain).one(),
		"image":                   rssImage().one(),
		"textInput":               textInput().one(),
		"blink":                   text().one().onOpen(func(c *checker, n *node) { c.report(n, "NoBlink", n.path()) }),
		"dc:creator":              text(),
		"dc:subject":              text(),
		"dc:date":                 text(w3cdtf).one(),
		"cc:license":              eaten(),
		"creativeCommons:license": text(fullURI()),
		"atom:author":             person3(),
		"atom:contributor":        person3(),
		"atom:category":           atomCategory(),
		"atom:generator":          atomGenerator().one(),
		"atom:id":                 text(uri(value.FullURI, "InvalidFullLink")).one(),
		"atom:icon":               text(nonBlank, uri(value.URI, "InvalidLink")).one(),
		"atom:link":               atomLink(),
		"atom:logo":               text(nonBlank, uri(value.URI, "InvalidLink")).one(),
		"atom:title":              construct().one(),
		"atom:subtitle":           construct().one(),
		"atom:rights":             construct().one(),
		"atom:updated":            text(rfc3339).one(),
	})
}

func channelTwins(e *element) *element {
	return e.twinned("managingEditor", "dc:creator", "category", "dc:subject", "pubDate", "dc:date", "cc:license", "creativeCommons:license",
		"generator", "admin:generatorAgent", "webMaster", "dc:publisher", "language", "dc:language", "copyright", "dc:rights", "lastBuildDate", "dcterms:modified")
}

func rssChannel() *element {
	e := group(merged(channelParts(), map[string]*element{
		"item":           rssItem(),
		"category":       text(plain).may("domain"),
		"cloud":          cloud().one(),
		"rating":         text(),
		"ttl":            text(integer("InvalidInteger", 1), nonBlank).one(),
		"docs":           text(link20()).one(),
		"generator":      text().one(),
		"pubDate":        text(rfc822).one(),
		"managingEditor": text(person).one(),
		"webMaster":      text(person).one(),
		"language":       text(language).one(),
		"copyright":      text(plain).one(),
		"lastBuildDate":  text(rfc822).one(),
		"skipHours":      skipHours().one(),
		"skipDays":       skipDays().one(),
	}))
	e.kids["textInput"].open = func(c *checker, n *node) { c.report(n, "AvoidTextInput", n.path()) }
	e.seen = func(c *checker, n, child *node) {
		if child.name != "item" && n.has("item") && (unprefixed(child.name) || child.name == "atom:link") {
			c.once(child, "MisplacedItem", child.path()+" comes after an item")
		}
	}
	return channelTwins(e).with("indexing:index", oneOf("InvalidYesNo", "yes", "no")).onClose(closeChannel)
}

func closeChannel(c *checker, n *node) {
	c.requireChannel(n)
	if c.version == "2.0" && !n.linked("self") {
		c.report(n, "MissingSelf", "<channel> has no <atom:link rel=\"self\">")
	}
	c.history(n)
	c.show(n)
	c.order(n)
	if c.channel["docs"] == "http://www.rssboard.org/rss-specification" {
		c.found.Drop("UseOfExtensionAttr")
	}
}

func (c *checker) requireChannel(n *node) {
	c.require(n, "MissingDescription", "description")
	c.require(n, "MissingLink", "link")
	c.require(n, "MissingTitle", "title")
}

func rssImage() *element {
	return group(merged(everywhere(), map[string]*element{
		"title":       text(nonBlank, plain, likeTitle).one(),
		"link":        text(link20(), likeLink).one(),
		"url":         text(link20(), webImage).one(),
		"width":       text(integerBetween("InvalidWidth", 1, 144)).one(),
		"height":      text(integerBetween("InvalidHeight", 1, 400)).one(),
		"description": text(plain).one(),
		"dc:creator":  text(),
		"dc:subject":  text(),
		"dc:date":     text(w3cdtf).one(),
		"cc:license":  eaten(),
	})).may("rdf:resource rdf:about rdf:parseType").onClose(func(c *checker, n *node) {
		if _, elsewhere := n.attr("rdf:resource"); elsewhere {
			return
		}
		c.require(n, "MissingTitle", "title")
		c.require(n, "MissingElement", "url")
		if _, rss11 := n.attr("rdf:parseType"); !rss11 {
			c.require(n, "MissingLink", "link")
		}
	})
}

func integerBetween(code string, least, most int) check {
	return func(c *checker, at spot, s string) {
		if n, err := strconv.Atoi(s); err != nil || n < least || n > most {
			c.at(at, code, s)
		}
	}
}

// likeTitle and likeLink ask that an image bears the title and the link of its channel.
func likeTitle(c *checker, at spot, s string) { c.likeChannel(at, "title", "ImageTitleDoesntMatch", s) }
func likeLink(c *checker, at spot, s string)  { c.likeChannel(at, "link", "ImageLinkDoesntMatch", s) }

func (c *checker) likeChannel(at spot, name, code, s string) {
	if own := c.channel[name]; own != "" && own != s && at.n.parent.parent != nil && at.n.parent.parent.local == "channel" {
		c.at(at, code, s)
	}
}

func webImage(c *checker, at spot, s string) {
	if kind := extension(s); kind != "" && !slices.Contains([]string{"jpg", "jpeg", "gif", "png"}, kind) {
		c.at(at, "ImageUrlFormat", s)
	}
}

func textInput() *element {
	return group(merged(everywhere(), map[string]*element{
		"title":       text(plain).one(),
		"description": text().one(),
		"name":        text(form("InvalidFormComponentName", formName)).one(),
		"link":        text(link20()).one(),
		"dc:creator":  text(), "dc:subject": text(), "dc:date": text(w3cdtf).one(),
	})).may("rdf:about").onClose(func(c *checker, n *node) {
		c.require(n, "MissingTitle", "title")
		c.require(n, "MissingLink", "link")
		c.require(n, "MissingDescription", "description")
		c.require(n, "MissingElement", "name")
	})
}

func cloud() *element {
	return (&element{}).must("domain").must("path").must("registerProcedure").must("protocol").
		must("port", integer("InvalidIntegerAttribute", 1))
}

func skipHours() *element {
	hour := text(func(c *checker, at spot, s string) {
		h, err := strconv.Atoi(s)
		switch {
		case s == "24":
			c.at(at, "UseZeroForMidnight", s)
			h = 0
		case err != nil || h < 0 || h > 23:
			c.at(at, "InvalidHour", s)
			return
		}
		c.unique(at, "hour", "DuplicateValue", strconv.Itoa(h))
	})
	return group(map[string]*element{"hour": hour}).onClose(func(c *checker, n *node) {
		c.require(n, "MissingElement", "hour")
		if n.kids["hour"] > 24 {
			c.report(n, "NotEnoughHoursInTheDay", n.path())
		}
	})
}

func skipDays() *element {
	day := text(oneOf("InvalidDay", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), distinct("day", "DuplicateValue"))
	return group(map[string]*element{"day": day}).onClose(func(c *checker, n *node) {
		c.require(n, "MissingElement", "day")
		if n.kids["day"] > 7 {
			c.report(n, "EightDaysAWeek", n.path())
		}
	})
}

// itemParts are the elements of an item in all versions of RSS.
func itemParts() map[string]*element {
	return merged(itemExtensions(), itunesEpisode(), map[string]*element{
		"title":                   text(plain, nonBlank).one(),
		"link":                    text(link20()).one(),
		"description":             text(itemText).one(),
		"content:encoded":         text(safeHTML).one().onOpen(openEncoded),
		"content:items":           eaten().one(),
		"xhtml:body":              bodyEater().onOpen(openBody),
		"atom:id":                 text(fullURI(), distinct("atom:id", "DuplicateValue")).one(),
		"atom:link":               atomLink(),
		"atom:title":              construct().one(),
		"atom:summary":            construct().one(),
		"atom:author":             person3().one(),
		"atom:contributor":        person3(),
		"atom:content":            content(),
		"atom:published":          text(rfc3339).one(),
		"atom:updated":            text(rfc3339).one(),
		"dc:creator":              text(),
		"dc:subject":              text(),
		"dc:date":                 text(w3cdtf),
		"cc:license":              eaten(),
		"creativeCommons:license": text(fullURI()),
	})
}

// itemText is a description: HTML since RSS 0.92.
func itemText(c *checker, at spot, s string) {
	if c.version == "0.91" && c.format == formatRSS {
		plain(c, at, s)
		return
	}
	safeHTML(c, at, s)
}

func openEncoded(c *checker, n *node) {
	if c.format == formatRSS && !n.parent.has("description") {
		c.report(n, "NeedDescriptionBeforeContent", n.path())
	}
}

func openBody(c *checker, n *node) {
	if c.format == formatRSS {
		c.report(n, "DuplicateDescriptionSemantics", n.path())
	}
}

func rssItem() *element {
	e := group(merged(itemParts(), map[string]*element{
		"comments":  text(link20()).one(),
		"enclosure": enclosure().oneAs("DuplicateEnclosure"),
		"pubDate":   text(rfc822, itemDate).one(),
		"author":    text(person).one(),
		"category":  text(plain, nonBlank).may("domain"),
		"guid":      text(guid, distinct("guid", "DuplicateValue")).with("isPermaLink", oneOf("InvalidBooleanAttribute", "true", "false")).one(),
		"source":    text(plain).must("url", fullURI()).one(),
	}))
	return e.twinned("guid", "atom:id", "pubDate", "atom:published", "author", "dc:creator", "category", "dc:subject", "pubDate", "dc:date",
		"cc:license", "creativeCommons:license", "source", "dc:source").onClose(closeItem)
}

func closeItem(c *checker, n *node) {
	if !n.has("title") && !n.has("description") {
		c.report(n, "ItemMustContainTitleOrDescription", "<item> has neither")
	}
	if !n.has("guid") && strings.HasPrefix(c.version, "2.") {
		c.report(n, "MissingGuid", "<item> has no <guid>")
	}
	if n.has("slash:comments") && !n.parent.has("lastBuildDate") {
		c.report(n, "SlashDate", "<slash:comments> without the channel's <lastBuildDate>")
	}
}

// enclosure is the file of an item.
func enclosure() *element {
	return (&element{}).must("url", httpURL).must("type", mime("InvalidMIMEAttribute")).must("length", func(c *checker, at spot, s string) {
		switch n, err := strconv.ParseInt(s, 10, 64); {
		case err != nil:
			c.at(at, "InvalidIntegerAttribute", s)
		case n < 0:
			c.at(at, "InvalidNonNegativeInteger", s)
		}
	}).onOpen(func(c *checker, n *node) {
		url, _ := n.attr("url")
		c.enclosed(n, url)
	})
}

// guid is the id of an item: a URL unless it says that it is none.
func guid(c *checker, at spot, s string) {
	permalink, given := at.n.attr("isPermaLink")
	lower := strings.ToLower(s)
	switch {
	case !given || permalink == "true":
		code := value.FullURI(s, "InvalidHttpGUID")
		if code == "" && (strings.HasPrefix(lower, "tag:") || strings.HasPrefix(lower, "urn:uuid:")) {
			code = "InvalidPermalink"
		}
		c.at(at, code, s)
	case s == "":
		c.at(at, "NotBlank", s)
	case len(s) < 9 && strings.Trim(s, "0123456789") == "":
		c.at(at, "NotSufficientlyUnique", s)
	}
}

// itemDate notes when an item was published, for its order.
func itemDate(c *checker, _ spot, s string) {
	if t := value.Time(s); !t.IsZero() {
		c.dates = append(c.dates, t)
	}
}

// order reports dates that stand twice: some readers show one of the items only.
func (c *checker) order(n *node) {
	seen := map[int64]int{}
	twice := 0
	for _, t := range c.dates {
		if seen[t.Unix()]++; seen[t.Unix()] == 2 {
			twice++
		}
	}
	if twice > 0 {
		c.report(n, "DuplicateDates", strconv.Itoa(twice)+" moments of publication stand at more than one item")
	}
}
