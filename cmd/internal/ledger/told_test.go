package ledger_test

import (
	"slices"
	"testing"

	"herald/cmd/internal/ledger"
)

// What the world knows stays what it is, whatever becomes of the row.
func TestToldOutlivesAChangeOfTheRow(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		a := row("a.md", 1000)
		own := ledger.Told{URL: a.URL, Digest: a.Digest}
		for _, c := range []struct{ url, topic ledger.Told }{
			{},
			{own, own},
			{own, ledger.Told{}},
			{ledger.Told{URL: a.URL, Digest: digestOf("before")}, ledger.Told{URL: "https://news.example.org/옛", Digest: a.Digest}},
			{ledger.Told{URL: "=", Digest: digestOf("")}, ledger.Told{Digest: a.Digest}},
		} {
			a.ToldURL, a.ToldTopic = c.url, c.topic
			for _, url := range []string{own.URL, "https://news.example.org/새", own.URL} {
				a.URL = url
				put(t, l, a)
				a = get(t, l, func(tx *ledger.Tx) (*ledger.Article, error) { return tx.Article(a.ID) })
				if a.ToldURL != c.url || a.ToldTopic != c.topic {
					t.Errorf("at %s: %+v, want %+v", url, *a, c)
				}
			}
		}
		a.URL, a.ToldURL = "https://news.example.org/새", own
		put(t, l, a)
		found := get(t, l, func(tx *ledger.Tx) ([]*ledger.Article, error) { return tx.Find(own.URL, 9) })
		if !slices.ContainsFunc(found, func(x *ledger.Article) bool { return x.ID == a.ID }) {
			t.Errorf("the URL that was told finds %v", found)
		}
	})
}
