package engine_test

import (
	"context"
	"errors"
	"iter"
	"testing"

	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger"
	"herald/source"
)

// overtaken is a source during whose first listing something else happens.
type overtaken struct {
	source.Source
	meanwhile func()
}

func (o *overtaken) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		for e, err := range o.Source.List(ctx) {
			if !yield(e, err) {
				return
			}
		}
		if f := o.meanwhile; f != nil {
			o.meanwhile = nil
			f()
		}
	}
}

// A scan that another scan of the source, as of another process, has overtaken writes nothing: what it listed is old.
func TestAnOvertakenScanWritesNothing(t *testing.T) {
	slow := &overtaken{}
	n := newNewsroom(t, func(s *settings) {
		slow.Source = s.Sources[0].Source
		s.Sources[0].Source = slow
	})
	n.write("a.md", article("처음", "글"))
	n.pass()
	n.write("b.md", article("둘째", "글"))
	slow.meanwhile = func() {
		n.remove("b.md")
		n.write("c.md", article("셋째", "글"))
		_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
		n.must(err)
	}
	if _, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{}); !errors.Is(err, ledger.ErrFenced) {
		t.Fatalf("scan that was overtaken: got error %v, want ErrFenced", err)
	}
	status, err := n.rooms.Status(context.Background())
	n.must(err)
	if got := status.Sources[0]; got.Articles != 2 || got.LastError != "" {
		t.Errorf("source: got %d articles and error %q, want the 2 of the later scan and none", got.Articles, got.LastError)
	}
	if scan, _ := n.pass(); scan.Added+scan.Changed+scan.Removed != 0 {
		t.Errorf("next scan: got %d added, %d changed, %d removed, want none", scan.Added, scan.Changed, scan.Removed)
	}
}
