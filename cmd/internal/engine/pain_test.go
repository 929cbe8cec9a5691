package engine_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/source"
)

// The tests here are named after what users suffer from elsewhere.

// I2: no id is made from a clock, a change or chance.
func TestI2IDsComeOutTheSameFromNothing(t *testing.T) {
	var want map[string]string
	for year := range 3 {
		n := newNewsroom(t)
		n.now = n.now.AddDate(year, 0, 0)
		for i := range 5 {
			n.write(fmt.Sprintf("소식-%d.md", i), article(fmt.Sprintf("소식 %d", i), "본문"))
		}
		n.write("이름.md", "---\ntitle: 이름 있는 글\nid: urn:새벽:1\ndate: 2026-01-02\n---\n본문\n")
		n.pass()
		for _, id := range n.ids() {
			if !strings.Contains(id, "새벽") && !strings.HasPrefix(id, base+"/") {
				t.Errorf("id %q", id)
			}
		}
		if want == nil {
			want = n.ids()
		}
		if got := n.ids(); !maps.Equal(got, want) {
			t.Errorf("ids %q, want %q", got, want)
		}
	}
}

// I4: no document holds a date that nobody can have meant.
func TestI4NoDateOutOfNothing(t *testing.T) {
	n := newNewsroom(t)
	n.write("a.md", article("날짜 없음", "본문"))
	for i, date := range []string{"", "0001-01-01", "1970-01-01", "0", "null", "언젠가", "2026-02-30"} {
		n.write(fmt.Sprintf("b%d.md", i), fmt.Sprintf("---\ntitle: 글 %d\ndate: %s\n---\n본문 %d\n", i, date, i))
	}
	n.pass()
	year := regexp.MustCompile(`\b(0001|1[0-9]{3})\b-|, \d+ \w+ (0001|19[0-8]\d) `)
	for name, doc := range n.documents() {
		if found := year.FindString(doc); found != "" {
			t.Errorf("%s holds %q", name, found)
		}
	}
}

// I6: a clone, a restore, another machine's copy: new times and inodes say nothing.
func TestI6AFreshCloneChangesNothing(t *testing.T) {
	n := filled(t, 12)
	before := n.documents()
	n.must(os.CopyFS(n.path("clone"), os.DirFS(n.path("articles"))))
	n.must(os.RemoveAll(n.path("articles")))
	n.must(os.Rename(n.path("clone"), n.path("articles")))
	n.must(filepath.WalkDir(n.path("articles"), func(p string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Chtimes(p, n.now, time.Unix(0, 0)))
	}))
	scan, pub := n.pass()
	n.deliver()
	urls, topics := n.world.heard()
	if scan.Changed+scan.Added+scan.Removed > 0 || pub.Edition != 0 || len(urls)+len(topics) > 0 || !maps.Equal(before, n.documents()) {
		t.Errorf("%+v %+v %q %q", scan, pub, urls, topics)
	}
}

// I8: the machine's zone shifts no date and no URL; the site's does both.
func TestI8TheMachinesZoneDoesNotMatter(t *testing.T) {
	machine := time.Local
	defer func() { time.Local = machine }()
	seoul := time.FixedZone("Asia/Seoul", 9*3600)
	var want map[string]string
	for _, zone := range []*time.Location{time.UTC, seoul, time.FixedZone("America/Los_Angeles", -8*3600)} {
		time.Local = zone
		n := newNewsroom(t, func(s *settings) {
			s.Site.Zone, s.Sources[0].Zone, s.Notify = seoul, seoul, notifySettings{}
		})
		n.now = n.now.In(zone)
		n.write("2026-03-01-봄.md", "---\ntitle: 봄\npermalink: /:year/:month/:day/:title/\n---\n본문\n")
		n.write("밤.md", "---\ntitle: 밤\npermalink: /:year/:month/:day/:title/\ndate: 2026-03-01T23:30:00Z\n---\n본문\n")
		n.write("첫눈.md", article("첫눈", "본문"))
		n.pass()
		if want == nil {
			want = n.documents()
		}
		if !maps.Equal(n.documents(), want) {
			t.Errorf("in %s the documents are others:\n%s\n--- in UTC ---\n%s", zone, n.read("atom.xml"), want["atom.xml"])
		}
		if !strings.Contains(n.read("feed.xml"), base+"/2026/03/02/") {
			t.Errorf("in %s the late night is not the next day's in the site's zone:\n%s", zone, n.read("feed.xml"))
		}
	}
}

