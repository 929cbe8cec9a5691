package edition_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/publish"
)

const base = "https://news.example.org"

func article(title, body string) string {
	return "---\ntitle: " + title + "\n---\n\n<p>" + body + "</p>\n"
}

// filled is a newsroom with n undated articles, published once.
func filled(t testing.TB, count int, tweak ...func(*edition.Settings)) *newsroom {
	n := newNewsroom(t, tweak...)
	for i := range count {
		n.write(fmt.Sprintf("기사-%02d.md", i), article(fmt.Sprintf("마을 소식 %d", i), fmt.Sprintf("바람마을에서 %d번째 장이 열렸다.", i)))
	}
	n.pass()
	n.deliver()
	n.world.heard()
	return n
}

func TestFirstScanIsQuietAndDatesEachArticle(t *testing.T) {
	n := newNewsroom(t)
	for i := range 5 {
		n.write(fmt.Sprintf("%d.md", i), article(fmt.Sprintf("소식 %d", i), "본문"))
	}
	scan, pub := n.pass()
	if !scan.First || scan.Added != 5 || len(pub.Notices) != 0 {
		t.Fatalf("first scan: %+v, notices %+v", scan, pub.Notices)
	}
	items := n.items()
	if len(items) != 5 || items[0].URL != base+"/4/" {
		t.Fatalf("items: %+v", items)
	}
	for i := 1; i < len(items); i++ {
		if !items[i].Published.Before(items[i-1].Published) {
			t.Errorf("times do not fall strictly: %v then %v", items[i-1].Published, items[i].Published)
		}
	}
	if strings.Contains(n.read("sitemap.xml"), "lastmod") {
		t.Error("a first sight in a first scan is no lastmod")
	}
	n.deliver()
	if urls, topics := n.world.heard(); len(urls)+len(topics) > 0 {
		t.Errorf("a first scan tells nobody, but told %q %q", urls, topics)
	}
}

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

func TestI1RenameRetitleAndNewHostKeepIDs(t *testing.T) {
	n := filled(t, 12)
	before := n.ids()
	n.rename("기사-03.md", "지역/옮긴 기사.md")
	n.write("기사-05.md", article("새 제목", "바람마을에서 5번째 장이 열렸다."))
	scan, _ := n.pass()
	if scan.Renamed != 1 || scan.Added != 0 || scan.Removed != 0 {
		t.Fatalf("%+v", scan)
	}
	want := slices.Sorted(maps.Values(before))
	if got := slices.Sorted(maps.Values(n.ids())); !slices.Equal(got, want) {
		t.Fatalf("ids: %q, want %q", got, want)
	}
	moved := base + "/%EC%A7%80%EC%97%AD/%EC%98%AE%EA%B8%B4%20%EA%B8%B0%EC%82%AC/"
	if n.ids()[moved] != base+"/%EA%B8%B0%EC%82%AC-03/" {
		t.Errorf("the moved article has id %q", n.ids()[moved])
	}
	n.sameAsClean()

	n.siteURL = "https://www.example.net/news"
	n.open()
	scan, _ = n.pass()
	if scan.Hold == nil || scan.Hold.Kind != edition.HoldSiteURL {
		t.Fatalf("a new host is not held: %+v", scan)
	}
	if strings.Contains(n.read("feed.xml"), "example.net") {
		t.Fatal("a held change shows")
	}
	_, err := n.edition.Approve(context.Background(), scan.Hold.ID)
	n.must(err)
	_, pub := n.pass()
	if got := slices.Sorted(maps.Values(n.ids())); !slices.Equal(got, want) || len(pub.Notices) > 0 {
		t.Fatalf("after the new host: ids %q, notices %v", got, pub.Notices)
	}
	n.sameAsClean()
}

