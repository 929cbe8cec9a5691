package ledger_test

import (
	"testing"

	"herald/cmd/internal/ledger"
)

func TestFeeds(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		want := ledger.Feed{Name: "정치", GUID: odd, LeftAt: 5}
		for _, f := range []ledger.Feed{{Name: "main", GUID: "x"}, {Name: "정치"}, want} {
			write(t, l, func(tx *ledger.Tx) error { return tx.PutFeed(f) })
		}
		for _, want := range []ledger.Feed{want, {Name: "main", GUID: "x"}, {Name: "nowhere"}} {
			if got := get(t, l, func(tx *ledger.Tx) (ledger.Feed, error) { return tx.Feed(want.Name) }); got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		}
	})
}
