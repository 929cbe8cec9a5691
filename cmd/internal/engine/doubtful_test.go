package engine_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger"
	"herald/feeds"
	"herald/sitemap"
)

// These tests look at places in which a small fault long went unseen: each fails where one line is taken away.

// What changes a published document and leaves its size is not seen by a look. Documents are read whole once a day, and at start.
func TestADocumentOfEqualSizeComesBackWithinADay(t *testing.T) {
	for name, restart := range map[string]bool{"within a day": false, "at start": true} {
		t.Run(name, func(t *testing.T) {
			n := filled(t, 3)
			want := n.documents()
			for at, body := range want {
				n.must(os.WriteFile(n.path("public", at), []byte(strings.Repeat("x", len(body))), 0o644))
			}
			if restart {
				n.open()
			} else {
				n.now = n.now.Add(24*time.Hour - time.Minute)
			}
			n.pass()
			for at, body := range n.documents() {
				if body != want[at] && at != "robots.txt" { // of which only a block is ours
					t.Errorf("%s: got %.60q, want it as it was published", at, body)
				}
			}
			if urls, topics := n.world.heard(); len(urls)+len(topics) > 0 {
				t.Errorf("told %q and %q, want nothing", urls, topics)
			}
		})
	}
}

// The files of the sitemap's index are cut by the months of the site's zone, in both directions.
func TestTheSitemapsMonthIsThatOfTheSitesZone(t *testing.T) {
	for zone, want := range map[string]string{"Asia/Seoul": "2026-02", "UTC": "2026-01", "America/New_York": "2026-01"} {
		t.Run(zone, func(t *testing.T) {
			where, err := time.LoadLocation(zone)
			if err != nil {
				t.Fatal(err)
			}
			n := newNewsroom(t, func(s *settings) { s.Site.Zone, s.Sitemap.URLsPerFile = where, 2 })
			n.write("밤.md", "---\ntitle: 밤\ndate: 2026-01-31T23:30:00Z\n---\n그믐밤에 눈이 내렸다.\n")
			n.write("낮.md", "---\ntitle: 낮\ndate: 2026-06-15T12:00:00Z\n---\n한낮에 해가 났다.\n")
			n.write("봄.md", "---\ntitle: 봄\ndate: 2026-04-15T12:00:00Z\n---\n들에 꽃이 피었다.\n")
			n.pass()
			if got := n.filedURLs()[at("밤")]; got != "sitemap-"+want+".xml" {
				t.Errorf("the last night of January in UTC: got it in %q, want the file of %s", got, want)
			}
		})
	}
}

// When site.url moves, the images that the sitemap lists move with the articles; those of other hosts stay.
func TestImagesMoveWithTheSite(t *testing.T) {
	n := newNewsroom(t)
	n.write("그림.md", "---\ntitle: 그림\nimage: /img/a.jpg\n---\n벽에 그림을 그렸다.\n")
	n.write("딸린.md", "---\ntitle: 딸린\nimage: b.png\n---\n곁에 둔 그림이다.\n")
	n.write("남의.md", "---\ntitle: 남의\nimage: https://cdn.example.com/c.png\n---\n빌려 온 그림이다.\n")
	n.pass()
	n.siteURL, n.force = "https://new.example.org", true
	n.open()
	n.pass()
	urls, _, _, err := sitemap.Read([]byte(n.read("sitemap.xml")))
	n.must(err)
	if len(urls) != 3 {
		t.Errorf("URLs: got %d, want 3", len(urls))
	}
	doc := n.read("sitemap.xml")
	if strings.Contains(doc, base+"/") {
		t.Errorf("got the old host in the sitemap, want it nowhere:\n%s", doc)
	}
	for _, image := range []string{"https://new.example.org/img/a.jpg", "/b.png", "https://cdn.example.com/c.png"} {
		if !strings.Contains(doc, image+"</image:loc>") {
			t.Errorf("got no image %s, want it:\n%s", image, doc)
		}
	}
}

