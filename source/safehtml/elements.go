package safehtml

import ()

func isHeading(name string) bool {
	return len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6'
}

// writtenName returns the name that an element is written with.
func writtenName(name string) string {
	switch name {
	case "listing", "plaintext", "xmp":
		return "pre"
	case "dir", "menu":
		return "ul"
	}
	if kindOf(name) == tagDivision {
		return "div"
	}
	return name
}

// isLazyAttr knows the attributes that hold the true address of an image that scripts load.
func isLazyAttr(name string) bool {
	switch name {
	case "data-src", "data-original", "data-lazy-src", "data-lazy", "data-actualsrc", "data-original-src",
		"data-srcset", "data-lazy-srcset", "data-original-set":
		return true
	}
	return false
}

// tagKind is what the sanitiser does with an element.
type tagKind byte

const (
	tagUnknown  tagKind = iota // unwrapped: tags dropped, text kept
	tagInline                  // kept
	tagVoid                    // kept, inline, has no end
	tagBlock                   // kept; white space around it means nothing
	tagDivision                // a block element that becomes <div>
	tagTable                   // table structure: a block that stands in a <table> only
	tagEmbed                   // <iframe>, <embed>: becomes a link
	tagRaw                     // dropped with its raw text
	tagBreak                   // dropped, but it separates text
)

// kindOf returns the kind of every element that herald treats in its own way (HTML Living Standard, section 4).
// The name is in lower case.
func kindOf(name string) tagKind {
	switch name {
	case "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q",
		"rp", "rt", "ruby", "s", "samp", "small", "strike", "strong", "sub", "sup", "time", "u", "var",
		"audio", "picture", "video", "noscript":
		return tagInline
	case "img", "source", "wbr":
		return tagVoid
	case "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "figcaption",
		"figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol",
		"p", "pre", "section", "summary", "table", "ul":
		return tagBlock
	case "address", "center", "dialog", "dir", "fieldset", "form", "hgroup", "listing", "menu", "plaintext",
		"search", "xmp":
		return tagDivision
	case "caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr":
		return tagTable
	case "iframe", "embed":
		return tagEmbed
	case "script", "style", "title", "noembed", "noframes":
		return tagRaw
	case "html", "head", "body", "legend", "optgroup", "option":
		return tagBreak
	}
	return tagUnknown
}

// isHTMLTag reports whether the name is an element of HTML at all, so that "<b>" in a title is
// markup and "<속보>" is text.
func isHTMLTag(name string) bool {
	if kindOf(name) != tagUnknown {
		return true
	}
	switch name {
	case "acronym", "area", "base", "basefont", "big", "button", "canvas", "data", "datalist", "font", "frame",
		"frameset", "input", "label", "link", "map", "marquee", "math", "meta", "meter", "nobr", "object",
		"output", "param", "progress", "select", "slot", "span", "svg", "template", "textarea", "track", "tt":
		return true
	}
	return false
}

// isBlock reports whether an element begins and ends a run of text.
func isBlock(name string) bool {
	switch kindOf(name) {
	case tagBlock, tagDivision, tagTable, tagBreak:
		return true
	}
	return false
}

// isVoid reports whether an element has no end tag.
func isVoid(name string) bool {
	switch name {
	case "br", "col", "hr", "img", "source", "wbr":
		return true
	}
	return false
}

// keepsAttr reports whether an attribute survives: nothing that runs, styles or names.
func keepsAttr(tag, attr string) bool {
	switch attr {
	case "title", "lang", "dir":
		return true
	case "href":
		return tag == "a"
	case "src", "srcset", "sizes", "width", "height", "alt", "poster", "type", "media":
		return keepsMediaAttr(tag, attr)
	case "cite":
		return tag == "blockquote" || tag == "q" || tag == "del" || tag == "ins"
	case "datetime":
		return tag == "time" || tag == "del" || tag == "ins"
	case "colspan", "rowspan", "align":
		return tag == "td" || tag == "th"
	case "span":
		return tag == "col" || tag == "colgroup"
	case "start", "reversed":
		return tag == "ol"
	case "value":
		return tag == "li"
	}
	return false
}

func keepsMediaAttr(tag, attr string) bool {
	switch tag {
	case "img":
		return attr != "poster" && attr != "type" && attr != "media"
	case "source":
		return attr != "alt" && attr != "poster"
	case "video":
		return attr == "src" || attr == "poster" || attr == "width" || attr == "height"
	case "audio", "iframe", "embed":
		return attr == "src"
	case "ol":
		return attr == "type"
	}
	return false
}