func TestI5UndatedArticlesKeepTheirDates(t *testing.T) {
	n := filled(t, 3)
	before := n.items()
	n.write("기사-01.md", article("마을 소식 1", "고쳐 쓴 본문"))
	n.now = n.now.AddDate(1, 0, 0)
	n.pass()
	for i, item := range n.items() {
		if !item.Published.Equal(before[i].Published) {
			t.Errorf("%s: published moved from %v to %v", item.URL, before[i].Published, item.Published)
		}
		if edited := strings.HasSuffix(item.URL, "-01/"); edited != item.Modified.After(before[i].Modified) {
			t.Errorf("%s: modified %v, before %v", item.URL, item.Modified, before[i].Modified)
		}
	}
	if got := strings.Count(n.read("sitemap.xml"), "<lastmod>"); got != 1 {
		t.Errorf("%d lastmods, want that of the edited article", got)
	}
}

func TestMinorAdvancesNothing(t *testing.T) {
	n := filled(t, 3)
	before := n.items()
	n.write("기사-01.md", "---\ntitle: 마을 소식 1\nminor: true\n---\n\n<p>오타를 고친 본문</p>\n")
	_, pub := n.pass()
	items := n.items()
	if !strings.Contains(items[1].HTML, "오타를 고친") || !items[1].Modified.Equal(before[1].Modified) || len(pub.Notices) > 0 {
		t.Errorf("%+v, notices %+v", items[1], pub.Notices)
	}
}

func TestNoticesNameExactlyWhatChanged(t *testing.T) {
	n := filled(t, 12)
	steps := []struct {
		name   string
		do     func()
		urls   []string
		topics int
	}{
		{"edit", func() { n.write("기사-02.md", article("마을 소식 2", "다른 본문")) }, []string{base + "/%EA%B8%B0%EC%82%AC-02/"}, 3},
		{"add", func() { n.write("new.md", article("새 소식", "본문")) }, []string{base + "/new/"}, 3},
		{"rename", func() { n.rename("new.md", "newer.md") }, []string{base + "/new/", base + "/newer/"}, 3},
		{"delete", func() { n.remove("newer.md") }, []string{base + "/newer/"}, 3},
		{"nothing", func() {}, nil, 0},
		{"refuse", func() { n.write("기사-02.md", "---\ntitle: x\ndate: 언젠가\n---\n") }, nil, 0},
	}
	for _, s := range steps {
		s.do()
		n.pass()
		n.open() // a restart loses nothing and says nothing twice
		n.deliver()
		n.deliver()
		urls, topics := n.world.heard()
		slices.Sort(urls)
		if !slices.Equal(urls, s.urls) || len(topics) != s.topics {
			t.Errorf("%s: told %q and %d topics, want %q and %d", s.name, urls, len(topics), s.urls, s.topics)
		}
		n.sameAsClean()
	}
}

func TestN8DeliveryOutlivesFailures(t *testing.T) {
	n := filled(t, 3)
	failures := 3
	n.world.answer = func(path string) (int, string) {
		if path == "/indexnow" && failures > 0 {
			failures--
			return 503, ""
		}
		return 0, ""
	}
	n.write("기사-00.md", article("마을 소식 0", "고침"))
	n.pass()
	for range 3 {
		report := n.deliver()
		if len(report.Waiting) != 1 {
			t.Fatalf("%+v", report)
		}
		if report = n.deliver(); len(report.Waiting)+len(report.Delivered) != 0 {
			t.Fatalf("tried again at once: %+v", report)
		}
		n.now = n.now.Add(10 * time.Second)
		n.open()
	}
	if report := n.deliver(); len(report.Delivered) != 1 {
		t.Fatalf("%+v", report)
	}
	if urls, topics := n.world.heard(); len(urls) != 1 || len(topics) != 3 {
		t.Errorf("told %q %q", urls, topics)
	}
}