// Another key of IndexNow stands beside the old one, which engines may still look for; without IndexNow none stands. A key of
// eight letters, the shortest, is one like any other, also when the state is lost.
func TestTheFilesOfIndexNowKeys(t *testing.T) {
	const first, second = "abcdEF-1", "0123456789abcdef"
	key := first
	n := newNewsroom(t, func(s *settings) {
		if s.Notify.IndexNowKey = key; key == "off" {
			s.Notify.IndexNow = nil
		}
	})
	n.write("소식.md", article("소식", "본문"))
	stand := func(when string, want ...string) {
		t.Helper()
		n.open()
		n.pass()
		var got []string
		for name, body := range n.documents() {
			if key, is := strings.CutSuffix(name, ".txt"); is && name != "robots.txt" {
				if got = append(got, key); body != key {
					t.Errorf("%s: %s holds %q, want its name", when, name, body)
				}
			}
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s: got the keys %q, want %q", when, got, want)
		}
	}
	stand("a short key", first)
	n.lose()
	key = "" // what stands is taken up
	stand("a lost state", first)
	key = second
	stand("another key", second, first)
	stand("the same key", second, first)
	key = "off"
	stand("no IndexNow")
}

// The index says of a file that an entry left that it changed on that day, whatever takes the entry away.
func TestTheIndexTellsThatAnEntryLeft(t *testing.T) {
	for name, leave := range map[string]func(n *newsroom, article string){
		"removed":       func(n *newsroom, name string) { n.remove(name) },
		"a draft again": func(n *newsroom, name string) { n.write(name, numbered(3, "draft: true")) },
		"hidden":        func(n *newsroom, name string) { n.write(name, numbered(3, "sitemap: false", "minor: true")) },
		"by its expiry": func(n *newsroom, name string) {
			n.write(name, numbered(3, "minor: true", "expires: "+n.now.Add(3*time.Minute).Format(time.RFC3339)))
			n.pass()
			n.now = n.now.Add(time.Hour)
		},
	} {
		t.Run(name, func(t *testing.T) {
			n := daily(t, 40)
			file := n.filedURLs()[base+"/n003/"]
			n.now = n.now.AddDate(0, 0, 3)
			before := n.lastmodOf(file)
			leave(n, numberedName(3))
			n.pass()
			if after := n.lastmodOf(file); !after.After(before) || after.Format(time.DateOnly) != n.now.Format(time.DateOnly) {
				t.Errorf("lastmod of %s: got %v after %v, want the day on which the entry left", file, after, before)
			}
			if n.filedURLs()[base+"/n003/"] != "" {
				t.Error("got the entry, want it gone")
			}
		})
	}
}

// lastmodOf returns what the index says of one of its files.
func (n *newsroom) lastmodOf(file string) time.Time {
	n.t.Helper()
	_, index, _, err := sitemap.Read([]byte(n.read("sitemap.xml")))
	n.must(err)
	for _, child := range index {
		if strings.HasSuffix(child.Loc, "/"+file) {
			return child.LastMod
		}
	}
	n.t.Fatalf("%s is not in the index", file)
	return time.Time{}
}

// Of ten articles shares are counted, of nine only an emptied source is held.
func TestSharesAreCountedFromTenArticles(t *testing.T) {
	for count, want := range map[int]string{9: "", 10: hold.Removed, 11: hold.Removed} {
		n := port(t, count)
		for i := range 4 {
			n.remove(fmt.Sprintf("%03d.md", i))
		}
		if got := n.scan(intake.ScanOptions{}); got != want {
			t.Errorf("4 of %d removed: got the hold %q, want %q", count, got, want)
		}
	}
}

// A hold that the operator has released is gone with the publication that lets its change through.
func TestAReleasedHoldIsGoneAtOnce(t *testing.T) {
	for _, force := range []bool{false, true} {
		n := newNewsroom(t)
		n.write("소식.md", article("소식", "본문"))
		n.must(os.WriteFile(n.path("public", "feed.xml"), []byte("<rss/>"), 0o644))
		_, pub := n.pass()
		if n.force = force; !force {
			_, err := n.rooms.Approve(context.Background(), pub.Holds[0].ID)
			n.must(err)
		}
		n.pass()
		n.must(n.ledger.Read(t.Context(), func(tx *ledger.Tx) error {
			holds, err := tx.Holds()
			if len(holds) > 0 {
				t.Errorf("force %t: got %+v, want no hold", force, holds)
			}
			return err
		}))
	}
}

