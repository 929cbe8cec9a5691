package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// values are what random rows and random questions are made of.
var values = []string{"", "a", "정치", odd}

var allKinds = []ledger.TermKind{ledger.ByCategory, ledger.ByTag, ledger.ByAuthor, ledger.ByLanguage, ledger.BySource}

func some(r *rand.Rand, most int) (out []string) {
	for range r.IntN(most + 1) {
		out = append(out, values[r.IntN(len(values))])
	}
	return out
}

// dress returns a row random terms and a random place in or out of the feeds.
func dress(r *rand.Rand, a *ledger.Article) {
	a.Shown.Categories, a.Shown.Tags, a.Shown.Language = some(r, 2), some(r, 3), []string{"", "en"}[r.IntN(2)]
	a.Shown.Authors = nil
	for _, name := range some(r, 2) {
		a.Shown.Authors = append(a.Shown.Authors, source.Author{Name: strings.ToValidUTF8(name, "?")})
	}
	a.Shown.Categories, a.Shown.Tags = valid(a.Shown.Categories), valid(a.Shown.Tags)
	a.InFeed, a.LeftAt, a.Flags = true, 0, 0
	switch r.IntN(5) {
	case 0:
		a.InFeed, a.LeftAt = false, 1+r.Int64N(1000)
	case 1:
		a.InFeed, a.Flags = false, ledger.NoFeed
	case 2:
		a.InFeed, a.LeftAt, a.Flags = false, 1+r.Int64N(1000), ledger.NoFeed
	}
}

// valid is the list as JSON keeps it.
func valid(list []string) (out []string) {
	for _, s := range list {
		out = append(out, strings.ToValidUTF8(s, "\uFFFD"))
	}
	return out
}

func valuesOf(a *ledger.Article, kind ledger.TermKind) (out []string) {
	switch kind {
	case ledger.ByCategory:
		return a.Shown.Categories
	case ledger.ByTag:
		return a.Shown.Tags
	case ledger.ByAuthor:
		for _, x := range a.Shown.Authors {
			out = append(out, x.Name)
		}
		return out
	case ledger.ByLanguage:
		return []string{a.Shown.Language}
	}
	return []string{a.Source}
}

// matches is the rule of a Where said plainly.
func matches(w ledger.Where, a *ledger.Article) bool {
	for _, kind := range allKinds {
		has := func(v string) bool { return slices.Contains(valuesOf(a, kind), v) }
		if len(w.Terms[kind]) > 0 && !slices.ContainsFunc(w.Terms[kind], has) || slices.ContainsFunc(w.Not[kind], has) {
			return false
		}
		if len(w.Also[kind]) > 0 && !slices.ContainsFunc(w.Also[kind], has) {
			return false
		}
	}
	return true
}

func randomWhere(r *rand.Rand) (w ledger.Where) {
	w.Terms, w.Also, w.Not = ledger.Terms{}, ledger.Terms{}, ledger.Terms{}
	for _, kind := range allKinds {
		pool := valid(values)
		if kind == ledger.ByLanguage || kind == ledger.BySource {
			pool = []string{"", "en", "posts", "other"}
		}
		for range r.IntN(3) {
			if r.IntN(2) == 0 {
				w.Terms[kind] = append(w.Terms[kind], pool[r.IntN(len(pool))])
			}
			if r.IntN(8) == 0 {
				w.Also[kind] = append(w.Also[kind], pool[r.IntN(len(pool))])
			}
			if r.IntN(6) == 0 {
				w.Not[kind] = append(w.Not[kind], pool[r.IntN(len(pool))])
			}
		}
	}
	return w
}

