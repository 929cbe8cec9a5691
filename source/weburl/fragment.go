package weburl

import (
	"strings"

	"herald/source/text"
)

// FragmentID returns the id of the element that the fragment of a reference names, decoded and in NFC; "" where it has
// none, or one with a "%" that is no code, which could not be written as a fragment again.
func FragmentID(ref string) string {
	_, fragment, _ := strings.Cut(Trim(ref), "#")
	id := text.CleanString(decode(fragment))
	if strings.Contains(id, "%") {
		return ""
	}
	return id
}

// FragmentTo returns the reference to the element with an id on the same page.
func FragmentTo(id string) string { return "#" + encode(id, inQuery) }
