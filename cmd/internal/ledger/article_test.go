package ledger_test

import (
	"path"
	"reflect"
	"slices"
	"testing"

	"herald/cmd/internal/ledger"
	"herald/source"
)

func TestArticleIsReadAsItWasWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		a := &ledger.Article{
			Source: "posts", Key: odd, GUID: odd, URL: odd, Path: "/가 나/", ContentDigest: digestOf("w\x00\xff"), DigestVersion: 3, Digest: digestOf("d"), Published: -5,
			DatedBy: source.DatedByFileName, FirstSeen: 2, Updated: 3, FirstSight: true, FeedPublished: 4, FeedUpdated: 5, Expires: 6,
			Flags: ledger.Draft | ledger.Zoneless, InFeed: true, InSitemap: true, Due: 7, LeftAt: 8, Shard: "2026-11-2",
			Shown: ledger.Shown{
				Title: "「속보」 <3", Summary: "요\u2028약", Language: "ko", Canonical: "https://b.example/", Image: "https://b.example/i.jpg", Place: "articles/가.md:3",
				Authors: []source.Author{{Name: "편집국"}}, Categories: []string{"뉴스", ""}, Tags: []string{"눈"},
				Enclosures: []source.Enclosure{{URL: "https://b.example/a.mp3"}}, Alternates: []source.Alternate{{Language: "en", URL: "https://b.example/en"}},
			},
			ToldURL: ledger.Told{URL: odd, Digest: digestOf("u")}, ToldTopic: ledger.Told{URL: "https://b.example/", Digest: digestOf("t")}, RemovedAt: 9,
		}
		put(t, l, a)
		want := *a
		got := get(t, l, func(tx *ledger.Tx) (*ledger.Article, error) { return tx.Article(a.ID) })
		if !reflect.DeepEqual(*got, want) {
			t.Errorf("got  %+v\nwant %+v", *got, want)
		}
		a.InFeed, a.Flags, a.Shown, a.GUID = false, 0, ledger.Shown{}, "새 이름"
		put(t, l, a)
		if got := get(t, l, func(tx *ledger.Tx) (*ledger.Article, error) { return tx.ByGUID("새 이름") }); !reflect.DeepEqual(got, a) {
			t.Errorf("updated: %+v", got)
		}
		if got := get(t, l, func(tx *ledger.Tx) (*ledger.Article, error) { return tx.Article(a.ID + 1) }); got != nil {
			t.Errorf("a row out of nothing: %+v", got)
		}
	})
}

// I3: no two articles hold one id for ever, removed ones included.
func TestI3AnIDIsHeldOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		first, second := row("a.md", 1000), row("b.md", 2000)
		first.RemovedAt = 5
		put(t, l, first)
		second.GUID = first.GUID
		if err := l.Write(t.Context(), func(tx *ledger.Tx) error { return tx.Put(second) }); err == nil {
			t.Error("an id was given twice")
		}
		taken := get(t, l, func(tx *ledger.Tx) (bool, error) { return tx.GUIDTaken(first.GUID) })
		free := get(t, l, func(tx *ledger.Tx) (bool, error) { return tx.GUIDTaken("x") })
		if !taken || free {
			t.Errorf("taken %v, %v", taken, free)
		}
	})
}

// I11: no two articles have one feed time.
func TestI11AFeedTimeIsGivenOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		put(t, l, row("a.md", 1000))
		none := row("never.md", 0)
		put(t, l, none, row("b.md", 2000))
		again := row("c.md", 2000)
		again.FeedUpdated = 3000
		if err := l.Write(t.Context(), func(tx *ledger.Tx) error { return tx.Put(again) }); err == nil {
			t.Error("a feed time was given twice")
		}
	})
}

func TestFindingARow(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		gone, earlier, living := row("a.md", 1000), row("a.md", 2000), row("a.md", 3000)
		gone.GUID, earlier.GUID = "1", "2"
		gone.RemovedAt, earlier.RemovedAt = 20, 10
		put(t, l, gone, earlier)
		byURL := func(tx *ledger.Tx) (*ledger.Article, error) { return tx.ByURL(living.URL) }
		if got := get(t, l, byURL); got.ID != gone.ID {
			t.Errorf("got %+v, want the one removed last, %+v", got, gone)
		}
		put(t, l, living)
		if got := get(t, l, byURL); got.ID != living.ID {
			t.Errorf("got %+v, want the living one, %+v", got, living)
		}
		for name, want := range map[string]int{"a.md": 3, "1": 1, living.URL: 3, "nothing": 0} {
			found := get(t, l, func(tx *ledger.Tx) ([]*ledger.Article, error) { return tx.Find(name, 10) })
			if len(found) != want || want == 3 && found[0].ID != living.ID {
				t.Errorf("%s: %d found, want %d", name, len(found), want)
			}
		}
		if n := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.RemovedCount("posts") }); n != 2 {
			t.Errorf("%d removed", n)
		}
		if n := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.Living("posts") }); n != 1 {
			t.Errorf("%d living", n)
		}
	})
}

