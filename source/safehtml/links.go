package safehtml

import (
	"iter"

	"herald/source/weburl"
)

// Links returns the addresses of the links and media in an HTML fragment, as written.
func Links(fragment string) iter.Seq[string] {
	return func(yield func(string) bool) {
		z := bodyTokens(fragment)
		var attrs []attribute
		for {
			switch z.next() {
			case tokenEnd:
				return
			case tokenStart:
				attrs = z.keptAttrs(z.data, attrs[:0])
				for _, a := range attrs {
					if (a.name == "href" || a.name == "src") && !yield(weburl.Trim(a.value)) {
						return
					}
				}
			}
		}
	}
}
