package safehtml

import "golang.org/x/net/html"

// Tokens shows what the tokenizer makes of a text; of two attributes with one name the first.
func Tokens(text string) string {
	z := tokenizer{text: text, hasCR: true}
	s := ""
	for {
		switch z.next() {
		case tokenEnd:
			return s
		case tokenText:
			s += z.decoded()
		case tokenStart:
			s += "\n<" + z.data
			seen := map[string]bool{}
			for _, a := range z.attrs {
				if key := lowerASCII(a.key); !seen[key] {
					seen[key] = true
					s += " [" + key + "]=[" + a.value() + "]"
				}
			}
			s += ">\n"
		case tokenClose:
			s += "\n</" + z.data + ">\n"
		}
	}
}

// Kind returns what the table of elements says of a name.
func Kind(name string) string {
	return map[tagKind]string{tagUnknown: "unknown", tagRaw: "raw", tagBreak: "break", tagEmbed: "embed"}[kindOf(name)]
}

// WrittenName returns the name that an element is written with.
func WrittenName(name string) string { return writtenName(name) }

// SafeAttrs returns what the policy makes of the attributes of a tag.
func SafeAttrs(tag string, attrs []html.Attribute) (safe []html.Attribute) {
	var z tokenizer
	for _, a := range attrs {
		z.attrs = append(z.attrs, rawAttr{key: a.Key, val: html.EscapeString(a.Val), quote: '"'})
	}
	var s sanitizer
	s.readAttrs(&z, tag)
	if tag == "img" {
		s.srcFromSrcset()
	}
	for _, a := range s.attrs {
		safe = append(safe, html.Attribute{Key: a.name, Val: a.value})
	}
	return safe
}