func TestWhatDocumentsAsk(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		if known := get(t, l, (*ledger.Tx).Known); known {
			t.Error("an empty ledger knows something")
		}
		feedOnly, other, draft := row("feed.md", 3000), row("other.md", 2000), row("draft.md", 0)
		feedOnly.InSitemap, other.Shard, draft.InFeed, draft.InSitemap = false, "2026-10", false, false
		draft.FeedUpdated, draft.LeftAt = 0, 50
		put(t, l, row("b.md", 1000), feedOnly, other, draft, row("a.md", 4000))
		newest := func(limit int) []string {
			return keys(t, l, func(tx *ledger.Tx, f func(*ledger.Article) error) error { return tx.NewestOf(ledger.Where{}, limit, f) })
		}
		listed := func(shard string) []string {
			var out []string
			write(t, l, func(tx *ledger.Tx) error {
				return tx.Listed(shard, func(x ledger.Listing) error {
					out = append(out, path.Base(x.URL))
					return nil
				})
			})
			return out
		}
		for _, c := range []struct {
			what      string
			got, want []string
		}{
			{"newest", newest(3), []string{"a.md", "feed.md", "other.md"}},
			{"shard", listed("2026-11"), []string{"b.md", "a.md"}},
			{"all shards", listed(""), []string{"b.md", "other.md", "a.md"}},
			{"all rows", keys(t, l, (*ledger.Tx).All), []string{"b.md", "feed.md", "other.md", "draft.md", "a.md"}},
			{"of the source", keys(t, l, func(tx *ledger.Tx, f func(*ledger.Article) error) error { return tx.OfSource("posts", f) }),
				[]string{"a.md", "b.md", "draft.md", "feed.md", "other.md"}},
		} {
			if !slices.Equal(c.got, c.want) {
				t.Errorf("%s: %q, want %q", c.what, c.got, c.want)
			}
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.PutShard(ledger.Shard{Name: "2026-11", URLs: 2}) })
		if n := get(t, l, (*ledger.Tx).PublicCount); n != 3 { // two by the shard's sum, one beside the sitemap
			t.Errorf("%d public", n)
		}
		if left := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.LeftSinceOf(ledger.Where{}, 0) }); left != 50 {
			t.Errorf("left %d", left)
		}
		some := get(t, l, (*ledger.Tx).ListsSome)
		if known := get(t, l, (*ledger.Tx).Known); !known || !some {
			t.Errorf("got known %v, lists some %v, want both", known, some)
		}
	})
}

func TestAllMayWriteWhatItIsGiven(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		var rows []*ledger.Article
		for i := range 1201 {
			rows = append(rows, row(string(rune('가'+i)), int64(i+1)*1000))
		}
		put(t, l, rows...)
		n := 0
		write(t, l, func(tx *ledger.Tx) error {
			return tx.All(func(a *ledger.Article) error { n++; a.Path = "/neu/"; return tx.Put(a) })
		})
		last := get(t, l, func(tx *ledger.Tx) (*ledger.Article, error) { return tx.Article(1201) })
		if n != 1201 || last.Path != "/neu/" {
			t.Errorf("%d rows, the last %+v", n, last)
		}
	})
}

func TestDueByTheClock(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		if next := get(t, l, (*ledger.Tx).NextDue); next != 0 {
			t.Errorf("next %d of nothing", next)
		}
		soon, later, zoneless := row("soon.md", 0), row("later.md", 0), row("zoneless.md", 0)
		soon.Due, later.Due, zoneless.Due = 100, 300, 200
		zoneless.Flags, zoneless.Published = ledger.Zoneless|ledger.NoFeed, 200
		put(t, l, later, soon, zoneless, row("now.md", 1000))
		due := func(now int64) []string {
			return keys(t, l, func(tx *ledger.Tx, f func(*ledger.Article) error) error { return tx.Due(now, f) })
		}
		if a, b := due(99), due(200); len(a) != 0 || !slices.Equal(b, []string{"soon.md", "zoneless.md"}) {
			t.Errorf("due %q, %q", a, b)
		}
		if next := get(t, l, (*ledger.Tx).NextDue); next != 100 {
			t.Errorf("next %d", next)
		}
		ahead := keys(t, l, func(tx *ledger.Tx, f func(*ledger.Article) error) error { return tx.Ahead(50, 250, f) })
		if !slices.Equal(ahead, []string{"zoneless.md"}) {
			t.Errorf("ahead %q", ahead)
		}
	})
}
