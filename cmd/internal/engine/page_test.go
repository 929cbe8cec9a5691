package engine_test

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/intake"
	"herald/source"
	"herald/source/files"
	"herald/source/reader"
)

// auto lets undated articles be pages or not as the first scan finds them.
func auto(s *settings) { s.Sources[0].Undated = intake.Auto }

func datedPost(title, date string) string {
	return "---\ntitle: " + title + "\ndate: " + date + "\n---\n\n<p>" + title + "의 본문</p>\n"
}

// manual is a newsroom with two dated posts and two pages beside them, published once.
func manual(t testing.TB, tweak ...func(*settings)) *newsroom {
	n := newNewsroom(t, append([]func(*settings){auto}, tweak...)...)
	n.write("하나.md", datedPost("하나", "2025-03-01"))
	n.write("둘.md", datedPost("둘", "2025-03-02"))
	n.write("설치.md", article("설치", "설치하는 법"))
	n.write("사용.md", article("사용", "사용하는 법"))
	n.pass()
	n.deliver()
	n.world.heard()
	return n
}

// inFeed and listed return the titles of the feed and the last parts of the sitemap's URLs, in their order.
func (n *newsroom) inFeed() string {
	n.t.Helper()
	var out []string
	for _, i := range n.items() {
		out = append(out, i.Title)
	}
	return strings.Join(out, " ")
}

func (n *newsroom) lists(name string) bool {
	n.t.Helper()
	return strings.Contains(n.read("sitemap.xml"), at(name))
}

func (n *newsroom) feedIs(want string) {
	n.t.Helper()
	if got := n.inFeed(); got != want {
		n.t.Errorf("the feed shows %q, want %q", got, want)
	}
	n.sameAsClean()
}

func TestUndatedBesideDatedOnesArePages(t *testing.T) {
	n := manual(t)
	n.feedIs("둘 하나")
	if !n.lists("설치") || !n.lists("사용") {
		t.Errorf("the sitemap lacks pages:\n%s", n.read("sitemap.xml"))
	}
	lives, err := n.rooms.Explain(context.Background(), "설치.md")
	if n.must(err); len(lives) != 1 || !slices.ContainsFunc(lives[0].Why, func(why string) bool { return strings.HasPrefix(why, "page: undated beside dated ones") }) {
		t.Errorf("explained as %+v", lives)
	}
	status, err := n.rooms.Status(context.Background())
	if n.must(err); status.Sources[0].Pages != 2 {
		t.Errorf("status: %+v", status.Sources)
	}
	before := n.documents()
	n.now = n.now.AddDate(1, 0, 0)
	n.open()
	if _, pub := n.pass(); !maps.Equal(before, n.documents()) {
		t.Errorf("a year later %q were written", pub.Written)
	}
}

func TestTheReportCountsPagesApart(t *testing.T) {
	n := newNewsroom(t, auto)
	n.write("하나.md", datedPost("하나", "2025-03-01"))
	n.write("설치.md", article("설치", "설치하는 법"))
	scan, _ := n.pass()
	if scan.Pages != 1 || scan.Added != 2 || !maps.Equal(scan.DatedBy, map[string]int{"front_matter": 1}) {
		t.Errorf("%+v", scan)
	}
}

func TestWhatComesLaterIsAnArticle(t *testing.T) {
	n := manual(t)
	n.write("새로.md", article("새로", "나중에 온 글"))
	n.pass()
	n.feedIs("새로 둘 하나")
}

func TestNothingDatedMeansNoPages(t *testing.T) {
	n := newNewsroom(t, auto)
	n.write("가.md", article("가", "첫 글"))
	n.write("나.md", article("나", "둘째 글"))
	n.write("다.md", "---\ntitle: 다\ndate: 2025-01-01\ndraft: true\n---\n초안\n")
	n.pass()
	n.feedIs("나 가")
	n.write("라.md", datedPost("라", "2025-03-01"))
	n.pass()
	n.feedIs("나 가 라")
}

// A date in a file name is one, too.
func TestAFileNameDatesWhatPagesStandBeside(t *testing.T) {
	n := newNewsroom(t, auto)
	n.write("2025-03-01-소식.md", article("소식", "날짜는 이름에 있다"))
	n.write("안내.md", article("안내", "날짜가 없다"))
	n.pass()
	n.feedIs("소식")
}

func TestAPageThatGetsADateIsAnArticleOfThatDate(t *testing.T) {
	n := manual(t)
	n.write("설치.md", datedPost("설치", "2025-03-01T12:00:00Z"))
	n.pass()
	n.feedIs("둘 설치 하나")
	got := n.find("설치")
	if want := time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC); !got.Published.Equal(want) || got.ID != at("설치") {
		t.Errorf("published %v under %q, want %v under %q", got.Published, got.ID, want, at("설치"))
	}
	n.write("설치.md", article("설치", "날짜를 다시 뺐다"))
	n.pass()
	n.feedIs("둘 설치 하나")
}

