package safehtml

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
