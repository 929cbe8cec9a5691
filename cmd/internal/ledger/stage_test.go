package ledger_test

import (
	"reflect"
	"slices"
	"testing"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// stage stages entries in the order given.
func stage(t *testing.T, l *ledger.Ledger, entries ...*ledger.Staged) {
	t.Helper()
	write(t, l, func(tx *ledger.Tx) error {
		for _, s := range entries {
			if err := tx.Stage("posts", s); err != nil {
				return err
			}
		}
		return nil
	})
}

// fresh is a new entry at a URL.
func fresh(key, url string) *ledger.Staged {
	return &ledger.Staged{Key: key, Kind: ledger.New, URL: url, ContentDigest: digestOf(key), Fingerprint: "1"}
}

// staged returns the selected staged entries.
func staged(t *testing.T, l *ledger.Ledger, which ledger.Selection) []*ledger.Staged {
	t.Helper()
	return get(t, l, func(tx *ledger.Tx) (out []*ledger.Staged, err error) {
		err = tx.Staged("posts", which, func(s *ledger.Staged) error { out = append(out, s); return nil })
		return out, err
	})
}

func keysOf(entries []*ledger.Staged) []string {
	var out []string
	for _, s := range entries {
		out = append(out, s.Key)
	}
	return out
}

func TestStagedIsReadAsItWasWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		s := &ledger.Staged{
			Key: odd, Kind: ledger.New, Fingerprint: "지문", Article: 3, ContentDigest: digestOf("w"), DigestVersion: 3, Claim: odd, Path: "/가/", URL: odd, Link: `{"a":1}`,
			Published: 1, DatedBy: source.DatedByFrontMatter, FirstSeen: 2, Updated: 3, Expires: 4, Flags: ledger.NoFeed, Minor: true,
			Shown: ledger.Shown{Title: "제목"}, Reason: "a.md:1: 까닭", Place: "articles/a.md",
		}
		stage(t, l, s)
		got := staged(t, l, ledger.StagedNew)
		if len(got) != 1 {
			t.Fatalf("%d staged", len(got))
		}
		s.ID = got[0].ID
		if !reflect.DeepEqual(got[0], s) {
			t.Errorf("got  %+v\nwant %+v", got[0], s)
		}
		s.Kind, s.Article, s.Path, s.URL, s.Published, s.DatedBy = ledger.Refused, 4, "/나/", "u", 9, source.DatedByFirstSeen
		s.FirstSeen, s.Reason, s.Fingerprint, s.Flags, s.Claim = 8, "다른 까닭", "", 0, ""
		write(t, l, func(tx *ledger.Tx) error { return tx.Restage(s) })
		if got := get(t, l, func(tx *ledger.Tx) (*ledger.Staged, error) { return tx.StagedByID(s.ID) }); !reflect.DeepEqual(got, s) {
			t.Errorf("restaged: %+v", got)
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.ClearStage("posts") })
		if some := get(t, l, func(tx *ledger.Tx) (bool, error) { return tx.HasStaged("posts") }); some {
			t.Error("something is left")
		}
	})
}

func TestStageIsReadInOrderAndPages(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		var all []*ledger.Staged
		for i := range 1100 {
			all = append(all, fresh(string(rune('가'+i)), ""))
		}
		stage(t, l, all...)
		want := keysOf(all)
		if got := keysOf(staged(t, l, ledger.StagedNew)); !slices.Equal(got, want) {
			t.Errorf("up: %d keys", len(got))
		}
		for _, order := range []ledger.Order{ledger.ByKeyDesc, ledger.ByKey} {
			slices.Reverse(want)
			var got []string
			write(t, l, func(tx *ledger.Tx) error {
				return tx.StagedPages("posts", order, ledger.StagedPresent, func(s *ledger.Staged) error {
					got = append(got, s.Key)
					s.Kind = ledger.Changed
					return tx.Restage(s)
				})
			})
			if !slices.Equal(got, want) {
				t.Errorf("pages by %d: %d keys", order, len(got))
			}
		}
		if other := get(t, l, func(tx *ledger.Tx) (bool, error) { return tx.HasStaged("other") }); other {
			t.Error("another source has a stage")
		}
	})
}

