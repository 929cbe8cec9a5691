package safehtml

import (
	"iter"

	"herald/source/weburl"
)

// Links returns the hrefs of the links of an HTML fragment, as written.
func Links(fragment string) iter.Seq[string] {
	return func(yield func(string) bool) {
		z := bodyTokens(fragment)
		var attrs []attribute
		for {
			switch z.next() {
			case tokenEnd:
				return
			case tokenStart:
				if z.data != "a" {
					continue
				}
				attrs = z.keptAttrs("a", attrs[:0])
				for _, a := range attrs {
					if a.name == "href" && !yield(weburl.Trim(a.value)) {
						return
					}
				}
			}
		}
	}
}
