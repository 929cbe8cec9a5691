package ledger

import "herald/cmd/internal/ledger/terms"

// What articles are selected by.
type (
	// TermKind is what articles can be selected by, see terms.Kind.
	TermKind = terms.Kind

	// Terms are values by their kind, see terms.Terms.
	Terms = terms.Terms

	// Where picks articles by what they have and have not, see terms.Where.
	Where = terms.Where
)

// The kinds of terms.
const (
	ByCategory = terms.Category
	ByTag      = terms.Tag
	ByAuthor   = terms.Author
	ByLanguage = terms.Language
	BySource   = terms.Source
)

// Value is a value that articles in the feeds have or had, and that they can be selected by.
type Value struct {
	Kind    TermKind
	Value   string
	Slug    string // what stands for it in paths, for ever; "": none was given yet
	Changed int64  // the number of the last change of an article that has it or had it
}