// Whatever rows become, what a Where picks is what its rule says.
func TestAWherePicksWhatItSays(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		r := rand.New(rand.NewPCG(7, 1))
		write(t, l, func(tx *ledger.Tx) error { return tx.KeepTerms(ledger.ByTag, ledger.BySource) })
		var rows []*ledger.Article
		for i := range 300 {
			a := row(fmt.Sprint(i), int64(1+r.IntN(1_000_000))*1000+int64(i))
			a.Source = []string{"posts", "other"}[r.IntN(2)]
			dress(r, a)
			rows = append(rows, a)
		}
		put(t, l, rows...)
		write(t, l, func(tx *ledger.Tx) error { return tx.KeepTerms(allKinds...) })
		for _, a := range rows[:150] {
			dress(r, a)
			a.FeedPublished += 7
		}
		put(t, l, rows...)
		for range 300 {
			pickedIs(t, l, randomWhere(r), rows, 1+r.IntN(50), r.Int64N(1_000_000_000))
		}
		was, err := l.Raw(t.Context(), "term")
		must(t, err)
		write(t, l, func(tx *ledger.Tx) error { return tx.KeepTerms() })
		if none, err := l.Raw(t.Context(), "term"); err != nil || len(none) != 0 {
			t.Errorf("terms of no kind: got %d, %v, want none", len(none), err)
		}
		write(t, l, func(tx *ledger.Tx) error { return tx.KeepTerms(allKinds...) })
		if again, err := l.Raw(t.Context(), "term"); err != nil || !slices.Equal(again, was) {
			t.Errorf("made anew: got %d terms, %v, want the same as were kept, %d", len(again), err, len(was))
		}
	})
}

func pickedIs(t *testing.T, l *ledger.Ledger, w ledger.Where, rows []*ledger.Article, limit int, since int64) {
	t.Helper()
	left, gone := int64(0), []int64{}
	var want []*ledger.Article
	for _, a := range rows {
		switch {
		case len(w.Kinds()) > 0 && !matches(w, a):
		case a.InFeed:
			want = append(want, a)
		case a.FeedPublished >= since && (a.Flags&ledger.NoFeed == 0 || len(w.Kinds()) == 0):
			left = max(left, a.LeftAt)
			if a.LeftAt != 0 && a.FeedPublished != 0 && a.Flags&ledger.OffFeeds == 0 {
				gone = append(gone, a.LeftAt)
			}
		}
	}
	slices.SortFunc(want, func(a, b *ledger.Article) int { return int(b.FeedPublished - a.FeedPublished) })
	got := keys(t, l, func(tx *ledger.Tx, f func(*ledger.Article) error) error { return tx.NewestOf(w, limit, f) })
	var wanted []string
	for _, a := range want[:min(limit, len(want))] {
		wanted = append(wanted, a.Key)
	}
	if !slices.Equal(got, wanted) {
		t.Errorf("%v: got %v, want %v", w, got, wanted)
	}
	if got := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.LeftSinceOf(w, since) }); got != left {
		t.Errorf("%v: left since %d: got %d, want %d", w, since, got, left)
	}
	slices.SortFunc(gone, func(a, b int64) int { return int(b - a) })
	gotGone := []int64{}
	for _, g := range get(t, l, func(tx *ledger.Tx) ([]ledger.Gone, error) { return tx.GoneOf(w, since, 3) }) {
		gotGone = append(gotGone, g.LeftAt)
	}
	if !slices.Equal(gotGone, gone[:min(3, len(gone))]) {
		t.Errorf("%v: gone since %d: got %v, want the first three of %v", w, since, gotGone, gone)
	}
}

func TestWhatIsNotKeptIsNotPicked(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		put(t, l, row("a.md", 1000))
		write(t, l, func(tx *ledger.Tx) error { return tx.KeepTerms(ledger.BySource) })
		err := l.Read(t.Context(), func(tx *ledger.Tx) error {
			return tx.NewestOf(ledger.Where{Not: ledger.Terms{ledger.ByTag: {"a"}}}, 5, func(*ledger.Article) error { return nil })
		})
		if err == nil || !strings.Contains(err.Error(), "tag") {
			t.Errorf("got %v, want an error that names the kind", err)
		}
	})
}

// Only what differs is written.
func TestTermsThatStayAreNotWritten(t *testing.T) {
	l := openFile(t)
	a := row("a.md", 1000)
	a.Shown.Tags = []string{"눈", "비", "눈"}
	write(t, l, func(tx *ledger.Tx) error { return tx.KeepTerms(allKinds...) })
	for _, c := range []struct {
		what   string
		change func()
		want   int64
	}{
		{"a new row of four terms", func() {}, 5},
		{"the same row", func() {}, 1},
		{"another title", func() { a.Shown.Title = "새 제목" }, 1},
		{"another tag", func() { a.Shown.Tags = []string{"눈", "바람"} }, 3},
		{"it leaves", func() { a.InFeed, a.LeftAt = false, 5 }, 9},
		{"it leaves again", func() { a.LeftAt = 6 }, 1},
		{"it comes back", func() { a.InFeed, a.LeftAt = true, 0 }, 9},
		{"it leaves the feeds only", func() { a.InFeed, a.Flags = false, ledger.NoFeed }, 5},
	} {
		c.change()
		write(t, l, func(tx *ledger.Tx) error {
			got, err := tx.Writes(func() error { return tx.Put(a) })
			if got != c.want {
				t.Errorf("%s: got %d rows written, want %d", c.what, got, c.want)
			}
			return err
		})
	}
}

