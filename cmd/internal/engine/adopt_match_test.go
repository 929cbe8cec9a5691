package engine_test

import (
	"os"
	"testing"
	"time"

	"herald/cmd/internal/adopt"
)

// What could be two is none, and a date of the future would hide an article.
func TestAdoptDoesNotGuess(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	dated := func(title, url, date string) string {
		return "---\ntitle: " + title + "\npermalink: " + url + "\ndate: " + date + "\n---\n\n" + url + "\n"
	}
	n.write("a.md", dated("가", "/a", "2024-03-05"))
	n.write("a2.md", dated("나", "/a.html", "2024-03-06"))
	n.write("b.md", dated("같은 제목", "/b1/", "2024-03-05"))
	n.write("b2.md", dated("같은 제목", "/b2/", "2024-03-05T10:00:00Z"))
	n.write("c.md", dated("같은 제목", "/c/", "2024-04-01"))
	n.write("d.md", "---\ntitle: 날짜 없음\npermalink: /:year/d/\n---\n\n본문\n")
	n.write("e.md", "---\ntitle: 앞날\npermalink: /e/\n---\n\n본문\n")
	r := n.adopt(oldFeed(
		adopt.Item{ID: "1", URL: base + "/a/"},
		adopt.Item{ID: "2", URL: base + "/gone-b/", Title: "같은 제목", Published: time.Date(2024, 3, 5, 1, 0, 0, 0, time.UTC)},
		adopt.Item{ID: "3", URL: base + "/gone-c/", Title: "같은 제목", Published: time.Date(2024, 4, 1, 20, 0, 0, 0, time.UTC)},
		adopt.Item{ID: "4", URL: base + "/2020/else/", Title: "날짜 없음", Published: day(1)},
		adopt.Item{ID: "5", URL: base + "/e/", Published: n.now.AddDate(1, 0, 0)},
	))
	if len(r.UnmatchedItems) != 3 || len(r.Adopted) != 2 || r.Adopted[0].ID != "3" || r.Adopted[1].ID != "5" || !r.Adopted[1].Date.IsZero() {
		t.Errorf("got %+v, want the items 3 and 5 by their ids alone", r.Report)
	}
}

// Our own documents show nothing that would be adopted: not the URIs that Atom has for ids, nor times that are raised.
func TestOwnFeedsAreAdoptedAlready(t *testing.T) {
	t.Parallel()
	n := filled(t, 2)
	n.adopt(oldFeed(adopt.Item{ID: "1", URL: at("기사-00"), Published: day(1)}, adopt.Item{ID: "2", URL: at("기사-01"), Published: day(1)}))
	n.pass()
	for _, name := range []string{"feed.xml", "atom.xml", "feed.json"} {
		doc, err := os.ReadFile(n.path("public", name))
		n.must(err)
		f, err := adopt.Parse(name, doc)
		n.must(err)
		if r := n.adopt(f); r.Matched != 2 || len(r.Adopted) != 0 {
			t.Errorf("%s: got %+v, want nothing adopted", name, r.Report)
		}
		if c := n.engine().Compare(t.Context(), f); c.Status != 0 || c.Equal != 2 {
			t.Errorf("%s: got %+v, want nothing different", name, c.Comparison)
		}
	}
	if _, pub := n.pass(); len(pub.Holds)+len(pub.Written) > 0 {
		t.Errorf("got %v and %v, want nothing held or written", pub.Holds, pub.Written)
	}
}
