package engine_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/intake"
	"herald/cmd/internal/outbox"
	"herald/source/files"
	"herald/source/reader"
)

// What random histories found, each by a test of its own: a history loses its meaning when the steps
// that it is made of change.

// loseState deletes the ledger and begins anew.
func (n *newsroom) loseState() {
	n.t.Helper()
	n.closeState()
	n.now = n.now.Add(time.Hour)
	n.open()
}

// find returns the item of a file name in the JSON Feed.
func (n *newsroom) find(name string) item {
	n.t.Helper()
	for _, i := range n.items() {
		if i.URL == at(name) {
			return i
		}
	}
	n.t.Fatalf("no item of %s", name)
	return item{}
}

func TestI15WhoStandsAtAURLKeepsItWhileItIsEdited(t *testing.T) {
	n := newNewsroom(t)
	n.write("가.md", article("가", "먼저"))
	n.write("나.md", article("나", "나중"))
	n.pass()
	n.write("가.md", "---\ntitle: 가\npermalink: /나/\n---\n\n먼저\n")
	n.write("나.md", article("나", "나중, 고침"))
	scan, _ := n.pass()
	if len(scan.Refused) != 1 || scan.Refused[0].Key != "가.md" || !strings.Contains(n.find("나").HTML, "고침") {
		t.Fatalf("%+v, %q", scan.Refused, n.find("나").HTML)
	}
}

// A file that now says what a removed one said is still what stands at its URL.
func TestARenamedSourceKeepsItsArticlesBeforeRemovedOnes(t *testing.T) {
	n := filled(t, 12, func(s *settings) { s.Guard = nil })
	text, err := os.ReadFile(n.path("articles", "기사-02.md"))
	n.must(err)
	n.remove("기사-02.md")
	n.write("기사-05.md", string(text))
	n.pass()
	before := n.documents()
	scan := n.renameSource()
	if pub := n.publish(false); len(scan.Refused) != 0 || len(pub.Notices) != 0 || !maps.Equal(before, n.documents()) {
		t.Errorf("refused %+v, queued %+v", scan.Refused, pub.Notices)
	}
}

func TestARenamedSourceKeepsIDsAgainstLaterClaims(t *testing.T) {
	n := filled(t, 12, func(s *settings) { s.Guard = nil })
	n.write("기사-05.md", "---\ntitle: 마을 소식 5\nid: urn:x:2\n---\n\n본문\n")
	n.write("기사-06.md", "---\ntitle: 마을 소식 6\nid: "+at("기사-07")+"\n---\n\n본문 6\n")
	n.pass()
	before := n.documents()
	scan := n.renameSource()
	refused := len(scan.Refused) == 1 && scan.Refused[0].Key == "기사-06.md" && scan.Refused[0].LastGood // as it was before
	if pub := n.publish(false); !refused || len(pub.Notices) != 0 || !maps.Equal(before, n.documents()) {
		t.Errorf("refused %+v, queued %+v", scan.Refused, pub.Notices)
	}
}

// Undated articles whose permalinks have a date in them, a draft among them.
func TestARenamedSourceKeepsDatesInURLs(t *testing.T) {
	n := patterned(t, "/:year/:month/:day/:name/")
	for i := range 4 {
		n.write(fmt.Sprintf("글-%d.md", i), article(fmt.Sprintf("글 %d", i), fmt.Sprintf("%d번째 글", i)))
	}
	n.write("초고.md", "---\ntitle: 초고\ndraft: true\n---\n\n아직 낼 수 없다.\n")
	n.pass()
	before := n.documents()
	n.now = n.now.AddDate(0, 0, 9)
	scan := n.renameSource()
	if pub := n.publish(false); len(scan.Refused) != 0 || len(pub.Notices) != 0 || !maps.Equal(before, n.documents()) {
		t.Errorf("refused %+v, queued %+v", scan.Refused, pub.Notices)
	}
}

func TestALostLedgerKeepsIDsAgainstLaterClaims(t *testing.T) {
	n := newNewsroom(t)
	for _, name := range []string{"가", "나", "다"} {
		n.write(name+".md", article(name, "본문 "+name))
	}
	n.pass()
	n.write("가.md", "---\ntitle: 가\nid: "+at("다")+"\n---\n\n본문\n") // too late: ids never change
	n.write("나.md", "---\ntitle: 나\nid: "+at("다")+"\n---\n\n본문\n")
	n.pass()
	n.loseState()
	scan, pub := n.pass()
	if len(scan.Refused)+len(pub.Notices) != 0 {
		t.Fatalf("%+v %+v", scan.Refused, pub.Notices)
	}
	for _, name := range []string{"가", "나", "다"} {
		if id := n.find(name).ID; id != at(name) {
			t.Errorf("%s has id %q", name, id)
		}
	}
	if scan, pub = n.pass(); pub.Edition != 0 || len(scan.Refused) != 0 {
		t.Errorf("not idle: %+v", pub)
	}
}

