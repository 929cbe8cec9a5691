package lint

import (
	"strings"

	"herald/source/value"
)

// Media RSS (search.yahoo.com/mrss).

var (
	playTime = value.Lazy(`^(?:now|\d+(?:\.\d+)?|\d+:\d\d:\d\d(?:\.\d+)?)$`)
	hashText = value.Lazy(`^[0-9A-Za-z]+$`)
	icra     = value.Lazy(`^r \((?:[nsvlocx]z [01]|(?:n[a-c]|s[a-f]|v[a-j]|l[a-c]|o[a-h]|c[a-b]|x[a-e]) 1)(?: (?:[nsvlocx]z [01]|(?:n[a-c]|s[a-f]|v[a-j]|l[a-c]|o[a-h]|c[a-b]|x[a-e]) 1))*\)$`)
	roleWord = value.Lazy(`^[a-z/ -]*$`)
	country  = value.Lazy(`^[A-Z]{2}$`)
)

// media are the elements of an item, a channel and a file.
func media() map[string]*element {
	return merged(mediaParts(), map[string]*element{
		"media:content": mediaContent(),
		"media:group": group(merged(mediaParts(), map[string]*element{"media:content": mediaContent()})).onClose(func(c *checker, n *node) {
			if n.kids["media:content"] < 2 {
				c.report(n, "MediaGroupWithoutAlternatives", n.path())
			}
		}),
	})
}

func mediaParts() map[string]*element {
	return map[string]*element{
		"media:adult": text(lower(oneOf("InvalidTrueFalse", "true", "false"))).one().onOpen(func(c *checker, n *node) {
			c.report(n, "DeprecatedMediaAdult", n.path())
		}),
		"media:category":    text(plain).with("label", plain).with("scheme", fullURI()),
		"media:copyright":   text(plain).with("url", fullURI()).one(),
		"media:credit":      text().may("role scheme").onOpen(openCredit),
		"media:description": mediaText().one(),
		"media:title":       mediaText().one(),
		"media:keywords":    text(),
		"media:hash":        text(mediaHash).with("algo", oneOf("InvalidMediaHash", "md5", "sha-1")),
		"media:player":      group(nil).must("url", fullURI()).with("height", positive()).with("width", positive()),
		"media:rating":      text(mediaRating).may("scheme"),
		"media:restriction": text(mediaRestriction).must("relationship", oneOf("InvalidMediaRestrictionRel", "allow", "deny")).may("type"),
		"media:text": mediaText().with("start", form("InvalidNPTTime", playTime)).with("end", form("InvalidNPTTime", playTime)).
			with("lang", language),
		"media:thumbnail": text().must("url", fullURI()).with("height", positive()).with("width", positive()).with("time", form("InvalidNPTTime", playTime)),
		"media:community": eaten(), "media:comments": eaten(), "media:embed": eaten(), "media:responses": eaten(), "media:backLinks": eaten(),
		"media:status": eaten(), "media:price": eaten(), "media:license": eaten(), "media:subTitle": eaten(), "media:peerLink": eaten(),
		"media:location": eaten(), "media:rights": eaten(), "media:scenes": eaten(),
	}
}

// mediaText is a text, or HTML if it says so.
func mediaText() *element {
	return text(func(c *checker, at spot, s string) {
		if kind, _ := at.n.attr("type"); kind == "html" {
			safeHTML(c, at, s)
			return
		}
		plainText(c, at, s, "ContainsUndeclaredHTML")
	}).with("type", oneOf("InvalidMediaTextType", "plain", "html"))
}

func mediaContent() *element {
	float := func(c *checker, at spot, s string) { c.at(at, value.Float(s), s) }
	return group(merged(mediaParts(), everywhere())).
		with("url", fullURI()).with("fileSize", positive()).with("type", mime("InvalidMIMEAttribute")).
		with("medium", oneOf("InvalidMediaMedium", "image", "audio", "video", "document", "executable")).
		with("isDefault", lower(oneOf("InvalidTrueFalse", "true", "false"))).
		with("expression", oneOf("InvalidMediaExpression", "sample", "full", "nonstop")).
		with("bitrate", float).with("framerate", float).with("samplingrate", float).with("duration", float).
		with("channels", notNegative()).with("height", positive()).with("width", positive()).with("lang", language)
}

// openCredit asks that a role of the European Broadcasting Union, the default scheme, is written in lower case.
func openCredit(c *checker, n *node) {
	role, _ := n.attr("role")
	scheme, given := n.attr("scheme")
	if role != strings.ToLower(role) || (!given || scheme == "urn:ebu") && !roleWord().MatchString(role) {
		c.at(spot{n, "role"}, "InvalidCreditRole", role)
	}
	if given && scheme != "urn:ebu" {
		fullURI()(c, spot{n, "scheme"}, scheme)
	}
}

func mediaHash(c *checker, at spot, s string) {
	length := 32
	if algorithm, _ := at.n.attr("algo"); algorithm == "sha-1" {
		length = 40
	}
	if len(s) != length || !hashText().MatchString(s) {
		c.at(at, "InvalidMediaHash", s)
	}
}

func mediaRating(c *checker, at spot, s string) {
	scheme, given := at.n.attr("scheme")
	words := map[string]string{
		"urn:simple": "adult nonadult",
		"urn:mpaa":   "g m nc-17 pg pg-13 r x",
		"urn:v-chip": "14+ 18+ c c8 g pg tv-14 tv-g tv-ma tv-pg tv-y tv-y7 tv-y7-fv",
	}
	if !given {
		scheme = "urn:simple"
	}
	switch list, known := words[scheme]; {
	case known:
		oneOf("InvalidMediaRating", strings.Fields(list)...)(c, at, s)
	case scheme == "urn:icra":
		form("InvalidMediaRating", icra)(c, at, s)
	default:
		fullURI()(c, spot{at.n, "scheme"}, scheme)
	}
}

func mediaRestriction(c *checker, at spot, s string) {
	switch kind, given := at.n.attr("type"); {
	case !given && s != "":
		oneOf("InvalidMediaRestriction", "all", "none")(c, at, s)
	case kind == "country":
		for word := range strings.FieldsSeq(strings.ToUpper(s)) {
			form("InvalidCountryCode", country)(c, at, word)
		}
	case kind == "uri":
		fullURI()(c, at, s)
	case given && kind != "sharing":
		c.at(spot{at.n, "type"}, "InvalidMediaRestrictionType", kind)
	}
}
