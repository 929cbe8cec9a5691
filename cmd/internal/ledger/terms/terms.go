// Package terms holds what articles are selected by: the kinds of values, filters over them, and the text of the query that
// finds what a filter picks in the ledger's table term.
package terms

import "slices"

// Kind is what articles can be selected by.
type Kind string

// The kinds of terms.
const (
	Category Kind = "category"
	Tag      Kind = "tag"
	Author   Kind = "author"   // the name
	Language Kind = "language" // "" is the site's own: the article names none
	Source   Kind = "source"
)

// Kinds returns all kinds, in the order in which they are taken.
func Kinds() []Kind { return []Kind{Category, Tag, Author, Language, Source} }

// Terms are values by their kind.
type Terms map[Kind][]string

// Where picks articles: of each kind that Terms names they have one of its values, and likewise of each that Also names, and
// they have none of the values of Not. Values are compared byte for byte. The zero Where picks every article.
//
// An article that names no language has the language "": a Where for the site's own language names both.
type Where struct{ Terms, Also, Not Terms }

// Clause is one thing that a Where asks: one of the values of a kind.
type Clause struct {
	Kind   Kind
	Values []string
}

// Clauses returns all that a Where asks for, those of Also first.
func (w Where) Clauses() (all []Clause) {
	for _, terms := range []Terms{w.Also, w.Terms} {
		all = append(all, terms.clauses()...)
	}
	return all
}

func (t Terms) clauses() (all []Clause) {
	if len(t) == 0 {
		return nil
	}
	for _, kind := range Kinds() {
		if values := t[kind]; len(values) > 0 {
			all = append(all, Clause{kind, values})
		}
	}
	return all
}

// Kinds returns the kinds that a Where asks for.
func (w Where) Kinds() []Kind {
	var out []Kind
	for _, c := range append(w.Clauses(), w.Not.clauses()...) {
		if !slices.Contains(out, c.Kind) {
			out = append(out, c.Kind)
		}
	}
	return out
}

// Picks reports whether a Where picks what has the values that are returned for each kind.
func (w Where) Picks(values func(Kind) []string) bool {
	one := func(c Clause) bool {
		return slices.ContainsFunc(values(c.Kind), func(v string) bool { return slices.Contains(c.Values, v) })
	}
	return !slices.ContainsFunc(w.Clauses(), func(c Clause) bool { return !one(c) }) && !slices.ContainsFunc(w.Not.clauses(), one)
}
