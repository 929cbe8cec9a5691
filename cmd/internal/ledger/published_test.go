package ledger_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"herald/cmd/internal/ledger"
	"herald/source"
)

func TestReceipts(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		r := ledger.Receipt{Path: "정치/feed.xml", Kind: "rss", MediaType: "application/rss+xml", Inputs: digestOf("i"), Body: [32]byte{1, 31: 255}, Size: 2, Changed: 3, Edition: 4, LeftAt: 5}
		write(t, l, func(tx *ledger.Tx) error {
			for _, r := range []ledger.Receipt{{Path: r.Path}, r, {Path: "b.xml"}, {Path: "a.xml"}} {
				if err := tx.PutReceipt(r); err != nil {
					return err
				}
			}
			if all, err := tx.Receipts(); err != nil || len(all) != 3 {
				t.Errorf("before a path is forgotten: got %v, %v", all, err)
			}
			err := tx.DropReceipt("b.xml")
			if all, _ := tx.Receipts(); len(all) != 2 {
				t.Errorf("after it in the same transaction: got %v", all)
			}
			return err
		})
		all := get(t, l, (*ledger.Tx).Receipts)
		if len(all) != 2 || all[0].Path != "a.xml" || all[1] != r {
			t.Errorf("%+v", all)
		}
		read(t, l, func(tx *ledger.Tx) error {
			got, found, err := tx.Receipt(r.Path)
			if !found || got != r {
				t.Errorf("%v %+v", found, got)
			}
			if _, found, _ := tx.Receipt("x"); found {
				t.Error("a receipt out of nothing")
			}
			return err
		})
	})
}

func TestEditions(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		write(t, l, func(tx *ledger.Tx) error {
			for i := range int64(3) {
				if id, err := tx.AddEdition(i*10, []string{fmt.Sprint("가", i)}, nil); err != nil || id != i+1 {
					return fmt.Errorf("edition %d: %w", id, err)
				}
			}
			return nil
		})
		want := []ledger.Edition{{ID: 3, At: 20, Written: []string{"가2"}}, {ID: 2, At: 10, Written: []string{"가1"}}}
		if got := get(t, l, func(tx *ledger.Tx) ([]ledger.Edition, error) { return tx.Editions(2) }); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v", got)
		}
	})
}

func TestTouched(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		write(t, l, func(tx *ledger.Tx) error {
			for _, id := range []int64{3, 1, 3, 2} {
				if err := tx.Touch(id); err != nil {
					return err
				}
			}
			return tx.Untouch(2)
		})
		if got := get(t, l, (*ledger.Tx).Touched); !slices.Equal(got, []int64{1, 3}) {
			t.Errorf("%v", got)
		}
		for id, want := range map[int64]bool{1: true, 2: false} {
			if got := get(t, l, func(tx *ledger.Tx) (bool, error) { return tx.IsTouched(id) }); got != want {
				t.Errorf("%d: %v", id, got)
			}
		}
	})
}

func TestBodies(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		long := source.Body{Markup: source.HTML, Text: strings.Repeat("<p>바람마을에 \x00 눈이 내렸다.</p>\n", 5000)}
		old, young := row("old.md", 1000), row("young.md", 2000)
		put(t, l, old, young)
		write(t, l, func(tx *ledger.Tx) error {
			for _, a := range []*ledger.Article{old, young} {
				if err := tx.PutBody(a.ID, digestOf("earlier"), source.Body{}); err != nil {
					return err
				}
				if err := tx.PutBody(a.ID, a.ContentDigest, long); err != nil {
					return err
				}
			}
			return nil
		})
		body := func(a *ledger.Article, words source.Digest) (got source.Body, found bool) {
			read(t, l, func(tx *ledger.Tx) (err error) {
				got, found, err = tx.Body(a.ID, words)
				has, err2 := tx.HasBody(a.ID, words)
				if has != found {
					t.Errorf("has %v, found %v", has, found)
				}
				must(t, err2)
				return err
			})
			return got, found
		}
		if got, found := body(old, old.ContentDigest); !found || got != long {
			t.Errorf("%v, %d bytes", found, len(got.Text))
		}
		if _, found := body(old, digestOf("earlier")); found {
			t.Error("a body of other words")
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.PruneBodies(ledger.Window{Newest: 1}) })
		_, kept := body(young, young.ContentDigest)
		_, dropped := body(old, old.ContentDigest)
		if !kept || dropped {
			t.Errorf("kept %v, %v", kept, dropped)
		}
	})
}