func TestN5DelayAndMinInterval(t *testing.T) {
	n := filled(t, 3, func(s *edition.Settings) {
		s.Notify.Delay, s.Notify.MinInterval, s.Notify.Hubs = 30*time.Second, 10*time.Minute, nil
	})
	for i := range 3 {
		n.write("기사-00.md", article("마을 소식 0", fmt.Sprint("고침 ", i)))
		n.now = n.now.Add(-50 * time.Second) // passes ten seconds apart
		n.pass()
		n.deliver()
	}
	if urls, _ := n.world.heard(); len(urls) != 0 {
		t.Fatalf("told within the delay: %q", urls)
	}
	n.now = n.now.Add(31 * time.Second)
	n.deliver()
	if urls, _ := n.world.heard(); len(urls) != 1 {
		t.Fatalf("after the delay: %q", urls)
	}
	n.write("기사-00.md", article("마을 소식 0", "또 고침"))
	n.pass()
	n.now = n.now.Add(time.Minute)
	if report := n.deliver(); len(report.Delivered) != 0 || report.Left != 0 {
		t.Fatalf("within min_interval: %+v", report)
	}
	n.now = n.now.Add(10 * time.Minute)
	if report := n.deliver(); len(report.Delivered) != 1 {
		t.Fatalf("after min_interval: %+v", report)
	}
}

func TestI10ScheduledAndExpiring(t *testing.T) {
	n := filled(t, 3)
	at := n.now.Add(10 * time.Minute).Truncate(time.Second)
	n.write("later.md", fmt.Sprintf("---\ntitle: 예고\ndate: %s\nexpires: %s\n---\n본문\n", at.Format(time.RFC3339), at.Add(time.Hour).Format(time.RFC3339)))
	n.pass()
	if strings.Contains(n.read("feed.xml")+n.read("sitemap.xml"), "/later/") {
		t.Fatal("it leaks early")
	}
	next, err := n.edition.Next(context.Background())
	if n.must(err); !next.Equal(at) {
		t.Fatalf("next %v, want %v", next, at)
	}
	publishAt := func(moment time.Time) {
		n.now = moment
		_, err := n.edition.Publish(context.Background(), edition.PublishOptions{})
		n.must(err)
		n.deliver()
	}
	publishAt(at)
	if !strings.Contains(n.read("feed.xml"), "/later/") || !strings.Contains(n.read("sitemap.xml"), "/later/") {
		t.Fatal("not out at its minute")
	}
	if urls, _ := n.world.heard(); !slices.Equal(urls, []string{base + "/later/"}) {
		t.Fatalf("told %q", urls)
	}
	publishAt(at.Add(time.Hour))
	if strings.Contains(n.read("feed.xml")+n.read("sitemap.xml"), "/later/") {
		t.Fatal("it outlives its end")
	}
	if urls, _ := n.world.heard(); !slices.Equal(urls, []string{base + "/later/"}) {
		t.Fatalf("its end told %q", urls)
	}
	n.sameAsClean()
}

func TestN9GuardHoldsAndApproveReleasesExactlyThat(t *testing.T) {
	n := filled(t, 20)
	before := n.documents()
	for i := range 5 {
		n.remove(fmt.Sprintf("기사-%02d.md", i))
	}
	scan, pub := n.pass()
	if scan.Hold == nil || scan.Hold.Kind != edition.HoldRemoved || pub.Edition != 0 || !maps.Equal(before, n.documents()) {
		t.Fatalf("%+v %+v", scan.Hold, pub)
	}
	shown := scan.Hold.ID
	if scan, _ = n.pass(); scan.Hold == nil || scan.Hold.ID != shown {
		t.Fatalf("the same hold has another number: %+v", scan.Hold)
	}
	_, err := n.edition.Approve(context.Background(), shown)
	n.must(err)
	n.remove("기사-05.md") // another change than the one shown
	if scan, _ = n.pass(); scan.Hold == nil || scan.Hold.ID == shown {
		t.Fatalf("an approval released another change: %+v", scan.Hold)
	}
	_, err = n.edition.Approve(context.Background(), 0)
	n.must(err)
	if scan, _ = n.pass(); scan.Hold != nil || scan.Removed != 6 {
		t.Fatalf("%+v", scan)
	}
	if len(n.items()) != 14 {
		t.Errorf("%d items", len(n.items()))
	}
	n.sameAsClean()
}