// I9: who mends a word announces nothing as new.
func TestI9AnEditIsNoNewPost(t *testing.T) {
	n := filled(t, 5)
	kept := regexp.MustCompile(`<guid.*|<pubDate.*|<id>.*|<published>.*|"id": .*|"date_published": .*`)
	was := map[string][]string{}
	for name, doc := range n.documents() {
		was[name] = kept.FindAllString(strings.ReplaceAll(doc, "<lastBuildDate", "\n"), -1)
	}
	atom := n.read("atom.xml")
	n.write("기사-02.md", article("마을 소식 2", "바람마을에서 둘째 장이 열렸다."))
	n.pass()
	for name, doc := range n.documents() {
		if got := kept.FindAllString(strings.ReplaceAll(doc, "<lastBuildDate", "\n"), -1); !slices.Equal(got, was[name]) {
			t.Errorf("%s: ids or dates of publication moved:\n%q\n%q", name, got, was[name])
		}
	}
	updated := regexp.MustCompile(`<updated>.*?</updated>`)
	before, after := updated.FindAllString(atom, -1), updated.FindAllString(n.read("atom.xml"), -1)
	moved := 0
	for i := range before {
		if before[i] != after[i] {
			moved++
		}
	}
	if moved != 2 { // the feed's own and the article's
		t.Errorf("%d times of change moved", moved)
	}
}

// I11: Slack, IFTTT and Mailchimp skip what has the same time as another, or is out of order.
func TestI11FeedTimesAreUniqueAndFall(t *testing.T) {
	n := newNewsroom(t)
	for i := range 20 {
		n.write(fmt.Sprintf("%02d.md", i), fmt.Sprintf("---\ntitle: 글 %d\ndate: 2026-05-05\n---\n본문 %d\n", i, i))
	}
	n.pass()
	n.write("00.md", "---\ntitle: 글 0\ndate: 2026-05-05\n---\n고친 본문\n")
	n.write("끼움.md", "---\ntitle: 끼움\ndate: 2026-05-05\n---\n나중에 온 본문\n")
	n.pass()
	changes := map[time.Time]bool{}
	items := n.items()
	for i, item := range items {
		if i > 0 && !item.Published.Before(items[i-1].Published) {
			t.Errorf("%v comes after %v", item.Published, items[i-1].Published)
		}
		if item.Published.Format(time.DateOnly) != "2026-05-05" {
			t.Errorf("raised out of its day: %v", item.Published)
		}
		if changes[item.Modified] {
			t.Errorf("two articles changed at %v", item.Modified)
		}
		changes[item.Modified] = true
	}
	if len(items) != 21 || items[0].URL != at("끼움") {
		t.Errorf("%d items, first %s", len(items), items[0].URL)
	}
}

// I12: who looks for an article that came late with an old date is told why.
func TestI12AnOldDateThatCameLateIsExplained(t *testing.T) {
	n := newNewsroom(t, func(s *settings) { s.Feed.Items = 3 })
	for i := range 3 {
		n.write(fmt.Sprintf("%d.md", i), fmt.Sprintf("---\ntitle: 글 %d\ndate: 2026-05-0%d\n---\n본문 %d\n", i, i+1, i))
	}
	n.pass()
	n.write("옛날.md", "---\ntitle: 옛날\ndate: 2019-01-01\n---\n오래된 본문\n")
	n.pass()
	n.deliver()
	if urls, _ := n.world.heard(); !slices.Equal(urls, []string{at("옛날")}) {
		t.Errorf("told %q", urls)
	}
	lives, err := n.rooms.Explain(context.Background(), "articles/옛날.md")
	n.must(err)
	if len(lives) != 1 || !slices.Contains(lives[0].Documents, "sitemap.xml") || !strings.Contains(strings.Join(lives[0].Why, "\n"), "older than the newest 3") {
		t.Errorf("%+v", lives)
	}
}

// I13: the order in which files were made shows nowhere.
func TestI13EqualDatesHaveOneOrder(t *testing.T) {
	names := []string{"나.md", "B.md", "a.md", "가/다.md", "가.md", "10.md", "9.md"}
	var want map[string]string
	for range len(names) {
		n := newNewsroom(t, func(s *settings) { s.Notify = notifySettings{} })
		for _, name := range names {
			n.write(name, fmt.Sprintf("---\ntitle: %s\ndate: 2026-05-05\n---\n본문 %s\n", name, name))
		}
		n.pass()
		if want == nil {
			want = n.documents()
		}
		if !maps.Equal(n.documents(), want) {
			t.Errorf("made in the order %q the documents are others", names)
		}
		names = append(names[1:], names[0])
	}
}

// sick is a source that fails when it is told to.
type sick struct {
	source.Source
	mu     sync.Mutex
	list   error // after half the listing
	load   error
	loaded []string
}

