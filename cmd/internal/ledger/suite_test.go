package ledger_test

import (
	"path/filepath"
	"testing"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// odd are bytes that a key, an id or a URL may hold: no text, and no order but their own.
const odd = "\xff\x00 가/나.md"

// onBoth runs a test on both databases: there is one SQL text.
func onBoth(t *testing.T, test func(*testing.T, *ledger.Ledger)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, openFile(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, openPostgres(t)) })
}

func openFile(t *testing.T) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), "새벽 신문?.db"))
	must(t, err)
	t.Cleanup(func() { l.Close() })
	return l
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// write is a transaction that must succeed.
func write(t *testing.T, l *ledger.Ledger, f func(*ledger.Tx) error) {
	t.Helper()
	must(t, l.Write(t.Context(), f))
}

// read is a reading that must succeed.
func read(t *testing.T, l *ledger.Ledger, f func(*ledger.Tx) error) {
	t.Helper()
	must(t, l.Read(t.Context(), f))
}

// get returns what one question to the ledger answers.
func get[V any](t *testing.T, l *ledger.Ledger, ask func(*ledger.Tx) (V, error)) (v V) {
	t.Helper()
	read(t, l, func(tx *ledger.Tx) (err error) {
		v, err = ask(tx)
		return err
	})
	return v
}

func digestOf(s string) (d source.Digest) {
	copy(d[:], s)
	return d
}

// row is a public article of the source posts with a seen entry of its own.
func row(key string, feedTime int64) *ledger.Article {
	return &ledger.Article{
		Source: "posts", Key: key, GUID: "tag:" + key, URL: "https://news.example.org/" + key + "/", Path: "/" + key + "/",
		ContentDigest: digestOf("words " + key), Digest: digestOf("digest " + key), Published: feedTime, DatedBy: source.DatedByFirstSeen,
		FirstSeen: feedTime, Updated: feedTime, FeedPublished: feedTime, FeedUpdated: feedTime, InFeed: true, InSitemap: true, Shard: "2026-11",
		Shown: ledger.Shown{Title: "제목 " + key, Summary: "요약"},
	}
}

// put writes rows and their seen entries.
func put(t *testing.T, l *ledger.Ledger, rows ...*ledger.Article) {
	t.Helper()
	write(t, l, func(tx *ledger.Tx) error {
		for _, a := range rows {
			if err := tx.Put(a); err != nil {
				return err
			}
			if a.RemovedAt != 0 {
				continue
			}
			if err := tx.PutSeen(a.Source, ledger.Seen{Key: a.Key, Fingerprint: "1", Article: a.ID}); err != nil {
				return err
			}
		}
		return nil
	})
}

// keys collects the keys of the rows that a reading gives.
func keys(t *testing.T, l *ledger.Ledger, ask func(*ledger.Tx, func(*ledger.Article) error) error) []string {
	t.Helper()
	return get(t, l, func(tx *ledger.Tx) (out []string, err error) {
		err = ask(tx, func(a *ledger.Article) error { out = append(out, a.Key); return nil })
		return out, err
	})
}
