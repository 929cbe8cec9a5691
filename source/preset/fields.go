package preset

import (
	"strings"

	"herald/source/frontmatter"
)

// member returns the text of a key of front matter in any case.
func member(fields []frontmatter.Field, key string) string {
	for _, f := range fields {
		if strings.EqualFold(f.Key, key) && f.Value.Kind == frontmatter.Scalar {
			return strings.TrimSpace(f.Value.Text)
		}
	}
	return ""
}

// field returns the value of a key in any case.
func field(fields []frontmatter.Field, key string) frontmatter.Value {
	for _, f := range fields {
		if strings.EqualFold(f.Key, key) {
			return f.Value
		}
	}
	return frontmatter.Value{}
}
