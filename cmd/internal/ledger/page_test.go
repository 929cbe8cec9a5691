package ledger_test

import (
	"testing"

	"herald/cmd/internal/ledger"
	"herald/source"
)

func TestWhatDatesAStagedArticle(t *testing.T) {
	for name, c := range map[string]struct {
		entry ledger.Staged
		want  bool
	}{
		"front matter":    {ledger.Staged{Kind: ledger.New, Published: 1, DatedBy: source.DatedByFrontMatter}, true},
		"file name":       {ledger.Staged{Kind: ledger.Changed, Published: 1, DatedBy: source.DatedByFileName}, true},
		"first sight":     {ledger.Staged{Kind: ledger.New, Published: 1, DatedBy: source.DatedByFirstSeen}, false},
		"recovered":       {ledger.Staged{Kind: ledger.New, Published: 1, DatedBy: source.DatedByRecovery}, false},
		"nothing":         {ledger.Staged{Kind: ledger.New}, false},
		"a draft's":       {ledger.Staged{Kind: ledger.New, Published: 1, DatedBy: source.DatedByFrontMatter, Flags: ledger.Draft}, false},
		"a refused one's": {ledger.Staged{Kind: ledger.Refused, Published: 1, DatedBy: source.DatedByFrontMatter}, false},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, l *ledger.Ledger) {
				c.entry.Key = "가.md"
				stage(t, l, &c.entry)
				if got := get(t, l, func(tx *ledger.Tx) (bool, error) { return tx.StagedDated("posts") }); got != c.want {
					t.Errorf("dated: got %t, want %t", got, c.want)
				}
			})
		})
	}
}

// Pages are counted apart, and that one leaves is no moment of any feed.
func TestPages(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		page, silent, gone, post := row("안내.md", 1000), row("조용히.md", 2000), row("간-안내.md", 3000), row("소식.md", 4000)
		page.Flags, silent.Flags, gone.Flags = ledger.Page, ledger.Page|ledger.NoFeed, ledger.Page
		gone.RemovedAt, gone.LeftAt = 7, 7
		put(t, l, page, silent, gone, post)
		if got := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.PageCount(page.Source) }); got != 1 {
			t.Errorf("got %d pages, want 1", got)
		}
		if got := get(t, l, func(tx *ledger.Tx) (int64, error) { return tx.LeftSinceOf(ledger.Where{}, 0) }); got != 0 {
			t.Errorf("left since: got %d, want 0", got)
		}
	})
}
