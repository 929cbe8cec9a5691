package frontmatter

import (
	"fmt"
)

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

func show(fields []Field) string {
	s := ""
	for _, f := range fields {
		s += fmt.Sprintf("%q=%s\n", f.Key, showValue(f.Value))
	}
	return s
}

func showValue(v Value) string {
	switch v.Kind {
	case Scalar:
		return fmt.Sprintf("%q at %d:%d", v.Text, v.Line, v.Column)
	case List:
		s := "["
		for _, item := range v.Items {
			item.Line, item.Column = 0, 0 // messages name the list
			s += showValue(item) + ", "
		}
		return s + "]"
	case Mapping:
		return "{" + show(v.Fields) + "}"
	}
	return "null"
}
