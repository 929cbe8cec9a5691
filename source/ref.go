package source

import "strings"

// Ref is what a link in a body names that gives no URL: another file of the site, or an article by its name. Its URL
// is known only where all articles are.
type Ref struct {
	Kind   RefKind `json:"kind"`
	Target string  `json:"target"` // decoded, NFC, without what begins with "?" or "#"
}

// RefKind says how the target of a Ref is looked up.
type RefKind string

// The kinds of a Ref.
const (
	// RefFile is the path of a file: relative to the folder of the linking file or, with a leading slash, to the
	// folder that the source reads or one above it.
	RefFile RefKind = "file"
	// RefPage is Hugo's: a path as that of RefFile, with or without extension; without folders also the name of the one
	// file that has it.
	RefPage RefKind = "page"
	// RefPost is Jekyll's: date and name of a post ("2024-01-05-first"), which may follow folders.
	RefPost RefKind = "post"
	// RefStatic is the path below the site of a file that is no page.
	RefStatic RefKind = "static"
	// RefName is that of wikis: the name of a file or the title of an article, of the one that has it, in any case.
	RefName RefKind = "name"
)

// ByName reports whether the target may be found by its name alone, in whatever folder it is.
func (r Ref) ByName() bool {
	return r.Kind == RefPost || r.Kind == RefName || r.Kind == RefPage && !strings.Contains(r.Target, "/")
}