func TestSelections(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		entry := func(key string, kind ledger.Kind, change func(*ledger.Staged)) *ledger.Staged {
			s := &ledger.Staged{Key: key, Kind: kind, Published: 1}
			if change != nil {
				change(s)
			}
			return s
		}
		undated, row := func(s *ledger.Staged) { s.Published = 0 }, func(s *ledger.Staged) { s.Article = 1 }
		stage(t, l,
			entry("a new", ledger.New, nil), entry("b matched", ledger.New, row), entry("c undated", ledger.New, undated),
			entry("d draft", ledger.New, func(s *ledger.Staged) { s.Flags, s.Published = ledger.Draft|ledger.NoFeed, 0 }),
			entry("e linked", ledger.Changed, func(s *ledger.Staged) { s.Article, s.Link = 2, "{}" }),
			entry("f changed", ledger.Changed, func(s *ledger.Staged) { s.Article, s.Published = 3, 0 }),
			entry("g missing", ledger.Missing, func(s *ledger.Staged) { s.Article = 4 }), entry("h refused before", ledger.Missing, nil),
			entry("i moved", ledger.Moved, nil), entry("j same", ledger.Same, nil), entry("k ignored", ledger.Ignored, undated),
			entry("l refused", ledger.Refused, nil))
		for which, want := range map[ledger.Selection]string{
			ledger.StagedAbsent: "ghi", ledger.StagedPresent: "abcdefjkl", ledger.StagedChanges: "abcdefg", ledger.StagedMissing: "g",
			ledger.StagedNew: "abcd", ledger.StagedUnmatched: "acd", ledger.StagedCandidates: "ac", ledger.StagedUndated: "cf", ledger.StagedUnplaced: "e",
		} {
			got := ""
			for _, s := range staged(t, l, which) {
				got += s.Key[:1]
			}
			if got != want {
				t.Errorf("selection %d: got %q, want %q", which, got, want)
			}
			paged := ""
			read(t, l, func(tx *ledger.Tx) error {
				return tx.StagedPages("posts", ledger.ByKey, which, func(s *ledger.Staged) error { paged += s.Key[:1]; return nil })
			})
			if paged != want {
				t.Errorf("selection %d in pages: got %q, want %q", which, paged, want)
			}
		}
	})
}

func TestConflictsOfAStage(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		holder, mover := row("holder.md", 1000), row("mover.md", 2000)
		put(t, l, holder, mover)
		later, earlier := fresh("a.md", "https://x/same/"), fresh("b.md", "https://x/same/")
		earlier.Kind, earlier.Article = ledger.Changed, mover.ID // known before
		taker := fresh("c.md", holder.URL)
		own := fresh("holder.md", holder.URL)
		own.Kind, own.Article = ledger.Changed, holder.ID
		claimer, second, foreign := fresh("d.md", "1"), fresh("e.md", "2"), fresh("f.md", "3")
		claimer.Claim, second.Claim, foreign.Claim = odd, odd, holder.GUID
		stage(t, l, later, earlier, taker, own, claimer, second, foreign, fresh("none.md", ""), fresh("none2.md", ""))
		ids := map[string]int64{}
		for _, s := range staged(t, l, ledger.StagedPresent) {
			ids[s.Key] = s.ID
		}
		twice := get(t, l, func(tx *ledger.Tx) ([]int64, error) { return tx.URLsTwice("posts") })
		if want := []int64{ids["holder.md"], ids["c.md"], ids["b.md"], ids["a.md"]}; !slices.Equal(twice, want) {
			t.Errorf("URLs twice: %v, want %v", twice, want)
		}
		claims := get(t, l, func(tx *ledger.Tx) ([]int64, error) { return tx.ClaimsTwice("posts") })
		if want := []int64{ids["d.md"], ids["e.md"]}; !slices.Equal(claims, want) {
			t.Errorf("claims twice: %v, want %v", claims, want)
		}
		taken := get(t, l, func(tx *ledger.Tx) ([]ledger.Pair, error) { return tx.URLsTaken("posts") })
		if want := []ledger.Pair{{Stage: ids["c.md"], Article: holder.ID}}; !slices.Equal(taken, want) {
			t.Errorf("URLs taken: %v, want %v", taken, want)
		}
		rows := get(t, l, func(tx *ledger.Tx) ([]ledger.Pair, error) { return tx.ClaimedRows("posts") })
		if want := []ledger.Pair{{Stage: ids["f.md"], Article: holder.ID}}; !slices.Equal(rows, want) {
			t.Errorf("claimed rows: %v, want %v", rows, want)
		}
	})
}

