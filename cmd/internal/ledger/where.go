package ledger

import (
	"fmt"
	"slices"

	"herald/cmd/internal/ledger/terms"
)

// In reports whether a Where picks an article by its terms.
func (a *Article) In(w Where) bool { return w.Picks(a.Values) }

// pick makes the query for what a Where picks. The clause that fewest articles match leads.
func (t *Tx) pick(w Where, gone bool, since int64) (*terms.Query, error) {
	kept, err := t.keptKinds()
	if err != nil {
		return nil, err
	}
	for _, kind := range w.Kinds() {
		if !slices.Contains(kept, kind) {
			return nil, fmt.Errorf("state: no terms of the kind %s are kept", kind)
		}
	}
	q := terms.NewQuery(gone, since)
	lead, err := t.rarest(w, gone)
	if lead < 0 {
		q.All(w, OffFeeds.in("t.flags"))
	} else {
		q.Led(w, lead)
	}
	return q, err
}

// rarest returns which clause of a Where the fewest articles match, -1 where it only excludes. What a thousand match is
// not rare.
func (t *Tx) rarest(w Where, gone bool) (rarest int, err error) {
	clauses := w.Clauses()
	if len(clauses) < 2 {
		return len(clauses) - 1, nil
	}
	fewest := int64(0)
	for i, c := range clauses {
		query, args := terms.Counted(c, gone, 1000)
		n, err := t.count(query, args...)
		if err != nil {
			return 0, err
		}
		if i == 0 || n < fewest {
			rarest, fewest = i, n
		}
	}
	return rarest, nil
}
