package engine_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
)

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

func TestI10ScheduledAndExpiring(t *testing.T) {
	n := filled(t, 3)
	at := n.now.Add(10 * time.Minute).Truncate(time.Second)
	n.write("later.md", fmt.Sprintf("---\ntitle: 예고\ndate: %s\nexpires: %s\n---\n본문\n", at.Format(time.RFC3339), at.Add(time.Hour).Format(time.RFC3339)))
	n.pass()
	if strings.Contains(n.read("feed.xml")+n.read("sitemap.xml"), "/later/") {
		t.Fatal("it leaks early")
	}
	next, err := n.rooms.Next(context.Background())
	if n.must(err); !next.Equal(at) {
		t.Fatalf("next %v, want %v", next, at)
	}
	publishAt := func(moment time.Time) {
		n.now = moment
		_, err := n.rooms.Publish(context.Background(), edition.PublishOptions{})
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