// The bodies of each feed's newest are kept, however old they are among the site's.
func TestBodiesAreKeptOfEachFeed(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		write(t, l, func(tx *ledger.Tx) error { return tx.KeepTerms(ledger.ByCategory) })
		var rows []*ledger.Article
		for i := range 6 { // the older three are of politics
			a := row(fmt.Sprint(i), int64(i+1)*1000)
			a.Shown.Categories = []string{"정치"}
			if i > 2 {
				a.Shown.Categories = []string{"문화"}
			}
			rows = append(rows, a)
		}
		put(t, l, rows...)
		politics := ledger.Window{Where: ledger.Where{Terms: ledger.Terms{ledger.ByCategory: {"정치"}}}, Newest: 2}
		for _, c := range []struct {
			windows []ledger.Window
			want    []string
		}{
			{[]ledger.Window{{Newest: 5}, politics}, []string{"1", "2", "3", "4", "5"}},
			{[]ledger.Window{{Newest: 1}, politics}, []string{"1", "2", "5"}},
			{[]ledger.Window{politics}, []string{"1", "2"}},
			{nil, nil},
		} {
			var got []string
			write(t, l, func(tx *ledger.Tx) error {
				for _, a := range rows {
					if err := tx.PutBody(a.ID, a.ContentDigest, source.Body{}); err != nil {
						return err
					}
				}
				return tx.PruneBodies(c.windows...)
			})
			for _, a := range rows {
				if get(t, l, func(tx *ledger.Tx) (bool, error) { return tx.HasBody(a.ID, a.ContentDigest) }) {
					got = append(got, a.Key)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v: got the bodies of %q, want %q", c.windows, got, c.want)
			}
		}
	})
}

func TestShardsAndSingleValues(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		a, b := ledger.Shard{Name: "2026-10", Sum: digestOf("s"), URLs: 1, Bytes: 2, Newest: 3}, ledger.Shard{Name: "2026-11-2"}
		write(t, l, func(tx *ledger.Tx) error {
			for _, s := range []ledger.Shard{b, {Name: a.Name}, a} {
				if err := tx.PutShard(s); err != nil {
					return err
				}
			}
			if err := tx.SetMeta("site_url", "옛"); err != nil {
				return err
			}
			return tx.SetMeta("site_url", "https://새.example")
		})
		if got := get(t, l, (*ledger.Tx).Shards); !slices.Equal(got, []ledger.Shard{a, b}) {
			t.Errorf("%+v", got)
		}
		write(t, l, (*ledger.Tx).ClearShards)
		if got := get(t, l, (*ledger.Tx).Shards); len(got) != 0 {
			t.Errorf("left: %+v", got)
		}
		for name, want := range map[string]string{"site_url": "https://새.example", "x": ""} {
			if got := get(t, l, func(tx *ledger.Tx) (string, error) { return tx.Meta(name) }); got != want {
				t.Errorf("%s: %q", name, got)
			}
		}
	})
}

// recoveredRow is a row of Recovered, as a feed showed it.
func recoveredRow(url, id string, shown int64) *ledger.Article {
	r := ledger.NewRecovered(url, 9)
	r.FeedPublished, r.FeedUpdated, r.Published, r.Updated, r.Shown = shown, shown, shown, shown, ledger.Shown{ID: id, Title: "제목", Summary: "요약"}
	return r
}

