package engine_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"herald/source/files"
	"herald/source/reader"
)

// patterned is a newsroom whose source has the permalink pattern.
func patterned(t *testing.T, pattern string) *newsroom {
	n := newNewsroom(t)
	n.tweak = append(n.tweak, func(s *settings) {
		src, err := files.New(files.Config{
			Root: n.path("articles"), Place: "articles", Reading: reader.Reading{Pattern: pattern}, Now: later,
		})
		n.must(err)
		s.Sources[0].Source, s.Sources[0].ReadAs = src, src.ReadAs()
	})
	n.open()
	return n
}

// titled returns what the JSON Feed shows under a title; the zero item if nothing.
func (n *newsroom) titled(title string) (found item) {
	n.t.Helper()
	for _, i := range n.items() {
		if i.Title == title {
			found = i
		}
	}
	return found
}

// toldOf gives, sorted, the URLs that were told since the last asking.
func (n *newsroom) toldOf() []string {
	n.t.Helper()
	n.deliver()
	urls, _ := n.world.heard()
	slices.Sort(urls)
	return urls
}

// I1: a file that moves to another folder, another day, another name keeps its id and its date in
// feeds, whatever the permalink makes of it; both URLs are told.
func TestI1MovesAcrossFoldersAndDates(t *testing.T) {
	tests := []struct{ name, pattern, from, to, text, url string }{
		{"folders", "/:path/", "정치/선거.md", "지난 일/2025/선거.md", article("선거", "표를 센다."), "/%EC%A7%80%EB%82%9C%20%EC%9D%BC/2025/%EC%84%A0%EA%B1%B0/"},
		{"day of the file's name", "/:year/:month/:day/:name/", "2026-01-02-bridge.md", "2026-03-04-bridge.md", article("다리", "다리를 놓는다."), "/2026/03/04/bridge/"},
		{"day and name", "/:year/:month/:day/:name/", "2026-01-02-a.md", "old/2025-12-31-b.md", article("다리", "다리를 놓는다."), "/2025/12/31/b/"},
		{"undated", "/:year/:month/:day/:name/", "a.md", "b.md", article("다리", "다리를 놓는다."), "/2026/11/22/b/"},
		{"out of the dated names", "/:year/:month/:day/:name/", "2026-01-02-a.md", "a.md", article("다리", "다리를 놓는다."), "/2026/01/02/a/"},
		{"folders that are categories", "pretty", "정치/_posts/2026-01-02-a.md", "경제/_posts/2026-01-02-a.md", article("다리", "다리를 놓는다."), "/%EA%B2%BD%EC%A0%9C/2026/01/02/a/"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n := patterned(t, test.pattern)
			n.write(test.from, test.text)
			n.write("2026-02-02-rest.md", article("다른 일", "그대로 있다."))
			n.pass()
			n.toldOf()
			title, _, _ := strings.Cut(strings.TrimPrefix(test.text, "---\ntitle: "), "\n")
			was := n.titled(title)
			n.now = n.now.AddDate(0, 2, 0)
			n.rename(test.from, test.to)
			scan, _ := n.pass()
			now := n.titled(title)
			if scan.Renamed != 1 || scan.Added+scan.Removed != 0 || now.ID != was.ID || !now.Published.Equal(was.Published) || now.URL != base+test.url {
				t.Fatalf("%+v\n%+v, was\n%+v", scan, now, was)
			}
			var want []string // one address, one word: nothing changed for the world
			if now.URL != was.URL {
				want = []string{now.URL, was.URL}
				slices.Sort(want)
			}
			if told := n.toldOf(); !slices.Equal(told, want) {
				t.Errorf("told %q, want %q", told, want)
			}
			n.sameAsClean()
		})
	}
}

// I15: a circle of articles that take each other's URLs in one scan is no collision.
func TestI15ACircleOfURLsTurnsInOneScan(t *testing.T) {
	for _, count := range []int{2, 3, 5} {
		n := filled(t, 12)
		ids := n.ids()
		url := func(i int) string { return fmt.Sprintf("%s/%%EA%%B8%%B0%%EC%%82%%AC-%02d/", base, i%count) }
		for i := range count {
			n.write(fmt.Sprintf("기사-%02d.md", i), fmt.Sprintf("---\ntitle: 마을 소식 %d\npermalink: /기사-%02d/\n---\n\n<p>바람마을에서 %d번째 장이 열렸다.</p>\n", i, (i+1)%count, i))
		}
		scan, _ := n.pass()
		if len(scan.Refused) != 0 || scan.Changed != int64(count) {
			t.Fatalf("%d: %+v", count, scan)
		}
		now := n.ids()
		for i := range count {
			if now[url(i+1)] != ids[url(i)] {
				t.Errorf("%d: at %s stands %s, want %s", count, url(i+1), now[url(i+1)], ids[url(i)])
			}
		}
		if told := n.toldOf(); len(told) != count {
			t.Errorf("%d: told %q", count, told)
		}
		n.sameAsClean()
	}
}

