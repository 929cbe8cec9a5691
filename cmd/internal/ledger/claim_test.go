package ledger_test

import (
	"errors"
	"slices"
	"testing"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// Which entries of a scan are another article than the row's of their key.
func TestSwapped(t *testing.T) {
	words := func(s string) source.Digest { return source.Digest{s[0]} }
	row := func(id int64, guid, said string, removed int64) ledger.Article {
		return ledger.Article{ID: id, Source: "s", Key: guid, GUID: guid, URL: guid, ContentDigest: words(said), RemovedAt: removed}
	}
	entry := func(kind ledger.Kind, row int64, claim, says string) ledger.Staged {
		return ledger.Staged{Key: "k", Kind: kind, Article: row, Claim: claim, ContentDigest: words(says)}
	}
	tests := map[string]struct {
		stage          []ledger.Staged
		swapped, taken []int // places in stage
	}{
		"an id edited in its place":                {[]ledger.Staged{entry(ledger.Changed, 1, "x", "a")}, nil, nil},
		"no id any more":                           {[]ledger.Staged{entry(ledger.Changed, 1, "", "x")}, nil, nil},
		"two swapped":                              {[]ledger.Staged{entry(ledger.Changed, 1, "2", "b"), entry(ledger.Changed, 2, "1", "a")}, []int{0, 1}, []int{0, 1}},
		"moved on, another in its place":           {[]ledger.Staged{entry(ledger.New, 0, "1", "a"), entry(ledger.Changed, 1, "x", "x")}, []int{1}, nil},
		"moved on, one without id in its place":    {[]ledger.Staged{entry(ledger.New, 0, "1", "a"), entry(ledger.Changed, 1, "", "x")}, []int{1}, nil},
		"a thief, for the words are not the row's": {[]ledger.Staged{entry(ledger.New, 0, "1", "x"), entry(ledger.Changed, 1, "", "y")}, nil, nil},
		"moved over another":                       {[]ledger.Staged{entry(ledger.Changed, 1, "2", "b"), entry(ledger.Missing, 2, "", "b")}, []int{0}, []int{0}},
		"the id of one that is there":              {[]ledger.Staged{entry(ledger.Changed, 1, "2", "x")}, nil, []int{0}},
		"a removed one over another":               {[]ledger.Staged{entry(ledger.Changed, 1, "3", "c")}, []int{0}, nil},
		"a removed one's id on other words":        {[]ledger.Staged{entry(ledger.Changed, 1, "3", "x")}, nil, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, l *ledger.Ledger) {
				write(t, l, func(tx *ledger.Tx) error {
					for _, a := range []ledger.Article{row(1, "1", "a", 0), row(2, "2", "b", 0), row(3, "3", "c", 5)} {
						a.ID = 0
						if err := tx.Put(&a); err != nil {
							return err
						}
					}
					for _, s := range test.stage {
						if err := tx.Stage("s", &s); err != nil {
							return err
						}
					}
					return nil
				})
				swapped := get(t, l, func(tx *ledger.Tx) ([]ledger.Pair, error) { return tx.Swapped("s") })
				taken := get(t, l, func(tx *ledger.Tx) ([]ledger.Pair, error) { return tx.ClaimsTaken("s") })
				if got := places(swapped); !slices.Equal(got, test.swapped) {
					t.Errorf("swapped %v, want %v", got, test.swapped)
				}
				if got := places(taken); !slices.Equal(got, test.taken) {
					t.Errorf("taken %v, want %v", got, test.taken)
				}
			})
		})
	}
}

// places returns where in a stage of its own the entries stand.
func places(pairs []ledger.Pair) (out []int) {
	for _, p := range pairs {
		out = append(out, int(p.Stage)-1)
	}
	return out
}

// What waits for a date is found in a source that left by its key.
func TestLeftByKey(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		write(t, l, func(tx *ledger.Tx) error {
			for _, src := range []string{"left", "stays"} {
				a := ledger.Article{Source: src, Key: "k", GUID: src, URL: src}
				if err := errors.Join(tx.PutSource(ledger.Source{Name: src}), tx.Put(&a), tx.PutSeen(src, ledger.Seen{Key: "k", Article: a.ID})); err != nil {
					return err
				}
			}
			return errors.Join(tx.PutSource(ledger.Source{Name: "s"}),
				tx.Stage("s", &ledger.Staged{Key: "k", Kind: ledger.New, URL: "u"}), tx.Stage("s", &ledger.Staged{Key: "another", Kind: ledger.New, Link: "{}"}),
				tx.Stage("s", &ledger.Staged{Key: "k", Kind: ledger.New, Link: "{}"}))
		})
		got := get(t, l, func(tx *ledger.Tx) ([]ledger.Pair, error) { return tx.LeftByKey("s", []string{"s", "stays"}) })
		if len(got) != 1 || got[0].Stage != 3 || got[0].Article != 1 {
			t.Errorf("%+v", got)
		}
	})
}