func TestHoldVanishesWithItsCause(t *testing.T) {
	n := filled(t, 20)
	n.must(os.Rename(n.path("articles"), n.path("away")))
	n.must(os.Mkdir(n.path("articles"), 0o755))
	if scan, _ := n.pass(); scan.Hold == nil || scan.Hold.Kind != edition.HoldEmptied {
		t.Fatalf("%+v", scan)
	}
	n.must(os.Remove(n.path("articles")))
	_, err := n.edition.Scan(context.Background(), "articles", edition.ScanOptions{})
	if err == nil {
		t.Fatal("a missing root is no error")
	}
	n.must(os.Rename(n.path("away"), n.path("articles")))
	if scan, pub := n.pass(); scan.Hold != nil || pub.Edition != 0 {
		t.Fatalf("%+v %+v", scan, pub)
	}
	status, err := n.edition.Status(context.Background())
	if n.must(err); len(status.Holds) != 0 {
		t.Errorf("holds left: %+v", status.Holds)
	}
}

func TestHeldArticlesKeepTheirFirstSight(t *testing.T) {
	n := filled(t, 20)
	for i := range 60 {
		n.write(fmt.Sprintf("more-%02d.md", i), article(fmt.Sprintf("더 %d", i), "본문"))
	}
	scan, _ := n.pass()
	if scan.Hold == nil || scan.Hold.Kind != edition.HoldAdded {
		t.Fatalf("%+v", scan)
	}
	seen := n.now
	_, err := n.edition.Approve(context.Background(), 0)
	n.must(err)
	n.now = n.now.AddDate(0, 0, 3)
	if scan, _ = n.pass(); scan.Hold != nil || scan.Added != 60 {
		t.Fatalf("%+v", scan)
	}
	if got := n.items()[0].Published; !got.Equal(seen) {
		t.Errorf("newest is dated %v, want the first sight %v", got, seen)
	}
}

func TestI14ARefusedArticleKeepsItsLastGoodVersion(t *testing.T) {
	n := filled(t, 12)
	before := n.documents()
	n.write("기사-04.md", "---\ntitle: [\n  깨진\n---\n")
	scan, pub := n.pass()
	if len(scan.Refused) != 1 || !scan.Refused[0].LastGood || pub.Edition != 0 || !maps.Equal(before, n.documents()) {
		t.Fatalf("%+v %+v", scan.Refused, pub)
	}
	if !strings.Contains(scan.Refused[0].Reason, "articles/기사-04.md:") {
		t.Errorf("reason %q names no place", scan.Refused[0].Reason)
	}
	n.write("기사-04.md", article("마을 소식 4", "바람마을에서 4번째 장이 열렸다."))
	if scan, _ = n.pass(); len(scan.Refused) != 0 || !maps.Equal(before, n.documents()) {
		t.Fatalf("%+v", scan)
	}
}

func TestI15TheEarlierKnownKeepsAURL(t *testing.T) {
	n := filled(t, 3)
	n.write("a.md", "---\ntitle: 나중\npermalink: /기사-01/\n---\n본문\n")
	scan, _ := n.pass()
	if len(scan.Refused) != 1 || !strings.Contains(scan.Refused[0].Reason, "articles/기사-01.md") || !strings.Contains(scan.Refused[0].Reason, "articles/a.md") {
		t.Fatalf("%+v", scan.Refused)
	}
	n.remove("기사-01.md")
	if scan, _ = n.pass(); len(scan.Refused) != 0 {
		t.Fatalf("still refused when the URL is free: %+v", scan.Refused)
	}
	n.sameAsClean()
}

func TestSwappedURLs(t *testing.T) {
	n := filled(t, 12)
	ids := n.ids()
	n.write("기사-01.md", "---\ntitle: 마을 소식 1\npermalink: /기사-02/\n---\n\n<p>하나</p>\n")
	n.write("기사-02.md", "---\ntitle: 마을 소식 2\npermalink: /기사-01/\n---\n\n<p>둘</p>\n")
	scan, _ := n.pass()
	if len(scan.Refused) != 0 || scan.Changed != 2 {
		t.Fatalf("%+v", scan)
	}
	one, two := base+"/%EA%B8%B0%EC%82%AC-01/", base+"/%EA%B8%B0%EC%82%AC-02/"
	if now := n.ids(); now[one] != ids[two] || now[two] != ids[one] {
		t.Errorf("ids did not follow their articles: %v", now)
	}
	n.deliver()
	if urls, _ := n.world.heard(); len(urls) != 2 {
		t.Errorf("told %q", urls)
	}
	n.sameAsClean()
}