// An article that no feed shows must not take, by its URL, the id that another is known by.
func TestALostLedgerKeepsIDsAgainstURLs(t *testing.T) {
	n := newNewsroom(t, func(s *settings) { s.Feed.Items = 1 })
	n.write("나.md", "---\ntitle: 나\ndate: 2026-03-01\n---\n\n본문\n")
	n.pass()
	n.rename("나.md", "다.md")
	n.write("가.md", "---\ntitle: 가\ndate: 2026-01-01\n---\n\n본문 가\n")
	n.pass()
	n.write("가.md", "---\ntitle: 가\ndate: 2026-01-01\npermalink: /나/\n---\n\n본문 가\n")
	n.pass()
	n.loseState()
	if scan, _ := n.pass(); len(scan.Refused) != 0 || n.find("다").ID != at("나") {
		t.Errorf("%+v, id %q", scan.Refused, n.find("다").ID)
	}
}

func TestALostLedgerKeepsFeedTimesForTheirArticles(t *testing.T) {
	n := newNewsroom(t, func(s *settings) { s.Feed.Items = 1 })
	n.write("가.md", "---\ntitle: 가\ndate: 2026-01-01\n---\n\n본문\n")
	n.write("나.md", "---\ntitle: 나\ndate: 2026-03-01\n---\n\n본문\n")
	n.pass()
	n.write("나.md", "---\ntitle: 나\ndate: 2026-03-01\n---\n\n고친 본문\n")
	n.look("나.md")
	n.write("가.md", "---\ntitle: 가\ndate: 2026-01-01\n---\n\n고친 본문 가\n")
	n.now = n.now.Add(-time.Minute) // changed in the same second
	n.pass()
	before := n.find("나").Modified
	n.loseState()
	n.pass()
	if after := n.find("나").Modified; !after.Equal(before) {
		t.Errorf("modified %v, was %v", after, before)
	}
}

// The URL of an undated article holds the day of its first sight.
func TestALostLedgerKeepsDatesInURLs(t *testing.T) {
	n := newNewsroom(t)
	n.tweak = append(n.tweak, func(s *settings) {
		src, err := files.New(files.Config{Root: n.path("articles"), Reading: reader.Reading{Pattern: "/:year/:month/:day/:name/"}})
		n.must(err)
		s.Sources[0].Source, s.Sources[0].ReadAs = src, src.ReadAs()
	})
	n.open()
	n.write("가.md", article("가", "본문"))
	n.write("나.md", article("나", "본문 나"))
	n.pass()
	before := n.documents()
	n.now = n.now.AddDate(1, 0, 0)
	n.loseState()
	n.pass()
	if after := n.documents(); !maps.Equal(before, after) {
		t.Errorf("feed.json:\n%s\n--- was ---\n%s", after["feed.json"], before["feed.json"])
	}
}

func TestALostLedgerForgetsNoChildOfTheSitemap(t *testing.T) {
	n := newNewsroom(t, func(s *settings) { s.Sitemap.URLsPerFile = 2 })
	for _, month := range []string{"01", "02", "03"} {
		n.write("2026-"+month+"-01-소식"+month+".md", article("소식 "+month, "본문"))
	}
	n.pass()
	n.remove("2026-02-01-소식02.md")
	n.loseState()
	n.pass()
	if body, stands := n.documents()["sitemap-2026-02.xml"]; stands {
		t.Errorf("nothing names it, and it stands for ever:\n%s", body)
	}
	n.wholeDocuments()
}

func TestALostLedgerOnANewHostKeepsAtomsIDs(t *testing.T) {
	n := newNewsroom(t)
	n.write("가.md", "---\ntitle: 가\nid: 기사 번호 3\n---\n\n본문\n")
	n.pass()
	n.siteURL = "https://www.example.net"
	n.open()
	n.force = true
	n.pass()
	n.force = false
	before := n.read("atom.xml")
	if !strings.Contains(before, "tag:news.example.org,") {
		t.Fatalf("no minted id:\n%s", before)
	}
	n.loseState()
	n.pass()
	if after := n.read("atom.xml"); after != before {
		t.Errorf("atom.xml:\n%s\n--- was ---\n%s", after, before)
	}
}

func TestAChangeOutOfSightMovesItsTime(t *testing.T) {
	n := filled(t, 3)
	before := n.find("기사-01").Modified
	due := n.now.Add(time.Hour)
	n.write("기사-01.md", "---\ntitle: 마을 소식 1\ndate: "+due.Format(time.RFC3339)+"\n---\n\n고쳐서 다시 낸다.\n")
	n.pass()
	n.now = due
	n.pass()
	if after := n.find("기사-01").Modified; !after.After(before) {
		t.Errorf("modified %v, was %v before it was away", after, before)
	}
}

