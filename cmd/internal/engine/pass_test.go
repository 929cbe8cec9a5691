package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/engine"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
)

func TestStatusOfAPass(t *testing.T) {
	t.Parallel()
	f := &faulty{}
	for _, test := range []struct {
		name    string
		prepare func(n *newsroom)
		options engine.BuildOptions
		want    int
	}{
		{"all is well", func(*newsroom) {}, engine.BuildOptions{}, engine.StatusDone},
		{"a hold", func(n *newsroom) {
			n.must(os.RemoveAll(n.path("articles")))
			n.must(os.Mkdir(n.path("articles"), 0o755))
		}, engine.BuildOptions{}, engine.StatusHeld},
		{"a hold, by force", func(n *newsroom) {
			n.must(os.RemoveAll(n.path("articles")))
			n.must(os.Mkdir(n.path("articles"), 0o755))
		},
			engine.BuildOptions{Force: true}, engine.StatusDone},
		{"a refused file", func(n *newsroom) { n.write("x.md", "---\ntitle: 가\ndate: 언젠가\n---\n") }, engine.BuildOptions{}, engine.StatusDone},
		{"strict", func(n *newsroom) { n.write("x.md", "---\ntitle: 가\ndate: 언젠가\n---\n") }, engine.BuildOptions{Strict: true}, engine.StatusNotDone},
		{"an unread source", func(n *newsroom) { n.must(os.RemoveAll(n.path("articles"))) }, engine.BuildOptions{}, engine.StatusNotDone},
		{"a failed document", func(n *newsroom) {
			n.tweak = append(n.tweak, func(s *settings) { s.Site.Title = " " })
			n.open()
		}, engine.BuildOptions{}, engine.StatusNotDone},
		{"no publication", func(n *newsroom) {
			n.write("기사-00.md", article("마을 소식 0", "고친 본문"))
			n.options = func(o *options) { f.Sink, o.Sink = o.Sink, f }
			n.open()
			f.left, f.cause = 1, os.ErrPermission
		}, engine.BuildOptions{}, engine.StatusNotDone},
		{"a held document", func(n *newsroom) {
			n.tweak = append(n.tweak, func(s *settings) { s.Feed.RSS, s.Site.Title = "", " " })
			n.open()
		}, engine.BuildOptions{}, engine.StatusHeld},
	} {
		n := filled(t, 3)
		test.prepare(n)
		if got := n.build(test.options); got.Status != test.want {
			t.Errorf("%s: got status %d, want %d: %+v", test.name, got.Status, test.want, got)
		}
	}
}

func TestNothingToPublishDeliversNothing(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	r := n.build(engine.BuildOptions{Notify: true})
	if r.Delivered != nil || !slices.Equal(r.Errors, []string{edition.ErrNothing.Error()}) {
		t.Errorf("got %+v, errors %q, want no delivery and ErrNothing", r.Delivered, r.Errors)
	}
	ended, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("told to end"))
	r = n.engine().Build(ended, engine.BuildOptions{Notify: true})
	if r.Status != engine.StatusNotDone || r.Delivered != nil || len(r.Sources) != 0 || !slices.Equal(r.Errors, []string{"told to end"}) {
		t.Errorf("got status %d, errors %q, %+v, want %d, the cause and nothing done", r.Status, r.Errors, r, engine.StatusNotDone)
	}
}

// A file that moves to a source that is scanned first is refused there, for the other still has its URL; the second scan
// takes it. Both scans stand in the report as one.
func TestContestedScansAreOneReport(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t, func(s *settings) { s.Guard = nil })
	columns(n)
	n.write("a.md", article("가", "본문"))
	n.must(os.WriteFile(n.path("columns", "b.md"), []byte("---\ntitle: 나\nid: 하나뿐\n---\n본문\n"), 0o644))
	n.must(os.WriteFile(n.path("columns", "c.md"), []byte(article("다", "본문")), 0o644))
	if r := n.build(engine.BuildOptions{}); r.Status != engine.StatusDone || r.Published.Public != 3 {
		t.Fatalf("got %+v, want three articles", r)
	}
	n.write("new.md", article("새 소식", "본문"))
	n.must(os.Remove(n.path("columns", "b.md")))
	n.write("b.md", "---\ntitle: 나\nid: 하나뿐\n---\n다른 본문\n")
	r := n.build(engine.BuildOptions{})
	if r.Status != engine.StatusDone || len(r.Sources) != 2 || r.Published.Public != 4 {
		t.Fatalf("got status %d, %d reports, %+v, want 0, two and four articles", r.Status, len(r.Sources), r.Published)
	}
	if got := r.Sources[0]; got.Source != "articles" || got.Added < 1 || got.RefusedCount != 0 || !hasChange(got, "new.md") || !hasChange(got, "b.md") {
		t.Errorf("got %+v, want what both scans found", got)
	}
	if !strings.Contains(n.read("feed.xml"), "다른 본문") {
		t.Errorf("got\n%s\nwant the article as it moved", n.read("feed.xml"))
	}
}

func hasChange(r *intake.ScanReport, key string) bool {
	return slices.ContainsFunc(r.Changes, func(c intake.Change) bool { return c.Key == key })
}

func TestApprove(t *testing.T) {
	t.Parallel()
	n := filled(t, 12)
	for _, name := range []string{"기사-00.md", "기사-01.md", "기사-02.md", "기사-03.md"} {
		n.remove(name)
	}
	holds := n.build(engine.BuildOptions{}).Holds()
	if len(holds) != 1 {
		t.Fatalf("got %+v, want one hold", holds)
	}
	if got := n.engine().Approve(t.Context(), hold.Wanted{IDs: []int64{holds[0].ID + 1}}); got.Status != engine.StatusNotDone || got.Hold != nil || got.Build != nil || !strings.Contains(got.Error, "no such hold") {
		t.Errorf("got %+v, want the error and no pass", got)
	}
	got := n.engine().Approve(t.Context(), hold.Wanted{IDs: []int64{holds[0].ID}})
	if got.Status != engine.StatusDone || got.Hold.ID != holds[0].ID || got.Build == nil || got.Build.Published.Public != 8 {
		t.Errorf("got %+v, want hold %d and a pass that lets it through", got, holds[0].ID)
	}
}

// What other programs read keeps its fields and their order.
func TestReportFields(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	got, err := json.Marshal(n.engine().Build(t.Context(), engine.BuildOptions{}))
	want := `{"status":1,"sources":[{"source":"articles","listed":0,`
	end := `"published":{"documents":0,"public":0},"errors":["no source has ever held an article: nothing is published"],"outputs":"/srv/public","told":[],"sending":{"delay":0},"standing":{"articles":{"articles":0,"public":0}}}`
	if err != nil || !strings.HasPrefix(string(got), want) || !strings.HasSuffix(string(got), end) {
		t.Errorf("got %s, %v, want %s … %s", got, err, want, end)
	}
}