// What was another host's is the site's own once site.url has moved there, and the other way round.
func TestCanonicalURLsAreJudgedAnewWhenTheSiteMoves(t *testing.T) {
	n := newNewsroom(t)
	n.write("옛집.md", "---\ntitle: 옛집\ncanonical_url: "+base+"/x/\n---\n옛집 이야기\n")
	n.write("새집.md", "---\ntitle: 새집\ncanonical_url: https://new.example.org/y/\n---\n새집 이야기\n")
	n.pass()
	listed := func(when string, old, moved bool) {
		t.Helper()
		filed, in := n.filedURLs(), func(name string) string { return n.siteURL + strings.TrimPrefix(at(name), base) }
		if filed[in("옛집")] != "" != old || filed[in("새집")] != "" != moved {
			t.Errorf("%s: got %q, want the one of the old host in it: %t, of the new: %t", when, filed, old, moved)
		}
	}
	listed("before", true, false)
	n.siteURL, n.force = "https://new.example.org", true
	n.open()
	n.pass()
	listed("after", false, true)
}

// An id that is no IRI stands in RSS and JSON Feed as it is and in Atom as a tag: after a loss the former count, whichever of
// them stands beside Atom.
func TestALostLedgerTakesIDsFromOthersBeforeAtom(t *testing.T) {
	for name, tweak := range map[string]func(*settings){
		"beside RSS": func(s *settings) { s.Feed.JSON = "" }, "beside JSON Feed": func(s *settings) { s.Feed.RSS = "" },
	} {
		n := newNewsroom(t, tweak)
		n.write("번호.md", "---\ntitle: 번호\nid: 기사 17\ndate: 2026-03-01T08:00:00Z\n---\n번호만 있다.\n")
		n.pass()
		want := n.documents()
		n.write("번호.md", "---\ntitle: 번호\ndate: 2026-03-01T08:00:00Z\n---\n번호만 있다.\n")
		n.lose()
		n.pass()
		for _, doc := range []string{"feed.xml", "feed.json"} {
			if got := n.read(doc); want[doc] != "" && (!strings.Contains(want[doc], "기사 17") || !strings.Contains(got, "기사 17")) {
				t.Errorf("%s: got no id of before in %s:\n%s", name, doc, got)
			}
		}
		if got := atomIDs(n.read("atom.xml")); !slices.Equal(got, atomIDs(want["atom.xml"])) {
			t.Errorf("%s: got the ids %q in Atom, want %q", name, got, atomIDs(want["atom.xml"]))
		}
	}
}

// Pages of the config that stand in a sitemap's file of their own are no lost articles.
func TestALostLedgerTakesNoPageForAnArticle(t *testing.T) {
	n := newNewsroom(t, func(s *settings) { s.Sitemap.URLsPerFile, s.Sitemap.Pages = 2, []string{"/", "/about/", "/team/"} })
	for _, name := range []string{"가", "나", "다"} {
		n.write(name+".md", article(name, name+" 이야기"))
	}
	n.pass()
	if n.read("sitemap-pages.xml") == "" {
		t.Fatal("no file of pages")
	}
	n.lose()
	n.pass()
	n.must(n.ledger.Read(t.Context(), func(tx *ledger.Tx) error {
		left, err := tx.RemovedCount(ledger.Recovered)
		if left != 0 {
			t.Errorf("recovered and not taken up: got %d, want none", left)
		}
		return err
	}))
}

// What waits since the first scan is no news when it enters, also where it was edited while it waited; what came later is news.
func TestAnEditOfWhatWaitsSinceTheFirstScanIsNoNews(t *testing.T) {
	b := newBuilder(t)
	n := newNewsroom(t, func(s *settings) { s.Sources[0].Live = true })
	n.write("early.md", article("이른 글", "처음부터 있었다."))
	n.pass()
	n.write("early.md", article("이른 글", "기다리는 동안 고쳤다."))
	n.write("late.md", article("늦은 글", "나중에 왔다."))
	n.pass()
	n.write("late.md", article("늦은 글", "이것도 고쳤다."))
	n.pass()
	b.set("/early/", 200)
	n.ask(b)
	n.pass()
	n.deliver()
	if urls, topics := n.world.heard(); len(urls)+len(topics) > 0 {
		t.Errorf("told %q and %q of the early one, want nothing", urls, topics)
	}
	b.set("/late/", 200)
	n.ask(b)
	n.pass()
	n.deliver()
	if urls, _ := n.world.heard(); !slices.Equal(urls, []string{at("late")}) {
		t.Errorf("told %q, want the late one", urls)
	}
}

