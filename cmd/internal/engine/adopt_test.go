package engine_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/adopt"
	"herald/cmd/internal/engine"
	"herald/cmd/internal/ledger/statefile"
	"herald/source/feed"
)

// oldFeed is what another generator published of the newsroom's articles.
func oldFeed(items ...adopt.Item) *adopt.Feed {
	return &adopt.Feed{Name: "old.xml", Format: feed.RSS, Home: base + "/", Items: items}
}

func day(n int) time.Time { return time.Date(2020, 3, n, 8, 0, 0, 0, time.UTC) }

func (n *newsroom) adopt(f *adopt.Feed) *engine.AdoptReport {
	n.t.Helper()
	n.now = n.now.Add(time.Minute)
	r := n.engine().Adopt(n.t.Context(), f)
	if r.Status != engine.StatusDone {
		n.t.Fatalf("got status %d, want done: %+v", r.Status, r)
	}
	return r
}

// wantShown fails unless the RSS shows an id and a date.
func (n *newsroom) wantShown(id string, date time.Time) {
	n.t.Helper()
	rss := n.documents()["feed.xml"]
	_, after, found := strings.Cut(rss, ">"+id+"</guid>")
	if item, _, _ := strings.Cut(after, "</item>"); !found || !strings.Contains(item, "<pubDate>"+date.Format(time.RFC1123Z)+"</pubDate>") {
		n.t.Errorf("want %s of %s in %s", id, date, rss)
	}
}

// Readers know the ids and dates already: nobody is told of them, and from then on they stand.
func TestAdoptedIdsAndDatesAreToldToNobody(t *testing.T) {
	t.Parallel()
	n := filled(t, 4)
	f := oldFeed(
		adopt.Item{ID: "https://old.example/?p=7", URL: at("기사-01"), Published: day(1)},
		adopt.Item{ID: "tag:old.example,2020:2", URL: at("기사-02"), Published: day(2), Updated: day(5)},
		adopt.Item{ID: "old example 3", URL: at("기사-03"), Published: day(2)},
	)
	if r := n.adopt(f); len(r.Adopted) != 3 || r.UnmatchedCount != 1 || len(r.UnmatchedItems) != 0 {
		t.Errorf("got %+v, want three adopted and one article left", r.Report)
	}
	n.pass()
	n.deliver()
	if urls, topics := n.world.heard(); len(urls)+len(topics) > 0 {
		t.Errorf("told %q %q, want nobody told", urls, topics)
	}
	n.wantShown("https://old.example/?p=7", day(1))
	n.wantShown("tag:old.example,2020:2", day(2))
	n.wantShown("old example 3", day(2).Add(time.Second)) // feed times are unique
	if atom := n.documents()["atom.xml"]; !strings.Contains(atom, "<updated>"+day(5).Format(time.RFC3339)+"</updated>") {
		t.Errorf("want the feed's time of change in %s", atom)
	}
	if r := n.adopt(f); len(r.Adopted) != 0 || r.Unchanged != 3 {
		t.Errorf("a second time: got %+v, want nothing adopted", r.Report)
	}
	n.write("기사-01.md", article("마을 소식 1", "고쳐 쓴 본문"))
	n.pass()
	n.wantShown("https://old.example/?p=7", day(1))
	if told := n.toldOf(); len(told) != 1 {
		t.Errorf("after an edit: told %q, want that article", told)
	}
	n.wholeDocuments()
}

// Articles change ids for each other's; one that stays another's is refused, and both are named.
func TestAdoptedIdsAreUnique(t *testing.T) {
	t.Parallel()
	n := filled(t, 4)
	before := n.documents()["feed.xml"]
	r := n.adopt(oldFeed(
		adopt.Item{ID: at("기사-01"), URL: at("기사-00")},
		adopt.Item{ID: at("기사-00"), URL: at("기사-01")},
		adopt.Item{ID: at("기사-03"), URL: at("기사-02")},
	))
	if len(r.Adopted) != 2 || len(r.Kept) != 1 || !strings.Contains(r.Kept[0].Place+r.Kept[0].Why, "기사-02.md") || !strings.Contains(r.Kept[0].Why, "taken by articles/기사-03.md") {
		t.Errorf("got %+v, want two swapped and one refused", r.Report)
	}
	n.pass()
	after := n.documents()["feed.xml"]
	for i, id := range []int{1, 0, 2, 3} {
		link, guid := at(fmt.Sprintf("기사-%02d", i)), at(fmt.Sprintf("기사-%02d", id))
		if !strings.Contains(after, fmt.Sprintf("<link>%s</link>\n      <guid isPermaLink=\"%t\">%s</guid>", link, i == id, guid)) {
			t.Errorf("%s: want id %s in %s", link, guid, after)
		}
	}
	r = n.adopt(oldFeed(
		adopt.Item{ID: at("기사-00"), URL: at("기사-00")}, adopt.Item{ID: at("기사-01"), URL: at("기사-01")},
		adopt.Item{ID: "twice", URL: at("기사-02")}, adopt.Item{ID: "twice", URL: at("기사-03")},
	))
	if len(r.Adopted) != 3 || len(r.Kept) != 1 {
		t.Errorf("back: got %+v, want three adopted and one refused", r.Report)
	}
	n.pass()
	if back := n.documents()["feed.xml"]; len(back) == len(before) || !strings.Contains(back, ">twice</guid>") {
		t.Errorf("want one id beside the first ones: %s", back)
	}
}