func TestRecovered(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		known := func() (bool, int64) {
			return get(t, l, (*ledger.Tx).Known), get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.RemovedCount(ledger.Recovered) })
		}
		r := recoveredRow(odd, "id", 1000)
		put(t, l, r, recoveredRow("b", "", 0), recoveredRow("c", "", 0))
		if any, n := known(); any || n != 3 {
			t.Errorf("known %v, recovered %d, want false, 3", any, n)
		}
		at := func(url string) *ledger.Article {
			return get(t, l, func(tx *ledger.Tx) (*ledger.Article, error) { return tx.Recovered(url) })
		}
		if got := at(odd); !reflect.DeepEqual(got, r) || got.FormerURL() != odd {
			t.Errorf("got %+v, want %+v", got, r)
		}
		if got := at("x"); got != nil {
			t.Errorf("recovered %+v out of nothing", got)
		}
		if ids := get(t, l, (*ledger.Tx).RecoveredIDs); len(ids) != 1 || !ids["id"] {
			t.Errorf("ids: got %v, want id", ids)
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.Stage("s", &ledger.Staged{Key: "k", Kind: ledger.New, URL: "b"}) })
		for src, want := range map[string][]string{"s": {"c", odd}, "another": {"b", "c", odd}} {
			var got []string
			read(t, l, func(tx *ledger.Tx) error {
				return tx.Unclaimed(src, func(a *ledger.Article) error { got = append(got, a.URL); return nil })
			})
			if !slices.Equal(got, want) {
				t.Errorf("%s: unclaimed %q, want %q", src, got, want)
			}
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.DropRecovered(r.ID) })
		if _, n := known(); at(odd) != nil || n != 2 {
			t.Errorf("%d left of what was taken up, want 2", n)
		}
		living := row("a.md", 1000)
		put(t, l, living)
		write(t, l, func(tx *ledger.Tx) error { return tx.DropRecovered(living.ID) })
		if any, _ := known(); !any {
			t.Error("a row of a source was dropped")
		}
	})
}

// Of the new entries at the URL of a recovered row the one with its date comes first, then one without any.
func TestRecoveredByURL(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		put(t, l, recoveredRow("u", "id", 1000))
		staged := []*ledger.Staged{
			{Key: "another", Kind: ledger.New, URL: "u", Claim: "id", Published: 5000, DatedBy: source.DatedByFileName},
			{Key: "draft", Kind: ledger.New, URL: "u", Claim: "id", Flags: ledger.Draft},
			{Key: "none", Kind: ledger.New, URL: "u", Claim: "id"},
			{Key: "same", Kind: ledger.New, URL: "u", Claim: "id", Published: 1000, DatedBy: source.DatedByFrontMatter},
			{Key: "taken", Kind: ledger.New, URL: "u", Article: 7},
			{Key: "thief", Kind: ledger.New, URL: "v", Claim: "id", Published: 1000, DatedBy: source.DatedByFrontMatter},
		}
		write(t, l, func(tx *ledger.Tx) error {
			for _, s := range staged {
				if err := tx.Stage("s", s); err != nil {
					return err
				}
			}
			return nil
		})
		keys := func(tx *ledger.Tx, id int64, to []string) []string {
			s, err := tx.StagedByID(id)
			if err != nil {
				t.Fatal(err)
			}
			return append(to, s.Key)
		}
		read(t, l, func(tx *ledger.Tx) error {
			pairs, err := tx.RecoveredByURL("s")
			var got []string
			for _, p := range pairs {
				got = keys(tx, p.Stage, got)
			}
			if want := []string{"same", "none", "another", "draft"}; !slices.Equal(got, want) {
				t.Errorf("at the URL: got %q, want %q", got, want)
			}
			return err
		})
		read(t, l, func(tx *ledger.Tx) error {
			ids, err := tx.ClaimsTwice("s")
			var got []string
			for _, id := range ids {
				got = keys(tx, id, got)
			}
			if want := []string{"same", "none", "another", "draft", "thief"}; !slices.Equal(got, want) {
				t.Errorf("who claim the id: got %q, want %q", got, want)
			}
			return err
		})
	})
}
