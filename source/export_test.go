package source

import "fmt"

// SimpleYAML and FullYAML show what the two readers of YAML front matter make of a text, so that
// a test can compare them.
func SimpleYAML(text string) (string, bool) {
	fields, ok := simpleYAML(text)
	return show(fields), ok
}

// FullYAML reads with yaml.v3 alone.
func FullYAML(text string) (string, error) {
	root, err := parseYAML(text)
	if err != nil {
		return "", err
	}
	fields, err := topFields(root)
	if err == nil {
		err = checkUnique(fields)
	}
	return show(fields), err
}

// ReadSimpleYAML and ReadFullYAML read without showing, for benchmarks.
func ReadSimpleYAML(text string) bool {
	_, ok := simpleYAML(text)
	return ok
}

// ReadFullYAML reads with yaml.v3 alone.
func ReadFullYAML(text string) bool {
	root, err := parseYAML(text)
	if err != nil {
		return false
	}
	_, err = topFields(root)
	return err == nil
}

func show(fields []field) string {
	s := ""
	for _, f := range fields {
		s += fmt.Sprintf("%q=%s\n", f.key, showValue(f.value))
	}
	return s
}

func showValue(v value) string {
	switch v.kind {
	case scalar:
		return fmt.Sprintf("%q plain=%t at %d:%d", v.text, v.plain, v.line, v.column)
	case list:
		s := "["
		for _, item := range v.items {
			item.line, item.column = 0, 0 // messages name the list
			s += showValue(item) + ", "
		}
		return s + "]"
	case mapping:
		return "{" + show(v.fields) + "}"
	}
	return "null"
}

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

// IsPlain shows isPlain.
func IsPlain(s string) bool { return isPlain(s) }