func TestI3ClaimedIDs(t *testing.T) {
	n := newNewsroom(t)
	n.write("a.md", "---\ntitle: 가\nid: urn:x:1\n---\n본문\n")
	n.write("b.md", "---\ntitle: 나\nid: urn:x:1\n---\n본문 나\n")
	n.write("c.md", "---\ntitle: 다\nid: https://news.example.org/d/\n---\n본문 다\n")
	n.write("d.md", article("라", "본문 라"))
	scan, _ := n.pass()
	if len(scan.Refused) != 1 || !strings.HasPrefix(scan.Refused[0].Reason, "articles/b.md") || !strings.Contains(scan.Refused[0].Reason, "articles/a.md") {
		t.Fatalf("%+v", scan.Refused)
	}
	if ids := n.ids(); ids[base+"/d/"] != base+"/d/#2" || ids[base+"/a/"] != "urn:x:1" {
		t.Errorf("%v", ids)
	}
}

func TestRemovedIdentitiesComeBack(t *testing.T) {
	n := filled(t, 12)
	before := n.items()
	text, err := os.ReadFile(n.path("articles", "기사-07.md"))
	n.must(err)
	n.remove("기사-07.md")
	n.pass()
	if len(n.items()) != 11 {
		t.Fatal("not removed")
	}
	n.now = n.now.AddDate(0, 1, 0)
	n.write("기사-07.md", string(text))
	n.pass()
	after := n.items()
	for i := range before {
		if after[i].ID != before[i].ID || !after[i].Published.Equal(before[i].Published) {
			t.Errorf("%+v came back as %+v", before[i], after[i])
		}
	}
}