func (s *sick) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		n := 0
		for e, err := range s.Source.List(ctx) {
			if n++; s.list != nil && n > 5 {
				err = s.list
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

func (s *sick) Load(ctx context.Context, key string) (*source.Article, error) {
	s.mu.Lock()
	s.loaded = append(s.loaded, key)
	s.mu.Unlock()
	if s.load != nil {
		return nil, s.load
	}
	return s.Source.Load(ctx, key)
}

// watched is a newsroom whose source is looked at and can fail.
func watched(t *testing.T, count int) (*newsroom, *sick) {
	s := &sick{}
	n := filled(t, count, func(set *settings) {
		s.Source = set.Sources[0].Source
		set.Sources[0].Source = s
	})
	s.loaded = nil
	return n, s
}

// O7: a source that fails takes nothing away.
func TestO7AFailingSourceKeepsTheLastGoodOutputs(t *testing.T) {
	n, s := watched(t, 12)
	before := n.documents()
	for name, fail := range map[string]func(){
		"listing breaks off": func() { s.list = errors.New("stale file handle") },
		"a file's disk":      func() { s.load = errors.New("input/output error") },
		"no folder":          func() { n.must(os.Rename(n.path("articles"), n.path("away"))) },
	} {
		n.remove("기사-11.md")
		n.write("기사-10.md", article("마을 소식 10", "고친 본문 "+name))
		fail()
		n.now = n.now.Add(time.Minute)
		_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
		if err == nil || !strings.HasPrefix(err.Error(), "scan articles: ") {
			t.Errorf("%s: %v", name, err)
		}
		pub, err := n.rooms.Publish(context.Background(), edition.PublishOptions{})
		n.must(err)
		n.deliver()
		urls, topics := n.world.heard()
		if pub.Edition != 0 || len(urls)+len(topics) > 0 || !maps.Equal(before, n.documents()) {
			t.Errorf("%s: %+v, told %q %q", name, pub, urls, topics)
		}
		status, err := n.rooms.Status(context.Background())
		if n.must(err); status.Sources[0].LastError == "" {
			t.Errorf("%s: status knows nothing of it", name)
		}
		s.list, s.load = nil, nil
		if _, err := os.Stat(n.path("away")); err == nil {
			n.must(os.Rename(n.path("away"), n.path("articles")))
		}
		n.write("기사-11.md", article("마을 소식 11", "바람마을에서 11번째 장이 열렸다."))
		n.write("기사-10.md", article("마을 소식 10", "바람마을에서 10번째 장이 열렸다."))
		if _, pub := n.pass(); pub.Edition != 0 {
			t.Errorf("%s: once it is well again: %+v", name, pub)
		}
	}
}

// P1: one edit reads one file and writes what shows it.
func TestP1OneEditReadsOneFile(t *testing.T) {
	n, s := watched(t, 40)
	for name := range n.documents() {
		n.must(os.Chtimes(n.path("public", name), time.Unix(0, 0), time.Unix(0, 0)))
	}
	n.must(filepath.WalkDir(n.path("articles"), func(p string, d os.DirEntry, err error) error {
		old := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
		return errors.Join(err, os.Chtimes(p, old, old))
	}))
	n.now = time.Now().Add(time.Hour) // the files' times are long past
	n.pass()
	s.loaded = nil
	n.write("기사-07.md", article("마을 소식 7", "고친 본문"))
	n.must(os.Chtimes(n.path("articles", "기사-07.md"), n.now.Add(-30*time.Minute), n.now.Add(-30*time.Minute)))
	_, pub := n.pass()
	if !slices.Equal(slices.Compact(s.loaded), []string{"기사-07.md"}) { // again for its body
		t.Errorf("read %q", s.loaded)
	}
	if !slices.Equal(pub.Written, []string{"feed.xml", "atom.xml", "feed.json", "sitemap.xml"}) {
		t.Errorf("wrote %q", pub.Written)
	}
	s.loaded = nil
	if _, pub := n.pass(); len(s.loaded) > 0 || len(pub.Written) > 0 {
		t.Errorf("idle, it read %q and wrote %q", s.loaded, pub.Written)
	}
}

// P2: a series of edits and changes of the config ends where a clean build begins. Longer series
// are in TestRandomHistories.
func TestP2IncrementalEqualsClean(t *testing.T) {
	n := filled(t, 12)
	for _, change := range []func(*settings){
		func(s *settings) { s.Feed.Items = 4 },
		func(s *settings) { s.Site.Title, s.Site.Language = "저녁신문", "en" },
		func(s *settings) { s.Sitemap.URLsPerFile = 5 },
		func(s *settings) { s.Feed.Content = "summary" },
		func(s *settings) { s.Sitemap.Pages = []string{"/", "/about/"} },
		func(s *settings) { s.Notify.Hubs = nil },
		func(s *settings) { s.Feed.Items, s.Feed.Content = 50, "full" },
	} {
		n.tweak = append(n.tweak, change)
		n.open()
		_, pub := n.pass()
		n.sameAsClean()
		n.wholeDocuments()
		if len(pub.Notices) > 0 {
			t.Errorf("a change of the config told %+v", pub.Notices)
		}
	}
}