// I15: where one of a circle is refused for its own faults, it keeps its URL, and who wanted that
// URL waits; nothing is lost, and all turns once the fault is mended.
func TestI15ABrokenCircleWaits(t *testing.T) {
	n := filled(t, 12)
	ids := n.ids()
	turned := func(i, to int, date string) string {
		return fmt.Sprintf("---\ntitle: 마을 소식 %d\npermalink: /기사-%02d/\n%s---\n\n<p>바람마을에서 %d번째 장이 열렸다.</p>\n", i, to, date, i)
	}
	n.write("기사-00.md", turned(0, 1, ""))
	n.write("기사-01.md", turned(1, 2, ""))
	n.write("기사-02.md", turned(2, 0, "date: 언젠가\n"))
	scan, _ := n.pass()
	if len(scan.Refused) != 3 || !slices.Equal(sortedIDs(ids), sortedIDs(n.ids())) || len(n.toldOf()) != 0 {
		t.Fatalf("%+v\n%v", scan, n.ids())
	}
	n.write("기사-02.md", turned(2, 0, ""))
	if scan, _ = n.pass(); len(scan.Refused) != 0 || scan.Changed != 3 {
		t.Fatalf("%+v", scan)
	}
	if !slices.Equal(sortedIDs(ids), sortedIDs(n.ids())) {
		t.Errorf("%v", n.ids())
	}
	n.sameAsClean()
}

