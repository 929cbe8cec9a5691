package ledger_test

import (
	"slices"
	"strings"
	"testing"

	"herald/cmd/internal/ledger"
)

// named returns the keys of the articles that have a name.
func named(t *testing.T, l *ledger.Ledger, name string) []string {
	t.Helper()
	return keys(t, l, func(tx *ledger.Tx, f func(*ledger.Article) error) error {
		rows, err := tx.Named(name, 10)
		for _, a := range rows {
			if err := f(a); err != nil {
				return err
			}
		}
		return err
	})
}

func TestArticlesAreFoundByTheirNames(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		early := row("글/2024-03-02-Spring_Market.md", 1_700_000_000_000)
		early.Shown.Title = "바람마을의 장"
		folder := row("글/둘러보기/index.md", 1_700_000_001_000)
		put(t, l, early, folder)
		if got := named(t, l, "spring market"); got != nil {
			t.Errorf("got %q, want none before names are kept", got)
		}
		write(t, l, (*ledger.Tx).KeepNames)
		write(t, l, (*ledger.Tx).KeepNames)
		late := row("다른/spring-market.html", 1_700_000_002_000)
		put(t, l, late)
		check := func(name string, want ...string) {
			t.Helper()
			if got := named(t, l, name); !slices.Equal(got, want) {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
		check("Spring  Market", early.Key, late.Key)
		check("2024-03-02-spring-market", early.Key)
		check("바람마을의 장", early.Key)
		check("둘러보기", folder.Key)
		check("index")
		check("")

		early.Shown.Title, late.RemovedAt = "바람마을의 봄", 1_700_000_009_000
		put(t, l, early, late)
		check("바람마을의 장")
		check("바람마을의 봄", early.Key)
		check("spring-market", early.Key)

		dumped := dump(t, l)
		onBoth(t, func(t *testing.T, to *ledger.Ledger) {
			_, err := to.Load(t.Context(), strings.NewReader(dumped))
			must(t, err)
			if got := named(t, to, "spring-market"); !slices.Equal(got, []string{early.Key}) {
				t.Errorf("after a load: got %q, want %q", got, early.Key)
			}
		})
	})
}

// A row costs no write more as long as nobody asks for names, and none that its names do not ask for.
func TestNamesAreWrittenWhereTheyDiffer(t *testing.T) {
	l := openFile(t)
	a := row("가.md", 1_700_000_000_000)
	put(t, l, a)
	writes := func() (n int64) {
		write(t, l, func(tx *ledger.Tx) (err error) {
			n, err = tx.Writes(func() error { return tx.Put(a) })
			return err
		})
		return n
	}
	if got := writes(); got != 1 {
		t.Errorf("got %d writes without names, want 1", got)
	}
	write(t, l, (*ledger.Tx).KeepNames)
	if got := writes(); got != 1 {
		t.Errorf("got %d writes of the same names, want 1", got)
	}
	a.Shown.Title = "다른 제목"
	if got := writes(); got != 3 {
		t.Errorf("got %d writes of another title, want 3", got)
	}
}

func TestArticlesAreFoundByTheirKeys(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		gone := row("다.md", 1_700_000_002_000)
		gone.RemovedAt = 5
		put(t, l, row("가.md", 1_700_000_000_000), row("나.md", 1_700_000_001_000), gone)
		got := keys(t, l, func(tx *ledger.Tx, f func(*ledger.Article) error) error {
			rows, err := tx.AtKeys("posts", "나.md", "다.md", "가.md", "가")
			for _, a := range rows {
				if err := f(a); err != nil {
					return err
				}
			}
			return err
		})
		if want := []string{"나.md", "가.md"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
