package guard

import (
	"testing"

	"herald/cmd/internal/ledger"
)

// A share compares as whole numbers do: exactly it is not over it, whatever binary fractions make of it.
func TestLimitsCompareExactly(t *testing.T) {
	for _, c := range []struct {
		name    string
		l       Limit
		n, base int64
		want    bool
	}{
		{"exactly a fifth", Limit{Share: 200_000}, 3, 15, false},
		{"one more", Limit{Share: 200_000}, 4, 15, true},
		{"a tenth of 70", Limit{Share: 100_000}, 7, 70, false},
		{"29% of 100", Limit{Share: 290_000}, 29, 100, false},
		{"57% of 100", Limit{Share: 570_000}, 57, 100, false},
		{"an eighth of 1000", Limit{Share: 125_000}, 125, 1000, false},
		{"an eighth of 999", Limit{Share: 125_000}, 125, 999, true},
		{"a ten thousandth of a million", Limit{Share: 100}, 100, 1_000_000, false},
		{"and one", Limit{Share: 100}, 101, 1_000_000, true},
		{"no share at all", Limit{}, 1, 1_000_000, true},
		{"nothing of nothing", Limit{}, 0, 0, false},
		{"the whole turns it off", Limit{Share: Whole}, 11, 10, false},
		{"a number", Limit{Number: 5, Plain: true}, 5, 3, false},
		{"more than a number", Limit{Number: 5, Plain: true}, 6, 3, true},
		{"the number none", Limit{Plain: true, Share: Whole}, 1, 100, true},
	} {
		if got := c.l.over(c.n, c.base); got != c.want {
			t.Errorf("%s: %d of %d is over %+v: %v", c.name, c.n, c.base, c.l, got)
		}
	}
}

// One saved file of many is not weighed one by one while the sums say that it cannot matter, and is where they do not.
func TestSumsAnswerForMostScans(t *testing.T) {
	l := &Limits{Removed: Limit{Share: 200_000}, Changed: Limit{Share: 500_000}, Added: Limit{Share: 500_000}}
	one := ledger.StagedCounts{Changed: 1}
	for _, c := range []struct {
		name    string
		staged  ledger.StagedCounts
		past    ledger.PastSum
		readers int64
		want    bool
	}{
		{"one edit", one, ledger.PastSum{}, 100_000, false},
		{"a third was edited", one, ledger.PastSum{Changed: 33_000}, 100_000, false},
		{"half was edited", one, ledger.PastSum{Changed: 50_000}, 100_000, true},
		{"a fifth was removed", one, ledger.PastSum{Removed: 20_000}, 80_000, true},
		{"some left and came back, some were edited", one, ledger.PastSum{Removed: 15_000, Entered: 15_000, Changed: 40_000}, 100_000, true},
		{"half were not there", one, ledger.PastSum{Added: 30_000, Entered: 30_000}, 100_000, false},
		{"too many were not there", one, ledger.PastSum{Added: 40_000, Entered: 40_000}, 100_000, true},
		{"few articles", one, ledger.PastSum{}, 3, true},
		{"the last one leaves", ledger.StagedCounts{Missing: 1}, ledger.PastSum{}, 1, true},
		{"nothing leaves where there is nothing", ledger.StagedCounts{New: 1}, ledger.PastSum{}, 0, false},
		{"51 new ones", ledger.StagedCounts{New: 51}, ledger.PastSum{}, 20, true},
	} {
		if got := l.asks(c.staged, c.past, c.readers); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