func sortedIDs(ids map[string]string) (out []string) {
	for _, id := range ids {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// I3: the file that bears an id is the article, also where files take each other's names.
func TestI3IDsFollowTheirFilesThroughEachOthersNames(t *testing.T) {
	n := filled(t, 12)
	claimed := func(id, title string) string {
		return fmt.Sprintf("---\ntitle: %s\nid: %s\n---\n\n<p>%s의 본문이다.</p>\n", title, id, title)
	}
	n.write("latest.md", claimed("urn:x:1", "첫째"))
	n.pass()
	was := n.titled("첫째")
	n.now = n.now.AddDate(0, 0, 7)
	n.rename("latest.md", "archive.md")
	n.write("latest.md", claimed("urn:x:2", "둘째"))
	scan, _ := n.pass()
	now, new := n.titled("첫째"), n.titled("둘째")
	if len(scan.Refused) != 0 || now.ID != was.ID || !now.Published.Equal(was.Published) || now.URL != base+"/archive/" || new.ID != "urn:x:2" || new.URL != base+"/latest/" {
		t.Fatalf("rotated: %+v\n%+v, was %+v; new %+v", scan, now, was, new)
	}
	n.sameAsClean()
	n.rename("latest.md", "x.md")
	n.rename("archive.md", "latest.md")
	n.rename("x.md", "archive.md")
	scan, _ = n.pass()
	one, two := n.titled("첫째"), n.titled("둘째")
	if len(scan.Refused) != 0 || one.ID != "urn:x:1" || two.ID != "urn:x:2" || !one.Published.Equal(was.Published) || !two.Published.Equal(new.Published) {
		t.Fatalf("swapped: %+v\n%+v\n%+v", scan, one, two)
	}
	n.sameAsClean()
}

// I3: a file that is moved over another takes its own id along; the other's article is gone.
func TestI3AFileMovedOverAnother(t *testing.T) {
	n := filled(t, 12)
	n.write("a.md", "---\ntitle: 묻힌 글\nid: urn:x:1\n---\n덮어쓰인다.\n")
	n.write("b.md", "---\ntitle: 덮은 글\nid: urn:x:2\n---\n덮어쓴다.\n")
	n.pass()
	was := n.titled("덮은 글")
	n.rename("b.md", "a.md")
	scan, _ := n.pass()
	now := n.titled("덮은 글")
	if scan.Removed != 1 || scan.Renamed != 1 || now.ID != "urn:x:2" || now.URL != base+"/a/" || !now.Published.Equal(was.Published) || n.titled("묻힌 글").ID != "" {
		t.Fatalf("%+v\n%+v, was %+v", scan, now, was)
	}
	n.sameAsClean()
	n.write("a.md", "---\ntitle: 덮은 글\nid: urn:x:3\n---\n덮어쓴다.\n")
	if scan, _ = n.pass(); n.titled("덮은 글").ID != "urn:x:2" || len(scan.Warnings) != 1 || !strings.Contains(scan.Warnings[0], "urn:x:3") {
		t.Errorf("an id that was edited in its place: %+v\n%+v", scan, n.titled("덮은 글"))
	}
}

// I3: two files take each other's names, a third claims an id of theirs; then a known one claims
// an id that is taken. Who is refused keeps its last good version.
func TestI3WhoIsRefusedInAMoveKeepsItsLastGoodVersion(t *testing.T) {
	n := filled(t, 12)
	text := func(id, title string) string {
		return "---\ntitle: " + title + "\nid: urn:x:" + id + "\n---\n" + title + " 이야기.\n"
	}
	n.write("a.md", text("1", "하나"))
	n.write("b.md", text("2", "둘"))
	n.pass()
	n.write("a.md", text("2", "둘"))
	n.write("b.md", text("1", "하나"))
	n.write("c.md", text("1", "셋"))
	scan, _ := n.pass()
	if len(scan.Refused) != 1 || scan.Refused[0].Key != "c.md" || n.titled("하나").URL != base+"/b/" || n.titled("둘").URL != base+"/a/" {
		t.Fatalf("%+v %+v", scan, n.items())
	}
	n.write("a.md", text("1", "하나"))
	scan, _ = n.pass()
	if len(scan.Refused) != 2 || !strings.Contains(scan.Refused[0].Reason, "articles/b.md") || n.titled("둘").ID != "urn:x:2" || n.titled("하나").ID != "urn:x:1" {
		t.Errorf("%+v\n%+v", scan, n.items())
	}
}

// I3: an id that was free when its URL was taken up is not taken away; who claims it later is refused.
func TestI3AURLThatIsAnotherArticlesID(t *testing.T) {
	n := newNewsroom(t)
	n.write("z.md", article("먼저", "먼저 있었다."))
	n.pass()
	n.write("a.md", "---\ntitle: 나중\nguid: "+base+"/z/\n---\n나중에 왔다.\n")
	n.write("b.md", "---\ntitle: 자리\nid: "+base+"/c/\n---\n자리를 맡았다.\n")
	scan, _ := n.pass()
	if len(scan.Refused) != 1 || !strings.HasPrefix(scan.Refused[0].Reason, "articles/a.md") || !strings.Contains(scan.Refused[0].Reason, "articles/z.md") {
		t.Fatalf("%+v", scan.Refused)
	}
	n.write("c.md", article("셋째", "자리를 찾는다."))
	n.pass()
	if n.ids()[base+"/c/"] != base+"/c/#2" || n.ids()[base+"/b/"] != base+"/c/" {
		t.Fatalf("%v", n.ids())
	}
	if !strings.Contains(n.read("feed.xml"), `<guid isPermaLink="false">`+base+"/c/#2</guid>") {
		t.Errorf("isPermaLink of an id that is no link:\n%s", n.read("feed.xml"))
	}
	n.remove("z.md")
	n.pass()
	if got := n.titled("나중"); got.ID != base+"/z/" {
		t.Errorf("the id that became free: %+v", got)
	}
	n.sameAsClean()
}

// I3: a copy is another article; once its original is gone it stays one.
func TestI3ACopyAndItsOriginal(t *testing.T) {
	for _, claim := range []string{"", "id: urn:x:copy\n"} {
		for _, together := range []bool{false, true} {
			t.Run(fmt.Sprintf("%q %v", claim, together), func(t *testing.T) {
				n := filled(t, 12)
				text := "---\ntitle: 원본\n" + claim + "---\n\n<p>두 곳에 있는 글이다.</p>\n"
				n.write("a.md", text)
				n.pass()
				was := n.titled("원본")
				n.write("b.md", text)
				if together {
					n.remove("a.md")
				}
				scan, _ := n.pass()
				if refused := len(scan.Refused); refused != 0 && (claim == "" || together) || refused == 0 && claim != "" && !together {
					t.Fatalf("%+v", scan)
				}
				if !together {
					if n.ids()[base+"/a/"] != was.ID {
						t.Fatalf("%v", n.ids())
					}
					n.remove("a.md")
					scan, _ = n.pass()
				}
				now := n.titled("원본")
				same := together || claim != "" // it vanished and appeared in one scan, or says who it is
				if (now.ID == was.ID) != same || now.Published.Equal(was.Published) != same || now.URL != base+"/b/" || len(scan.Refused) != 0 {
					t.Errorf("%+v\n%+v, was %+v", scan, now, was)
				}
				n.sameAsClean()
			})
		}
	}
}

// I3: an article that was removed comes back as itself: in place, under another name, with another
// title, years later, through both at once where its id says so.
func TestI3RemovedAndBackAgain(t *testing.T) {
	tests := []struct {
		name, key, text string
		back            string // key
		again           string // text
		same            bool
	}{
		{"as it was", "a.md", article("돌아온다", "본문이다."), "a.md", article("돌아온다", "본문이다."), true},
		{"another title", "a.md", article("돌아온다", "본문이다."), "a.md", article("돌아왔다", "본문이다."), true},
		{"other words", "a.md", article("돌아온다", "본문이다."), "a.md", article("돌아왔다", "다른 본문이다."), true},
		{"another name", "a.md", article("돌아온다", "본문이다."), "옛글/b.md", article("돌아온다", "본문이다."), true},
		{"the same URL from another name", "a.md", article("돌아온다", "본문이다."), "b.md", "---\ntitle: 돌아왔다\npermalink: /a/\n---\n고쳐 쓴 본문이다.\n", true},
		{"another name, title and words, but its id", "a.md", "---\ntitle: 돌아온다\nid: urn:x:r\n---\n본문이다.\n", "b.md", "---\ntitle: 돌아왔다\nid: urn:x:r\n---\n고쳐 쓴 본문이다.\n", true},
		{"the same name, another id", "a.md", "---\ntitle: 돌아온다\nid: urn:x:r\n---\n본문이다.\n", "a.md", "---\ntitle: 새 글\nid: urn:x:s\n---\n새 본문이다.\n", false},
		{"another name and other words", "a.md", article("돌아온다", "본문이다."), "b.md", article("새 글", "새 본문이다."), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n := filled(t, 12)
			n.write(test.key, test.text)
			n.pass()
			was := n.titled("돌아온다")
			n.remove(test.key)
			n.pass()
			n.now = n.now.AddDate(3, 0, 0)
			n.open()
			n.write(test.back, test.again)
			n.pass()
			var now item
			for _, title := range []string{"돌아온다", "돌아왔다", "새 글"} {
				if i := n.titled(title); i.ID != "" {
					now = i
				}
			}
			if was.ID == "" || (now.ID == was.ID) != test.same || now.Published.Equal(was.Published) != test.same {
				t.Errorf("%+v, was %+v", now, was)
			}
			n.sameAsClean()
		})
	}
}

// I3: what was renamed while it was away, and back, and renamed again, is one article all the time.
func TestI3ThereAndBackAgain(t *testing.T) {
	n := filled(t, 12)
	was := n.titled("마을 소식 3")
	text, err := os.ReadFile(n.path("articles", "기사-03.md"))
	n.must(err)
	for i, key := range []string{"a.md", "기사-03.md", "b/a.md", "a.md"} {
		old := []string{"기사-03.md", "a.md", "기사-03.md", "b/a.md"}[i]
		if i%2 == 0 {
			n.rename(old, key)
		} else {
			n.remove(old)
			n.pass()
			n.write(key, string(text))
		}
		n.pass()
		if now := n.titled("마을 소식 3"); now.ID != was.ID || !now.Published.Equal(was.Published) {
			t.Fatalf("as %s: %+v, was %+v", key, now, was)
		}
		n.sameAsClean()
	}
	if got := len(n.items()); got != 12 {
		t.Errorf("%d articles", got)
	}
}

// I15: two files whose names look the same are told apart in the words that refuse one of them.
func TestI15NamesThatLookTheSame(t *testing.T) {
	n := newNewsroom(t)
	n.write("\uac00.md", article("하나", "첫 본문"))
	n.write("\u1100\u1161.md", article("둘", "둘째 본문"))
	scan, _ := n.pass()
	if len(scan.Refused) != 1 || !strings.Contains(scan.Refused[0].Reason, `("\u1100\u1161.md" beside "\uac00.md"); remove one`) {
		t.Errorf("%+v", scan.Refused)
	}
}