// minor: true hides a change of words from the world, never a change of the URL.
func TestAMinorChangeOfTheURLIsTold(t *testing.T) {
	n := filled(t, 3)
	n.write("기사-01.md", "---\ntitle: 마을 소식 1\npermalink: /moved/\nminor: true\n---\n바람마을에서 1번째 장이 열렸다.\n")
	n.pass()
	n.deliver()
	urls, topics := n.world.heard()
	slices.Sort(urls)
	want := []string{base + "/moved/", at("기사-01")}
	slices.Sort(want)
	if !slices.Equal(urls, want) || len(topics) == 0 {
		t.Errorf("told %q and %q, want %q and the feeds", urls, topics, want)
	}
}

// A time of change that is still to come is not believed.
func TestATimeOfChangeInTheFutureIsNotBelieved(t *testing.T) {
	n := newNewsroom(t)
	n.write("내일.md", "---\ntitle: 내일\ndate: 2026-03-01T08:00:00Z\nlast_modified_at: 2026-12-24T08:00:00Z\n---\n앞서간 시계\n")
	n.write("어제.md", "---\ntitle: 어제\ndate: 2026-03-02T08:00:00Z\nlast_modified_at: 2026-11-21T08:00:00Z\n---\n맞는 시계\n")
	n.pass()
	if doc := n.read("sitemap.xml"); strings.Contains(doc, "2026-12-24") || !strings.Contains(doc, "2026-03-01") || !strings.Contains(doc, "2026-11-21") {
		t.Errorf("got another lastmod than the date of the one and the change of the other:\n%s", doc)
	}
}

// A minor change takes nothing back of what is still to be told: an article that came, and was mended before it was published, is news.
func TestAMinorChangeBeforePublishingHidesNoNews(t *testing.T) {
	n := filled(t, 2)
	n.write("새.md", article("새 소식", "본문"))
	n.now = n.now.Add(time.Minute)
	_, err := n.rooms.Scan(t.Context(), "articles", intake.ScanOptions{})
	n.must(err)
	n.write("새.md", "---\ntitle: 새 소식\nminor: true\n---\n\n고친 본문\n")
	n.pass()
	n.deliver()
	if urls, topics := n.world.heard(); !slices.Equal(urls, []string{at("새")}) || len(topics) == 0 {
		t.Errorf("told %q and %q, want the new article and the feeds", urls, topics)
	}
}

// A lost state is no first run: what comes undated beside recovered articles has a time of change.
func TestWhatComesWithALossHasALastmod(t *testing.T) {
	n := filled(t, 3)
	n.write("뒤에.md", article("뒤에", "잃은 뒤에 왔다."))
	n.lose()
	n.pass()
	urls, _, _, err := sitemap.Read([]byte(n.read("sitemap.xml")))
	n.must(err)
	for _, u := range urls {
		if u.Loc == at("뒤에") && u.LastMod.IsZero() {
			t.Error("got no lastmod, want one")
		}
	}
}

// A section is not touched by an article that leaves it from beyond its last item.
func TestWhatASectionDoesNotShowLeavesItInPeace(t *testing.T) {
	n := newNewsroom(t, sections(
		edition.Feed{Name: "news", Paths: map[feeds.Kind]string{feeds.Atom: "/news.xml"}, Where: ledger.Where{Terms: ledger.Terms{ledger.ByCategory: {"소식"}}}, Items: 2, Content: feeds.Full},
	))
	for day := 1; day <= 4; day++ {
		n.write(fmt.Sprintf("%d.md", day), filed(day, "본문", "소식"))
	}
	n.pass()
	n.deliver()
	n.world.heard()
	before := n.read("news.xml")
	n.write("1.md", filed(1, "본문", "지난일"))
	_, pub := n.pass()
	n.deliver()
	if _, topics := n.world.heard(); n.read("news.xml") != before || len(topics) > 0 || slices.Contains(pub.Written, "news.xml") {
		t.Errorf("written %q, told %q, want neither of the section", pub.Written, topics)
	}
}