func TestTwoChangesInOneSecondMoveTwoTimes(t *testing.T) {
	n := filled(t, 3)
	var times []time.Time
	for _, words := range []string{"하나", "둘", "셋"} {
		n.write("기사-01.md", article("마을 소식 1", words))
		n.look("기사-01.md")
		n.now = n.now.Add(-time.Minute)
		times = append(times, n.find("기사-01").Modified)
	}
	if !slices.IsSortedFunc(times, time.Time.Compare) || times[0].Equal(times[1]) || times[1].Equal(times[2]) {
		t.Errorf("modified %v", times)
	}
}

func TestUndatedIsObeyedWithoutATouch(t *testing.T) {
	n := filled(t, 3)
	for _, rule := range []struct {
		undated intake.Undated
		items   int
	}{{intake.SitemapOnly, 0}, {intake.FirstSeen, 3}, {"", 3}} {
		n.tweak = append(n.tweak, func(s *settings) { s.Sources[0].Undated = rule.undated })
		n.open()
		if n.pass(); len(n.items()) != rule.items {
			t.Errorf("undated %q: %d items, want %d", rule.undated, len(n.items()), rule.items)
		}
	}
}

func TestAnArticleThatNoFeedShowsLeavesThemAlone(t *testing.T) {
	n := filled(t, 4, func(s *settings) { s.Feed.Items = 3 })
	before := n.read("atom.xml")
	n.remove("기사-00.md") // the oldest, behind a full feed
	_, pub := n.pass()
	if n.read("atom.xml") != before || slices.ContainsFunc(pub.Notices, func(n outbox.Notice) bool { return n.Channel == "topic" }) {
		t.Errorf("written %q, queued %+v", pub.Written, pub.Notices)
	}
}

// Who was refused because of a URL must not leave its id to the one that has the URL.
func TestALostLedgerGivesNoIDToTheHolderOfAURL(t *testing.T) {
	n := newNewsroom(t)
	due := n.now.Add(3 * time.Hour)
	n.write("가.md", "---\ntitle: 가\ndate: "+due.Format(time.RFC3339)+"\n---\n\n나중에 낼 글이다.\n")
	n.write("나.md", article("나", "먼저 낸 글이다."))
	n.pass()
	n.write("나.md", "---\ntitle: 나\npermalink: /가/\n---\n\n먼저 낸 글이다.\n")
	if scan, _ := n.pass(); len(scan.Refused) != 1 {
		t.Fatalf("%+v", scan)
	}
	n.loseState()
	n.pass()
	n.now = due
	if n.pass(); n.find("가").ID != at("가") {
		t.Errorf("id %q", n.find("가").ID)
	}
	n.write("나.md", article("나", "먼저 낸 글이다."))
	if n.pass(); n.find("나").ID != at("나") {
		t.Errorf("id %q", n.find("나").ID)
	}
}

// A post whose moment comes while a new host is held is told once the host is let through.
func TestWhatBecomesDueWhileTheHostIsHeldIsTold(t *testing.T) {
	n := filled(t, 3)
	due := n.now.Add(2 * time.Minute)
	n.write("예약.md", "---\ntitle: 예약\ndate: "+due.Format(time.RFC3339)+"\n---\n\n예약한 글이다.\n")
	n.pass()
	n.siteURL = "https://www.example.net"
	n.open()
	if scan, _ := n.pass(); scan.Hold == nil {
		t.Fatalf("not held: %+v", scan)
	}
	n.now, n.force = due, true
	n.pass()
	n.deliver()
	want := n.siteURL + strings.TrimPrefix(at("예약"), base)
	if urls, _ := n.world.heard(); !slices.Equal(urls, []string{want}) {
		t.Errorf("told %q, want %q", urls, want)
	}
}

// A minor change is told to nobody, but where it takes the article away or brings it back.
func TestAMinorChangeThatTakesAnArticleAwayIsTold(t *testing.T) {
	n := filled(t, 3)
	for _, step := range []struct {
		text string
		told bool
	}{
		{"---\ntitle: 가\n---\n새로 온 글이다.\n", true},
		{"---\ntitle: 가\nminor: true\n---\n새로 온 글이다. 오자를 고쳤다.\n", false},
		{"---\ntitle: 가\nminor: true\nrobots: noindex\n---\n새로 온 글이다.\n", true},
		{"---\ntitle: 가\nminor: true\n---\n새로 온 글이다.\n", true},
		{"---\ntitle: 가\nminor: true\ndraft: true\n---\n새로 온 글이다.\n", true},
	} {
		n.now = n.now.Add(time.Hour)
		n.write("가.md", step.text)
		n.pass()
		n.deliver()
		if urls, _ := n.world.heard(); slices.Contains(urls, at("가")) != step.told {
			t.Errorf("told %q after\n%s", urls, step.text)
		}
	}
}
