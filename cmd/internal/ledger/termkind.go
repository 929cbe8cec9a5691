package ledger

// TermKind is what articles can be selected by.
type TermKind string

// The kinds of terms.
const (
	ByCategory TermKind = "category"
	ByTag      TermKind = "tag"
	ByAuthor   TermKind = "author"   // the name
	ByLanguage TermKind = "language" // "" is the site's own: the article names none
	BySource   TermKind = "source"
)

// termKinds are all kinds, in the order in which they are taken.
var termKinds = []TermKind{ByCategory, ByTag, ByAuthor, ByLanguage, BySource}
