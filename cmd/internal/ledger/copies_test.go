package ledger_test

import (
	"slices"
	"testing"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/copies"
)

// An entry whose article another source leads is no article of its source, and leads it once it is to.
func TestCopies(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		want := copies.Copy{Source: "나", Key: "\xff", Article: 1, Place: "나/a.md", URL: "https://news.example.org/a/"}
		write(t, l, func(tx *ledger.Tx) error {
			if err := tx.Put(&ledger.Article{Source: "가", Key: "a.md", GUID: "urn:x:1", URL: want.URL}); err != nil {
				return err
			}
			for _, source := range []string{"가", "나"} {
				if err := tx.PutSeen(source, ledger.Seen{Key: "own", Fingerprint: "f", Article: 7}); err != nil {
					return err
				}
			}
			return tx.PutSeen("나", ledger.Seen{Key: want.Key, Fingerprint: "f", Article: 1, Copy: true, Place: want.Place, URL: want.URL})
		})
		standing := func() (all []copies.Copy, living, count int64, seen ledger.Seen) {
			must(t, l.Read(t.Context(), func(tx *ledger.Tx) (err error) {
				if all, err = tx.Copies().Of(1); err != nil {
					return err
				}
				if living, err = tx.Living("나"); err != nil {
					return err
				}
				if count, err = tx.Copies().Count("나"); err != nil {
					return err
				}
				seen, _, err = tx.Seen("나", want.Key)
				return err
			}))
			return all, living, count, seen
		}
		all, living, count, seen := standing()
		if !slices.Equal(all, []copies.Copy{want}) || living != 1 || count != 1 || !seen.Copy || seen.Own() != 0 {
			t.Errorf("got %+v, %d living, %d copies, %+v", all, living, count, seen)
		}
		key := get(t, l, func(tx *ledger.Tx) (string, error) { return tx.Copies().Key(1, "나") })
		found := get(t, l, func(tx *ledger.Tx) ([]*ledger.Article, error) { return tx.Find(want.URL, 5) })
		if key != want.Key || len(found) != 1 || found[0].ID != 1 {
			t.Errorf("got the key %q and %d articles at its URL", key, len(found))
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.Copies().Lead(want) })
		all, living, count, seen = standing()
		if len(all) != 0 || living != 2 || count != 0 || seen.Copy || seen.Own() != 1 || seen.Fingerprint != "" {
			t.Errorf("leading: got %+v, %d living, %d copies, %+v", all, living, count, seen)
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.Copies().Put(want) })
		if all, _, _, _ = standing(); !slices.Equal(all, []copies.Copy{want}) {
			t.Errorf("again: got %+v", all)
		}
	})
}

// Which living articles of other sources stand at the URLs of new entries.
func TestSharedURLs(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		write(t, l, func(tx *ledger.Tx) error {
			for i, a := range []ledger.Article{{Source: "가"}, {Source: "나"}, {Source: "가", RemovedAt: 5}, {Source: ledger.Recovered}} {
				a.GUID, a.URL = string(rune('a'+i)), string(rune('a'+i))
				if err := tx.Put(&a); err != nil {
					return err
				}
			}
			for _, url := range []string{"a", "b", "c", "d", ""} {
				if err := tx.Stage("나", &ledger.Staged{Key: url, Kind: ledger.New, URL: url}); err != nil {
					return err
				}
			}
			return nil
		})
		got := get(t, l, func(tx *ledger.Tx) ([]ledger.Pair, error) { return tx.SharedURLs("나") })
		if len(got) != 1 || got[0].Article != 1 {
			t.Errorf("got %v, want the article 1 alone", got)
		}
	})
}
