package ledger_test

import (
	"context"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"herald/cmd/internal/ledger"
	"herald/source"
)

func benchLedger(b *testing.B) *ledger.Ledger {
	b.Helper()
	l, err := ledger.Open(context.Background(), filepath.Join(b.TempDir(), "herald.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	return l
}

// cpu is what the process has used of the processor.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkNewestOf finds the ten articles of a rare tag among a hundred thousand; the floor is the newest ten of all.
func BenchmarkNewestOf(b *testing.B) {
	l := benchLedger(b)
	manyRows(b, l, 100_000, 10)
	for _, c := range []struct {
		name  string
		where ledger.Where
	}{
		{"floor=all", ledger.Where{}},
		{"a rare tag", rareTag},
		{"a rare tag of a source", ledger.Where{Terms: ledger.Terms{ledger.ByTag: {"드문"}, ledger.BySource: {"posts"}}}},
		{"a rare tag but of another", ledger.Where{Terms: ledger.Terms{ledger.ByTag: {"드문"}}, Not: ledger.Terms{ledger.BySource: {"other"}}}},
		{"a category", ledger.Where{Terms: ledger.Terms{ledger.ByCategory: {"뉴스"}}}},
		{"all but a source", ledger.Where{Not: ledger.Terms{ledger.BySource: {"other"}}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				n := 0
				err := l.Read(context.Background(), func(tx *ledger.Tx) error {
					return tx.NewestOf(c.where, 10, func(*ledger.Article) error { n++; return nil })
				})
				if err != nil || n != 10 {
					b.Fatal(n, err)
				}
			}
		})
	}
}

// BenchmarkAdd writes a hundred thousand new rows with their seen entries in one transaction, with the terms of so
// many kinds.
func BenchmarkAdd(b *testing.B) {
	for _, kinds := range [][]ledger.TermKind{nil, {ledger.ByCategory}, {ledger.BySource}, {ledger.ByTag}, allKinds} {
		b.Run(fmt.Sprint("terms=", kinds), func(b *testing.B) {
			const rows = 100_000
			var used time.Duration
			for b.Loop() {
				b.StopTimer()
				l := benchLedger(b)
				b.StartTimer()
				before := cpu(b)
				err := l.Write(context.Background(), func(tx *ledger.Tx) error {
					if err := tx.KeepTerms(kinds...); err != nil {
						return err
					}
					return addRows(tx, rows)
				})
				if err != nil {
					b.Fatal(err)
				}
				used += cpu(b) - before
			}
			b.ReportMetric(float64(used.Nanoseconds())/float64(b.N*rows)/1000, "cpu-µs/row")
		})
	}
}

// addRows adds rows of a category, an author and two tags, in no order of their times.
func addRows(tx *ledger.Tx, rows int) error {
	for i := range rows {
		a := row(fmt.Sprintf("%07d", i), (1+int64(i)*7919%int64(rows))*1000)
		a.Shown.Categories, a.Shown.Authors = []string{fmt.Sprint("분류 ", i%12)}, []source.Author{{Name: fmt.Sprint("기자 ", i%40)}}
		a.Shown.Tags = []string{fmt.Sprint("흔한 ", i%50), fmt.Sprint("드문 ", i%5000)}
		if _, err := tx.Add(a); err != nil {
			return err
		}
		if err := tx.PutSeen(a.Source, ledger.Seen{Key: a.Key, Fingerprint: "1", Article: a.ID}); err != nil {
			return err
		}
	}
	return nil
}
