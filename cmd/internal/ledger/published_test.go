package ledger_test

import (
	"errors"
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
			return tx.DropReceipt("b.xml")
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
				if err := tx.PutBody(a.ID, a.Words, long); err != nil {
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
		if got, found := body(old, old.Words); !found || got != long {
			t.Errorf("%v, %d bytes", found, len(got.Text))
		}
		if _, found := body(old, digestOf("earlier")); found {
			t.Error("a body of other words")
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.PruneBodies(ledger.Window{Newest: 1}) })
		_, kept := body(young, young.Words)
		_, dropped := body(old, old.Words)
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
			a.Said.Categories = []string{"정치"}
			if i > 2 {
				a.Said.Categories = []string{"문화"}
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
					if err := tx.PutBody(a.ID, a.Words, source.Body{}); err != nil {
						return err
					}
				}
				return tx.PruneBodies(c.windows...)
			})
			for _, a := range rows {
				if get(t, l, func(tx *ledger.Tx) (bool, error) { return tx.HasBody(a.ID, a.Words) }) {
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

func TestRecovered(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		r := ledger.Recovered{URL: odd, GUID: odd, Title: odd, Summary: odd, FeedPublished: 1, FeedUpdated: 2, Published: 3, LastMod: 4}
		for _, r := range []ledger.Recovered{{URL: odd}, r} {
			write(t, l, func(tx *ledger.Tx) error { return tx.PutRecovered(r) })
		}
		read(t, l, func(tx *ledger.Tx) error {
			got, found, err := tx.Recovered(odd)
			if !found || got != r {
				t.Errorf("%v %+v", found, got)
			}
			if _, found, _ := tx.Recovered("x"); found {
				t.Error("recovered out of nothing")
			}
			return err
		})
		if n := get(t, l, (*ledger.Tx).RecoveredCount); n != 1 {
			t.Errorf("%d", n)
		}
		write(t, l, func(tx *ledger.Tx) error {
			return errors.Join(tx.PutRecovered(ledger.Recovered{URL: "b"}), tx.PutRecovered(ledger.Recovered{URL: "c"}), tx.MoveRecovered(odd, "c"), tx.MoveRecovered("c", "c"))
		})
		r.URL = "c"
		if got, want := get(t, l, (*ledger.Tx).AllRecovered), []ledger.Recovered{{URL: "b"}, r}; !slices.Equal(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
		read(t, l, func(tx *ledger.Tx) error {
			published, updated, err := tx.ShownTimes()
			if len(published) != 1 || !published[1] || len(updated) != 1 || !updated[2] {
				t.Errorf("shown times %v %v", published, updated)
			}
			return err
		})
		if ids := get(t, l, (*ledger.Tx).RecoveredIDs); len(ids) != 1 || ids["c"] != odd {
			t.Errorf("ids: %q", ids)
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.Stage("s", &ledger.Staged{Key: "k", Kind: ledger.New, URL: "b"}) })
		for src, want := range map[string]int{"s": 1, "another": 2} {
			if got := get(t, l, func(tx *ledger.Tx) ([]ledger.Recovered, error) { return tx.Unclaimed(src) }); len(got) != want || got[len(got)-1] != r {
				t.Errorf("%s: unclaimed %+v", src, got)
			}
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.DropRecovered("c") })
		if n := get(t, l, (*ledger.Tx).RecoveredCount); n != 1 {
			t.Errorf("%d left of what was taken up", n)
		}
	})
}