func TestALostLedgerRecovers(t *testing.T) {
	n := filled(t, 12, func(s *edition.Settings) { s.Feed.Items = 5 })
	n.write("기사-11.md", article("마을 소식 11", "고친 본문"))
	n.write("dated.md", "---\ntitle: 옛 소식\ndate: 2020-01-02\nid: urn:old\n---\n본문\n")
	n.pass()
	before := n.documents()
	n.must(n.ledger.Close())
	n.ledger = nil
	for _, f := range []string{"herald.db", "herald.db-wal", "herald.db-shm"} {
		if err := os.Remove(n.path(f)); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	n.world.heard()
	n.now = n.now.AddDate(1, 0, 0)
	n.open()
	_, pub := n.pass()
	n.deliver()
	if urls, topics := n.world.heard(); len(urls)+len(topics)+len(pub.Notices) > 0 {
		t.Errorf("recovery told %q %q", urls, topics)
	}
	after := n.documents()
	for name := range before {
		if before[name] != after[name] {
			t.Errorf("%s changed:\n%s\n--- was ---\n%s", name, after[name], before[name])
		}
	}
	if len(pub.Written) != 0 {
		t.Errorf("written again: %q", pub.Written)
	}
}

func TestForeignFilesAreHeld(t *testing.T) {
	n := newNewsroom(t)
	n.write("a.md", article("가", "본문"))
	n.must(os.WriteFile(n.path("public", "feed.xml"), []byte("<rss version=\"2.0\"><channel><title>남의 것</title></channel></rss>"), 0o644))
	n.must(os.WriteFile(n.path("public", "robots.txt"), []byte("User-agent: *\nDisallow: /private/\n"), 0o644))
	_, pub := n.pass()
	if len(pub.Holds) != 1 || pub.Holds[0].Kind != edition.HoldForeign || !strings.Contains(n.read("feed.xml"), "남의 것") {
		t.Fatalf("%+v", pub)
	}
	if robots := n.read("robots.txt"); !strings.Contains(robots, "Disallow: /private/") || !strings.Contains(robots, "Sitemap: "+base+"/sitemap.xml") {
		t.Errorf("robots.txt:\n%s", robots)
	}
	if n.read("atom.xml") == "" {
		t.Error("the other documents wait for nothing")
	}
	_, err := n.edition.Approve(context.Background(), pub.Holds[0].ID)
	n.must(err)
	if _, pub = n.pass(); len(pub.Holds) != 0 || strings.Contains(n.read("feed.xml"), "남의 것") {
		t.Fatalf("%+v", pub)
	}
}

func TestVanishingFeedsAreHeldUnlessAliased(t *testing.T) {
	n := filled(t, 3)
	n.tweak = append(n.tweak, func(s *edition.Settings) { s.Feed.RSS = "/rss/feed.xml" })
	n.open()
	_, pub := n.pass()
	if len(pub.Holds) != 1 || pub.Holds[0].Kind != edition.HoldVanishing || n.read("feed.xml") == "" || n.read("rss/feed.xml") == "" {
		t.Fatalf("%+v", pub)
	}
	n.tweak = append(n.tweak, func(s *edition.Settings) { s.Aliases = map[string]string{"/feed.xml": "/rss/feed.xml"} })
	n.open()
	if _, pub = n.pass(); len(pub.Holds) != 0 || n.read("feed.xml") != n.read("rss/feed.xml") {
		t.Fatalf("%+v", pub)
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

func TestS4S5TheSitemapSplitsByMonth(t *testing.T) {
	n := newNewsroom(t, func(s *edition.Settings) { s.Sitemap.URLsPerFile = 10 })
	add := func(from, to int, day string) {
		for i := from; i < to; i++ {
			n.write(fmt.Sprintf("a%03d.md", i), fmt.Sprintf("---\ntitle: 소식 %d\ndate: %s\n---\n본문 %d\n", i, day, i))
		}
	}
	add(0, 10, "2026-01-05")
	n.pass()
	if !strings.Contains(n.read("sitemap.xml"), "<urlset") {
		t.Fatal("ten URLs fit into one file")
	}
	add(10, 25, "2026-02-05")
	n.pass()
	docs := n.documents()
	if !strings.Contains(docs["sitemap.xml"], "<sitemapindex") {
		t.Fatalf("no index: %q", slices.Sorted(maps.Keys(docs)))
	}
	for _, name := range []string{"sitemap-2026-01.xml", "sitemap-2026-01-2.xml", "sitemap-2026-02.xml", "sitemap-2026-02-2.xml"} {
		if docs[name] == "" {
			t.Errorf("no %s in %q", name, slices.Sorted(maps.Keys(docs)))
		}
	}
	n.write("a000.md", "---\ntitle: 소식 0\ndate: 2026-01-05\n---\n고친 본문\n")
	_, pub := n.pass()
	want := []string{"feed.xml", "atom.xml", "feed.json", "sitemap-2026-01.xml", "sitemap.xml"}
	if !reflect.DeepEqual(pub.Written, want) {
		t.Errorf("one edit wrote %q, want %q", pub.Written, want)
	}
	n.sameAsClean()
}

func TestNothingEver(t *testing.T) {
	n := newNewsroom(t)
	_, err := n.edition.Scan(context.Background(), "articles", edition.ScanOptions{})
	n.must(err)
	if _, err = n.edition.Publish(context.Background(), edition.PublishOptions{}); !errors.Is(err, edition.ErrNothing) {
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
	sink := edition.DryRun(publish.View(n.path("public")))
	e := edition.New(edition.Options{Settings: n.settings, Ledger: n.ledger, Sink: sink, Now: func() time.Time { return n.now }})
	_, err := e.Scan(context.Background(), "articles", edition.ScanOptions{})
	n.must(err)
	pub, err := e.Publish(context.Background(), edition.PublishOptions{})
	n.must(err)
	if len(pub.Written) != 4 || !maps.Equal(before, n.documents()) {
		t.Errorf("%+v", pub)
	}
}
