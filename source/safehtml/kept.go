package safehtml

import (
	"strings"

	"herald/source/text"
)

// bodyTokens returns the tokens of a body that a page shows.
func bodyTokens(text string) tokenizer {
	return tokenizer{text: text, shownOnly: true, hasCR: strings.IndexByte(text, '\r') >= 0}
}

// keptAttrs appends the attributes of the current start tag that herald looks at: those that survive
// those of lazy loaders and the id (the name of an <a>) that a link of the body names, in the order written, each name
// once, values decoded and clean.
func (z *tokenizer) keptAttrs(tag string, to []attribute) []attribute {
	lazy := tag == "img" || tag == "source" || tag == "iframe" || tag == "video"
	from := len(to)
	for _, a := range z.attrs {
		name := lowerASCII(a.key)
		if len(z.ids) > 0 && (name == "id" || name == "name" && tag == "a") {
			if id := text.CleanString(a.value()); z.ids[id] && !hasAttr(to[from:], "id") {
				to = append(to, attribute{"id", id})
			}
			continue
		}
		if !keepsAttr(tag, name) && !(lazy && isLazyAttr(name)) || hasAttr(to[from:], name) {
			continue
		}
		to = append(to, attribute{name, text.CleanString(a.value())})
	}
	return to
}
