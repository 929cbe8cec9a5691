package source

import "golang.org/x/net/html/atom"

// tagName gives the name of a tag; those of HTML cost no allocation.
func tagName(b []byte) string {
	if len(b) > 12 {
		return ""
	}
	return atom.String(b)
}

// attrName gives the name of an attribute that may survive; other names are "".
func attrName(b []byte) string {
	switch string(b) {
	case "href", "src", "alt", "title", "lang", "dir", "srcset", "sizes", "width", "height", "poster", "type",
		"media", "cite", "datetime", "colspan", "rowspan", "align", "span", "start", "reversed", "value":
		return atom.String(b)
	}
	return ""
}
