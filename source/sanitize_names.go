package source

import "golang.org/x/net/html/atom"

// tagName gives the name of a tag; those of HTML cost no allocation.
func tagName(b []byte) string {
	if len(b) > 12 {
		return ""
	}
	return atom.String(b)
}
