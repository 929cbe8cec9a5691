package safehtml

import (
	"strings"

	"herald/source/text"
	"herald/source/weburl"
)

// lazyURLs are the true addresses of an image that a script would have loaded later.
type lazyURLs struct{ src, srcset string }

// take remembers a lazy-loading attribute.
func (l *lazyURLs) take(name, value string) {
	value = weburl.Trim(value)
	switch {
	case strings.HasSuffix(name, "set"):
		if l.srcset == "" {
			l.srcset = value
		}
	case l.src == "" && !text.HasPrefixFold(value, "data:") && !text.HasPrefixFold(value, "javascript:"):
		l.src = value
	}
}

// apply lets the true addresses replace the placeholders.
func (l *lazyURLs) apply(attrs []attribute) []attribute {
	for _, a := range []attribute{{"src", l.src}, {"srcset", l.srcset}} {
		if a.value == "" {
			continue
		}
		found := false
		for i := range attrs {
			if attrs[i].name == a.name {
				attrs[i].value, found = a.value, true
			}
		}
		if !found {
			attrs = append(attrs, a)
		}
	}
	return attrs
}
