package ledger_test

import (
	"errors"
	"slices"
	"testing"

	"herald/cmd/internal/ledger"
)

func pastOf(src string, at, article int64, url string) *ledger.Past {
	return &ledger.Past{Source: src, At: at, Article: article, Shown: true, Expires: 5, ContentDigest: digestOf(url), DigestVersion: 2, URL: url}
}

func pasts(t *testing.T, l *ledger.Ledger, src string) (urls []string) {
	t.Helper()
	read(t, l, func(tx *ledger.Tx) error {
		return tx.Pasts(src, func(p *ledger.Past) error { urls = append(urls, p.URL); return nil })
	})
	return urls
}

// Of one moment the first that is kept stays: what the article was before all that happened then.
func TestPastsStandInTheirOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		write(t, l, func(tx *ledger.Tx) error {
			return errors.Join(tx.PutPast(pastOf("posts", 200, 1, "second")), tx.PutPast(pastOf("posts", 200, 1, "too late")),
				tx.PutPast(pastOf("posts", 100, 9, odd)), tx.PutPast(pastOf("local", 100, 2, "elsewhere")))
		})
		if got := pasts(t, l, "posts"); !slices.Equal(got, []string{odd, "second"}) {
			t.Errorf("%q", got)
		}
		read(t, l, func(tx *ledger.Tx) error {
			return tx.Pasts("local", func(p *ledger.Past) error {
				if *p != *pastOf("local", 100, 2, "elsewhere") {
					t.Errorf("%+v", p)
				}
				return nil
			})
		})
	})
}

func TestPastsAreForgotten(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		write(t, l, func(tx *ledger.Tx) error {
			for i, at := range []int64{100, 101, 199, 200} {
				if err := tx.PutPast(pastOf("posts", at, int64(i), string(rune('a'+i)))); err != nil {
					return err
				}
			}
			return errors.Join(tx.PutPast(pastOf("local", 50, 1, "elsewhere")), tx.KeepPasts("posts", 100, 200))
		})
		if got := pasts(t, l, "posts"); !slices.Equal(got, []string{"b", "c"}) {
			t.Errorf("kept %q", got)
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.KeepPasts("posts", 1000, 1000) })
		if got := append(pasts(t, l, "posts"), pasts(t, l, "local")...); !slices.Equal(got, []string{"elsewhere"}) {
			t.Errorf("left %q", got)
		}
	})
}

func TestPastsAreSummedUp(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		write(t, l, func(tx *ledger.Tx) error {
			return errors.Join(tx.AddPast("posts", 100, ledger.PastSum{Removed: 9}), tx.AddPast("posts", 200, ledger.PastSum{Removed: 1, Changed: 2, Added: 3, Entered: 4}),
				tx.AddPast("posts", 200, ledger.PastSum{Removed: 10, Changed: 20, Added: 30, Entered: 40}), tx.AddPast("posts", 300, ledger.PastSum{Changed: 100}),
				tx.AddPast("posts", 400, ledger.PastSum{Entered: 9}), tx.AddPast("local", 200, ledger.PastSum{Added: 7}), tx.KeepPasts("posts", 100, 400))
		})
		sum := func(src string) ledger.PastSum {
			return get(t, l, func(tx *ledger.Tx) (ledger.PastSum, error) { return tx.PastSum(src) })
		}
		if got, want := sum("posts"), (ledger.PastSum{Removed: 11, Changed: 122, Added: 33, Entered: 44}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.KeepPasts("posts", 1000, 1000) })
		if got, other := sum("posts"), sum("local"); got != (ledger.PastSum{}) || other.Added != 7 {
			t.Errorf("%+v and %+v", got, other)
		}
	})
}

func TestWhatReadersHaveIsCounted(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		write(t, l, func(tx *ledger.Tx) error {
			return errors.Join(tx.AddReaders("posts", 5), tx.AddReaders("posts", -2), tx.PutSource(ledger.Source{Name: "posts", Articles: 9}))
		})
		if s := get(t, l, func(tx *ledger.Tx) (ledger.Source, error) { return tx.Source("posts") }); s.Readers != 3 || s.Articles != 9 {
			t.Errorf("%+v", s)
		}
	})
}
