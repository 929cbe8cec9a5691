package engine_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/publish"
)

func TestIdleIsSilent(t *testing.T) {
	n := filled(t, 12)
	before := n.documents()
	stat, err := os.Stat(n.path("public", "feed.xml"))
	n.must(err)
	for range 3 {
		n.open()
		n.now = n.now.AddDate(0, 1, 0)
		entries, err := os.ReadDir(n.path("articles"))
		n.must(err)
		for _, e := range entries {
			n.must(os.Chtimes(n.path("articles", e.Name()), n.now, n.now))
		}
		scan, pub := n.pass()
		if scan.Changed+scan.Added+scan.Removed != 0 || pub.Edition != 0 || len(pub.Written) != 0 {
			t.Fatalf("touched files: %+v %+v", scan, pub)
		}
	}
	n.deliver()
	if urls, topics := n.world.heard(); len(urls)+len(topics) > 0 {
		t.Errorf("told %q %q", urls, topics)
	}
	again, err := os.Stat(n.path("public", "feed.xml"))
	n.must(err)
	if !maps.Equal(before, n.documents()) || !again.ModTime().Equal(stat.ModTime()) {
		t.Error("outputs changed")
	}
}

func TestAnEmptiedOutputFolderIsRefilled(t *testing.T) {
	n := filled(t, 3)
	before := n.documents()
	n.must(os.RemoveAll(n.path("public")))
	_, pub := n.pass()
	if !maps.Equal(before, n.documents()) || len(pub.Notices) > 0 {
		t.Errorf("refilled otherwise, or told: %+v", pub)
	}
}

func TestNothingEver(t *testing.T) {
	n := newNewsroom(t)
	_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
	n.must(err)
	if _, err = n.rooms.Publish(context.Background(), edition.PublishOptions{}); !errors.Is(err, edition.ErrNothing) {
		t.Fatalf("%v", err)
	}
	if len(n.documents()) != 0 {
		t.Error("something was published")
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	n := filled(t, 3)
	before := n.documents()
	n.write("new.md", article("새", "본문"))
	sink := publish.DryRun(publish.View(n.path("public")))
	e := newRooms(options{Settings: n.settings, Ledger: n.ledger, Sink: sink, Now: func() time.Time { return n.now }})
	_, err := e.Scan(context.Background(), "articles", intake.ScanOptions{})
	n.must(err)
	pub, err := e.Publish(context.Background(), edition.PublishOptions{})
	n.must(err)
	if len(pub.Written) != 4 || !maps.Equal(before, n.documents()) {
		t.Errorf("%+v", pub)
	}
}