func TestAPageStaysOneWhateverItsFileIsCalled(t *testing.T) {
	n := manual(t)
	n.rename("설치.md", "차림.md")
	n.pass()
	n.feedIs("둘 하나")
	n.remove("차림.md")
	n.pass()
	n.write("설치.md", article("설치", "설치하는 법"))
	n.pass()
	n.feedIs("둘 하나")
	n.write("설치.md", article("설치", "고친 설치하는 법"))
	n.pass()
	n.feedIs("둘 하나")
	n.write("설치.md", "---\ntitle: 설치\ndraft: true\n---\n초안\n")
	n.pass()
	n.write("설치.md", article("설치", "다시 낸다"))
	n.pass()
	n.feedIs("둘 하나")
	n.renameSource()
	n.publish(false)
	n.feedIs("둘 하나")
}

func TestPagesWhenTheStateIsLost(t *testing.T) {
	n := manual(t)
	n.write("새로.md", article("새로", "나중에 온 글"))
	n.pass()
	before := n.documents()
	n.lose()
	n.now = n.now.AddDate(1, 0, 0)
	n.pass() // the sitemap lists what only it lists in another place
	for _, name := range []string{"feed.xml", "atom.xml", "feed.json"} {
		if n.read(name) != before[name] {
			t.Errorf("%s changed:\n%s", name, n.read(name))
		}
	}
	if !n.lists("설치") || !n.lists("사용") || !n.lists("새로") {
		t.Errorf("the sitemap lacks pages:\n%s", n.read("sitemap.xml"))
	}
	n.feedIs("새로 둘 하나")
	n.write("설치.md", article("설치", "그 뒤에 고쳤다"))
	n.pass()
	n.feedIs("새로 둘 하나")
}

// A first scan that reads half of a folder is none.
func TestAHalfReadFirstScanMakesNoArticles(t *testing.T) {
	n := newNewsroom(t, auto)
	n.write("설치.md", article("설치", "설치하는 법"))
	n.must(os.Rename(n.path("articles"), n.path("elsewhere")))
	if _, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{}); err == nil {
		t.Fatal("a folder that is not there was read")
	}
	n.must(os.Rename(n.path("elsewhere"), n.path("articles")))
	n.write("소식.md", datedPost("소식", "2025-03-01"))
	n.pass()
	n.feedIs("소식")
}

func TestASourceOfBeforeKeepsItsArticles(t *testing.T) {
	n := newNewsroom(t)
	n.write("소식.md", datedPost("소식", "2025-03-01"))
	n.write("가.md", article("가", "날짜 없는 글"))
	n.pass()
	before := n.documents()
	n.tweak = append(n.tweak, auto)
	n.open()
	if n.pass(); !maps.Equal(before, n.documents()) {
		t.Errorf("other documents:\n%v", n.inFeed())
	}
	n.feedIs("가 소식")
}

// The setting may change, without a touch of the files; what a feed has shown keeps its feed time.
func TestPagesFollowTheSetting(t *testing.T) {
	n := manual(t)
	for _, step := range []struct {
		undated intake.Undated
		feed    string
	}{
		{intake.SitemapOnly, "둘 하나"}, {intake.Auto, "둘 하나"}, {intake.FirstSeen, "설치 사용 둘 하나"},
		{intake.Auto, "설치 사용 둘 하나"}, {intake.SitemapOnly, "둘 하나"}, {intake.Auto, "설치 사용 둘 하나"},
	} {
		n.tweak = append(n.tweak, func(s *settings) { s.Sources[0].Undated = step.undated })
		n.open()
		n.pass()
		if got := n.inFeed(); got != step.feed {
			t.Errorf("undated: %s: the feed shows %q, want %q", step.undated, got, step.feed)
		}
	}
}

// What came while everything undated was kept to the sitemap has been in no feed, and is in none afterwards.
func TestPagesOfSitemapOnlyStayPages(t *testing.T) {
	n := newNewsroom(t, func(s *settings) { s.Sources[0].Undated = intake.SitemapOnly })
	n.write("소식.md", datedPost("소식", "2025-03-01"))
	n.write("가.md", article("가", "날짜 없는 글"))
	n.pass()
	n.write("나.md", article("나", "나중에 온 글"))
	n.pass()
	n.tweak = append(n.tweak, auto)
	n.open()
	n.pass()
	n.feedIs("소식")
}

// That a page leaves the site is no news to the feed.
func TestThatAPageLeavesChangesNoFeed(t *testing.T) {
	n := manual(t)
	before := n.read("atom.xml")
	n.remove("설치.md")
	n.pass()
	if n.read("atom.xml") != before || n.lists("설치") {
		t.Errorf("the feed changed, or the sitemap did not:\n%s", n.read("atom.xml"))
	}
	n.sameAsClean()
}

// A dateline is a guess: one of a day to come hides nothing.
func TestADatelineToComeDatesNothing(t *testing.T) {
	n := newNewsroom(t)
	src, err := files.New(files.Config{Root: n.path("articles"), Place: "articles", Now: later, Reading: reader.Reading{
		Pattern: "/:path/", Dates: []source.DateRule{source.DatedByDateline},
	}})
	n.must(err)
	n.tweak = append(n.tweak, func(s *settings) { s.Sources[0].Source, s.Sources[0].ReadAs = src, src.ReadAs() })
	n.open()
	n.write("잔치.md", article("잔치", "2027-03-01"))
	n.write("어제.md", article("어제", "입력 2026-11-21 10:00"))
	n.pass()
	n.feedIs("잔치 어제")
}
