package engine_test

import (
	"context"
	"herald/cmd/internal/hold"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

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
	if scan.Hold == nil || scan.Hold.Kind != hold.SiteURL {
		t.Fatalf("a new host is not held: %+v", scan)
	}
	if strings.Contains(n.read("feed.xml"), "example.net") {
		t.Fatal("a held change shows")
	}
	_, err := n.rooms.Approve(context.Background(), scan.Hold.ID)
	n.must(err)
	_, pub := n.pass()
	if got := slices.Sorted(maps.Values(n.ids())); !slices.Equal(got, want) || len(pub.Notices) > 0 {
		t.Fatalf("after the new host: ids %q, notices %v", got, pub.Notices)
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

func TestAnArticleTakesNoDocumentsURL(t *testing.T) {
	n := newNewsroom(t)
	n.write("a.md", "---\ntitle: 가\npermalink: /feed.xml\n---\n본문\n")
	n.write("b.md", "---\ntitle: 나\npermalink: /b/#끝\n---\n본문 나\n")
	scan, _ := n.pass()
	if len(scan.Refused) != 1 || !strings.Contains(scan.Refused[0].Reason, base+"/feed.xml") || n.ids()[base+"/b/"] != base+"/b/" {
		t.Fatalf("%+v, %v", scan.Refused, n.ids())
	}
}

func TestAnArticleComesBackUnderAnotherName(t *testing.T) {
	n := filled(t, 12)
	before := n.ids()[base+"/%EA%B8%B0%EC%82%AC-07/"]
	text, err := os.ReadFile(n.path("articles", "기사-07.md"))
	n.must(err)
	n.remove("기사-07.md")
	n.pass()
	n.write("돌아온 기사.md", string(text))
	n.pass()
	if got := n.ids()[base+"/%EB%8F%8C%EC%95%84%EC%98%A8%20%EA%B8%B0%EC%82%AC/"]; got != before {
		t.Errorf("id %q, want %q", got, before)
	}
}