// An undated article whose permalink has its date is known by its title where that date puts it at the item's link; its
// page was never at the URL of its first sight.
func TestAdoptMovesWhatIsDatedInItsURL(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.write("글.md", "---\ntitle: 옛 글\npermalink: /:year/:month/글/\n---\n\n본문\n")
	n.write("소개.md", "---\ntitle: 소개\npermalink: /소개/\n---\n\n본문\n")
	n.pass()
	r := n.adopt(oldFeed(
		adopt.Item{ID: "1", URL: base + "/2020/03/%ea%b8%80/", Title: "옛 글", Published: day(4)},
		adopt.Item{ID: "2", URL: base + "/2020/03/소개/", Title: "소개", Published: day(4)},
	))
	if len(r.Adopted) != 1 || r.Adopted[0].URL != base+"/2020/03/%EA%B8%80/" || len(r.UnmatchedItems) != 1 {
		t.Errorf("got %+v, want the dated one moved and the other left", r.Report)
	}
	n.pass()
	n.deliver()
	n.wantShown("1", day(4))
	n.write("글.md", "---\ntitle: 옛 글\npermalink: /:year/:month/글/\n---\n\n고친 본문\n")
	n.pass()
	n.wantShown("1", day(4))
	if rss := n.documents()["feed.xml"]; !strings.Contains(rss, "<link>"+base+"/2020/03/%EA%B8%80/</link>") {
		t.Errorf("want the URL of the adopted date in %s", rss)
	}
}

// A feed of somebody else's at one of our paths is ours to replace once it is adopted, and nothing else is.
func TestAdoptedFeedIsReplaced(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.write("글.md", article("글", "본문"))
	doc := `<rss version="2.0"><channel><title>t</title><item><title>글</title><link>` + at("글") + `</link><guid isPermaLink="false">g</guid></item></channel></rss>`
	n.must(os.MkdirAll(n.path("public"), 0o755))
	n.must(os.WriteFile(n.path("public", "feed.xml"), []byte(doc), 0o644))
	n.must(os.WriteFile(n.path("public", "atom.xml"), []byte("<feed xmlns='http://www.w3.org/2005/Atom'/>"), 0o644))
	if _, pub := n.pass(); len(pub.Holds) != 2 {
		t.Fatalf("got %v, want two holds", pub.Holds)
	}
	f, err := adopt.Parse("public/feed.xml", []byte(doc))
	n.must(err)
	n.adopt(f)
	_, pub := n.pass()
	if len(pub.Holds) != 1 || pub.Holds[0].Subject != "atom.xml" || !strings.Contains(n.documents()["feed.xml"], ">g</guid>") {
		t.Errorf("got %v and %s, want the feed replaced", pub.Holds, n.documents()["feed.xml"])
	}
}

// The daemon adopts for a command, and publishes what came of it.
func TestDaemonAdopts(t *testing.T) {
	t.Parallel()
	n := filled(t, 2)
	lock, err := statefile.TryLock(n.path("herald.db"))
	n.must(err)
	t.Cleanup(func() { _ = lock.Unlock() })
	d := runDaemon(n)
	f := oldFeed(adopt.Item{ID: "old-1", URL: at("기사-01"), Published: day(1)})
	for title, want := range map[string]string{"새벽신문": `"id":"old-1"`, "another": "the running herald works with another config"} {
		settings := sealed(t, engine.Setting{Key: "site.title", Value: title})
		answer, err := engine.Ask(t.Context(), n.path("herald.db"), time.Now, engine.Request{Kind: engine.KindAdopt, Settings: settings, Adopt: f})
		var r engine.AdoptReport
		if err != nil || json.Unmarshal(answer, &r) != nil || !strings.Contains(string(answer), want) {
			t.Errorf("%s: got %s, %v, want %s", title, answer, err, want)
		}
	}
	d.wantFeed("after the adoption", ">old-1</guid>")
}