// A dump leaves terms out; they come back from the rows when they are asked for.
func TestTermsOfALoadedLedger(t *testing.T) {
	onBoth(t, func(t *testing.T, from *ledger.Ledger) {
		a, b := row("a.md", 1000), row("b.md", 2000)
		a.Shown.Tags = []string{"눈"}
		put(t, from, a, b)
		dumped := dump(t, from)
		onBoth(t, func(t *testing.T, to *ledger.Ledger) {
			write(t, to, func(tx *ledger.Tx) error { return tx.KeepTerms(ledger.ByTag) })
			_, err := to.Load(t.Context(), strings.NewReader(dumped))
			must(t, err)
			write(t, to, func(tx *ledger.Tx) error { return tx.KeepTerms(ledger.ByTag) })
			pickedIs(t, to, ledger.Where{Terms: ledger.Terms{ledger.ByTag: {"눈"}}}, []*ledger.Article{a, b}, 5, 0)
		})
	})
}

// However many articles do not match, SQLite finds those that do by the index alone, already in their order.
func TestAWhereIsAnIndexScan(t *testing.T) {
	l := openFile(t)
	manyRows(t, l, 2000, 10)
	for name, c := range map[string]struct {
		where ledger.Where
		want  []string
	}{
		"one value": {rareTag, []string{"SEARCH t USING PRIMARY KEY (kind=? AND value=? AND gone=? AND feed_published>?)"}},
		"two values are merged": {
			ledger.Where{Terms: ledger.Terms{ledger.ByTag: {"드문", "없는"}}},
			[]string{"MERGE (UNION)", "LEFT", "SEARCH t USING PRIMARY KEY (kind=? AND value=? AND gone=? AND feed_published>?)", "RIGHT"},
		},
		"the rare kind leads": {
			ledger.Where{Terms: ledger.Terms{ledger.ByTag: {"드문"}, ledger.ByCategory: {"뉴스"}}, Not: ledger.Terms{ledger.BySource: {"other"}}},
			[]string{
				"SEARCH t USING PRIMARY KEY (kind=? AND value=? AND gone=? AND feed_published>?)",
				"SEARCH o EXISTS USING PRIMARY KEY (kind=? AND value=? AND gone=? AND feed_published=?)",
				"CORRELATED SCALAR SUBQUERY", "SEARCH o USING PRIMARY KEY (kind=? AND value=? AND gone=? AND feed_published=?)",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			plan, err := l.Plan(t.Context(), c.where, 50)
			must(t, err)
			for _, step := range plan {
				known := slices.ContainsFunc(c.want, func(w string) bool { return strings.HasPrefix(step, w) })
				if !known && !strings.HasPrefix(step, "CO-ROUTINE") && step != "SCAN picked" && step != "USE TEMP B-TREE FOR ORDER BY" {
					t.Errorf("got the step %q, want none but %q", step, c.want)
				}
			}
			for _, w := range c.want {
				if !slices.ContainsFunc(plan, func(step string) bool { return strings.HasPrefix(step, w) }) {
					t.Errorf("got %q, want a step %q", plan, w)
				}
			}
		})
	}
}

var rareTag = ledger.Where{Terms: ledger.Terms{ledger.ByTag: {"드문"}}}

// manyRows writes many articles of one category and twenty tags, the oldest few of which have a rare tag, too.
func manyRows(t testing.TB, l *ledger.Ledger, many, few int) {
	t.Helper()
	err := l.Write(t.Context(), func(tx *ledger.Tx) error {
		if err := tx.KeepTerms(allKinds...); err != nil {
			return err
		}
		for i := range many {
			a := row(fmt.Sprint(i), int64(i+1)*1000)
			a.Shown.Categories, a.Shown.Tags = []string{"뉴스"}, []string{fmt.Sprint("흔한 ", i%20)}
			if i < few {
				a.Shown.Tags = append(a.Shown.Tags, "드문")
			}
			if err := tx.Put(a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
