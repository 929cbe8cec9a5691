package source

// tagName gives the name of an element that herald knows, without allocating; other names are "".
func tagName(b []byte) string {
	if len(b) > 12 {
		return ""
	}
	switch string(b) { // the compiler compares without a copy
	case "a":
		return "a"
	case "p":
		return "p"
	case "br":
		return "br"
	case "li":
		return "li"
	case "div":
		return "div"
	case "span":
		return ""
	case "strong":
		return "strong"
	}
	return string(b)
}

// attrName gives the name of an attribute that may survive; other names are "".
func attrName(b []byte) string {
	switch string(b) {
	case "href":
		return "href"
	case "src":
		return "src"
	case "alt":
		return "alt"
	case "style", "class", "id":
		return ""
	case "title", "lang", "dir", "srcset", "sizes", "width", "height", "poster", "type", "media", "cite",
		"datetime", "colspan", "rowspan", "align", "span", "start", "reversed", "value":
		return string(b)
	}
	return ""
}
