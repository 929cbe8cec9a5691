package ledger_test

import (
	"errors"
	"slices"
	"testing"

	"herald/cmd/internal/ledger"
)

// The listing is merged with what was seen: both must be in the order of their bytes, whatever a
// language thinks of it.
func TestSeenInTheOrderOfBytes(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		want := []string{"", "A", "B", "_", "a", "a/b", "a0", "가", "나", "\xff", "\xff\x00"}
		write(t, l, func(tx *ledger.Tx) error {
			for i := len(want) - 1; i >= 0; i-- {
				if err := tx.PutSeen("posts", ledger.Seen{Key: want[i], Fingerprint: "f", Article: int64(i)}); err != nil {
					return err
				}
			}
			return tx.PutSeen("other", ledger.Seen{Key: "c"})
		})
		var got []string
		for s, err := range l.Seen(t.Context(), "posts") {
			must(t, err)
			got = append(got, s.Key)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		for s, err := range l.Seen(t.Context(), "posts") { // a reader who leaves early holds nothing up
			must(t, err)
			if s.Key == "B" {
				break
			}
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.DropSeen("posts", "\xff") })
	})
}

// I5: the first sight of what a held scan found is kept.
func TestI5FirstSightsOfAHeldScan(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		sighting := func(key string) int64 {
			return get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.Sighting("posts", key) })
		}
		some := func() bool {
			return get(t, l, func(tx *ledger.Tx) (bool, error) { return tx.HasSightings("posts") })
		}
		if some() {
			t.Error("sightings of nothing")
		}
		write(t, l, func(tx *ledger.Tx) error {
			if err := tx.PutSighting("posts", odd, 5); err != nil {
				return err
			}
			return tx.PutSighting("posts", odd, 9) // a later scan of the same hold
		})
		if sighting(odd) != 5 || sighting("x") != 0 || !some() {
			t.Errorf("%d, %d", sighting(odd), sighting("x"))
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.ClearSightings("posts") })
		if some() {
			t.Error("sightings are left")
		}
	})
}

func TestRefusals(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		write(t, l, func(tx *ledger.Tx) error {
			for _, r := range []struct{ src, key, reason string }{{"posts", "b.md", "처음"}, {"posts", "b.md", "다시"}, {"news", "c.md", "x"}, {"posts", "a.md", "y"}} {
				if err := tx.Refuse(r.src, r.key, r.reason, int64(len(r.reason))); err != nil {
					return err
				}
			}
			return tx.PutSeen("posts", ledger.Seen{Key: "b.md", Article: 7})
		})
		refusals := func(src string, limit int) []ledger.Refusal {
			return get(t, l, func(tx *ledger.Tx) ([]ledger.Refusal, error) { return tx.Refusals(src, limit) })
		}
		b := ledger.Refusal{Source: "posts", Key: "b.md", Reason: "다시", Since: int64(len("처음")), LastGood: true}
		c := ledger.Refusal{Source: "news", Key: "c.md", Reason: "x", Since: 1}
		a := ledger.Refusal{Source: "posts", Key: "a.md", Reason: "y", Since: 1}
		if got := refusals("", 10); !slices.Equal(got, []ledger.Refusal{c, a, b}) {
			t.Errorf("all: %+v", got)
		}
		if got := refusals("posts", 1); !slices.Equal(got, []ledger.Refusal{a}) {
			t.Errorf("one: %+v", got)
		}
		if got := get(t, l, func(tx *ledger.Tx) ([]ledger.Refusal, error) { return tx.RefusalOf("b.md") }); !slices.Equal(got, []ledger.Refusal{b}) {
			t.Errorf("of a key: %+v", got)
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.DropSeen("posts", "b.md") })
		write(t, l, func(tx *ledger.Tx) error { return tx.Accept("posts", "a.md") })
		if n := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.RefusalCount("posts") }); n != 0 {
			t.Errorf("%d left", n)
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.PutSeen("news", ledger.Seen{Key: "d.md", Article: 8}) })
		write(t, l, func(tx *ledger.Tx) error { return tx.ForgetSeen("news") })
		if n := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.Living("news") }); n != 0 || len(refusals("", 10)) != 0 {
			t.Errorf("%d living and %d refusals of a source that is forgotten", n, len(refusals("", 10)))
		}
	})
}

func TestSources(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		s := ledger.Source{Name: "정치", FirstScan: 1, LastScan: 2, LastGood: 3, LastError: "까닭", Listed: 4, Articles: 5}
		for _, s := range []ledger.Source{{Name: "posts"}, {Name: s.Name}, s} {
			write(t, l, func(tx *ledger.Tx) error { return tx.PutSource(s) })
		}
		source := func(name string) ledger.Source {
			return get(t, l, func(tx *ledger.Tx) (ledger.Source, error) { return tx.Source(name) })
		}
		if source(s.Name) != s || source("x") != (ledger.Source{Name: "x"}) {
			t.Errorf("%+v, %+v", source(s.Name), source("x"))
		}
		if names := get(t, l, (*ledger.Tx).SourceNames); !slices.Equal(names, []string{"posts", "정치"}) {
			t.Errorf("%q", names)
		}
	})
}

// A scan that was overtaken by another writes nothing more.
func TestEpochs(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		bump := func() (epoch int64) {
			write(t, l, func(tx *ledger.Tx) (err error) { epoch, err = tx.BumpEpoch("posts"); return err })
			return epoch
		}
		check := func(epoch int64) error {
			return l.Write(t.Context(), func(tx *ledger.Tx) error { return tx.CheckEpoch("posts", epoch) })
		}
		must(t, check(0))
		first := bump()
		must(t, check(first))
		write(t, l, func(tx *ledger.Tx) error { return tx.PutSource(ledger.Source{Name: "posts", Listed: 3}) })
		must(t, check(first))
		second := bump()
		for epoch, want := range map[int64]error{0: ledger.ErrFenced, first: ledger.ErrFenced, second: nil} {
			if err := check(epoch); !errors.Is(err, want) {
				t.Errorf("epoch %d of %d: got %v, want %v", epoch, second, err, want)
			}
		}
		got := get(t, l, func(tx *ledger.Tx) (ledger.Source, error) { return tx.Source("posts") })
		if want := (ledger.Source{Name: "posts", Listed: 3, Epoch: second}); got != want || second <= first {
			t.Errorf("got %+v, want %+v after epoch %d", got, want, first)
		}
	})
}