func TestWhatANewEntryMayBe(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		removed, missing, elsewhere, living := row("back.md", 1000), row("missing.md", 2000), row("old.md", 3000), row("living.md", 4000)
		removed.RemovedAt, elsewhere.Source = 5, "gone"
		put(t, l, removed, missing, elsewhere, living)
		absent := &ledger.Staged{Key: "missing.md", Kind: ledger.Missing, Article: missing.ID}
		stage(t, l, fresh("back.md", "x"), absent, fresh("n1.md", missing.URL), fresh("n2.md", elsewhere.URL), fresh("n3.md", living.URL), fresh("n4.md", removed.URL))
		ids := map[string]int64{}
		for _, s := range staged(t, l, ledger.StagedPresent) {
			ids[s.Key] = s.ID
		}
		byKey := get(t, l, func(tx *ledger.Tx) ([]ledger.Pair, error) { return tx.RemovedByKey("posts") })
		if want := []ledger.Pair{{Stage: ids["back.md"], Article: removed.ID}}; !slices.Equal(byKey, want) {
			t.Errorf("by key: %v, want %v", byKey, want)
		}
		byURL := get(t, l, func(tx *ledger.Tx) ([]ledger.Pair, error) { return tx.VacantByURL("posts", []string{"posts", "other"}) })
		want := []ledger.Pair{{Stage: ids["n1.md"], Article: missing.ID}, {Stage: ids["n2.md"], Article: elsewhere.ID}, {Stage: ids["n4.md"], Article: removed.ID}}
		if !slices.Equal(byURL, want) {
			t.Errorf("by URL: %v, want %v", byURL, want)
		}
		left := get(t, l, func(tx *ledger.Tx) ([]ledger.Pair, error) { return tx.LeftByURL("posts", []string{"posts", "other"}) })
		if want := want[1:2]; !slices.Equal(left, want) {
			t.Errorf("of sources that left: %v, want %v", left, want)
		}
		var was, again bool
		write(t, l, func(tx *ledger.Tx) (err error) {
			if was, err = tx.DropMissing(missing.ID); err != nil {
				return err
			}
			if again, err = tx.DropMissing(missing.ID); err != nil {
				return err
			}
			joined, err := tx.StagedByID(ids["n1.md"])
			if err != nil {
				return err
			}
			joined.Article, joined.Kind = missing.ID, ledger.Changed
			return tx.Restage(joined)
		})
		if !was || again {
			t.Errorf("missing dropped: %v, then %v", was, again)
		}
		if s := get(t, l, func(tx *ledger.Tx) (*ledger.Staged, error) { return tx.StagedByArticle(missing.ID) }); s == nil || s.Key != "n1.md" {
			t.Errorf("staged of the row: %+v", s)
		}
		if s := get(t, l, func(tx *ledger.Tx) (*ledger.Staged, error) { return tx.StagedByArticle(living.ID) }); s != nil {
			t.Errorf("staged of another row: %+v", s)
		}
	})
}

func TestStagedCounts(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		changed := fresh("changed", "x")
		changed.Kind = ledger.Changed
		same := fresh("same", "z")
		same.Kind = ledger.Same
		missing := &ledger.Staged{Key: "missing", Kind: ledger.Missing, Article: 7}
		refused := &ledger.Staged{Key: "was refused, and is gone", Kind: ledger.Missing}
		stage(t, l, changed, missing, fresh("new", "y"), fresh("new, too", "w"), same, refused)
		got := get(t, l, func(tx *ledger.Tx) (ledger.StagedCounts, error) { return tx.StagedCounts("posts") })
		if want := (ledger.StagedCounts{New: 2, Changed: 1, Missing: 1}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		if got := get(t, l, func(tx *ledger.Tx) (ledger.StagedCounts, error) { return tx.StagedCounts("others") }); got != (ledger.StagedCounts{}) {
			t.Errorf("of a source without a stage: %+v", got)
		}
	})
}
