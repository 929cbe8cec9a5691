package engine_test

import (
	"context"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger"
	"herald/feeds"
)

// section is a feed of one category, in Atom at /<name>.xml.
func section(name, category string, items int) edition.Feed {
	return edition.Feed{
		Name: name, Items: items, Content: feeds.Full, Paths: map[feeds.Kind]string{feeds.Atom: "/" + name + ".xml"},
		Where: ledger.Where{Terms: ledger.Terms{ledger.ByCategory: {category}}},
	}
}

// sections makes a newsroom publish nothing but sections and the sitemap, and hold nothing.
func sections(all ...edition.Feed) func(*settings) {
	return func(s *settings) { s.Feed, s.Feeds, s.Guard = nil, all, nil }
}

// filed is an article of one day of November 2026.
func filed(day int, body string, categories ...string) string {
	return fmt.Sprintf("---\ntitle: %d일의 소식\ndate: 2026-11-%02d\ncategories: [%s]\n---\n<p>%s</p>\n", day, day, strings.Join(categories, ", "), body)
}

// atom is what the tests read of an Atom feed.
type atom struct {
	Updated time.Time `xml:"updated"`
	Entries []struct {
		Link struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func (n *newsroom) atom(file string) (f atom) {
	n.t.Helper()
	n.must(xml.Unmarshal([]byte(n.read(file)), &f))
	return f
}

// links are the articles of an Atom feed in its order, without the site.
func (f atom) links() (all []string) {
	for _, e := range f.Entries {
		all = append(all, strings.Trim(strings.TrimPrefix(e.Link.Href, base), "/"))
	}
	return all
}

// wantLinks compares the articles of a section.
func (n *newsroom) wantLinks(when, file string, want ...string) {
	n.t.Helper()
	if got := n.atom(file).links(); !slices.Equal(got, want) {
		n.t.Errorf("%s: %s shows %q, want %q", when, file, got, want)
	}
}

// wantHeard delivers, and compares what the world was told, in order.
func (n *newsroom) wantHeard(when string, urls, topics []string) {
	n.t.Helper()
	n.deliver()
	gotURLs, gotTopics := n.world.heard()
	slices.Sort(gotURLs)
	slices.Sort(gotTopics)
	if !slices.Equal(gotURLs, urls) || !slices.Equal(gotTopics, topics) {
		n.t.Errorf("%s: told of %q and the topics %q, want %q and %q", when, gotURLs, gotTopics, urls, topics)
	}
}

// touched counts the articles of which the world is still to be told something.
func (n *newsroom) touched() (count int) {
	n.t.Helper()
	n.must(n.ledger.Read(context.Background(), func(tx *ledger.Tx) error {
		ids, err := tx.Touched()
		count = len(ids)
		return err
	}))
	return count
}

// An article that a section never shows has no body there: nobody may wait for it.
func TestASectionWaitsForItsOwnArticlesOnly(t *testing.T) {
	n := newNewsroom(t, sections(section("politics", "politics", 2)))
	n.write("p1.md", filed(1, "국회가 열렸다", "politics"))
	n.write("c2.md", filed(2, "전시가 열렸다", "culture"))
	n.pass()
	n.wantHeard("at first", nil, nil)
	n.write("c2.md", filed(2, "전시가 길어졌다", "culture"))
	n.pass()
	n.wantHeard("an article of no section was edited", []string{base + "/c2/"}, nil)
	if got := n.touched(); got != 0 {
		t.Errorf("got %d articles that wait to be told of, want none", got)
	}
}

// Bodies are loaded of the articles that a section shows and of as many that would move up next: nobody waits for more.
func TestASectionWaitsForNoBodyThatItDoesNotLoad(t *testing.T) {
	content := feeds.None
	n := newNewsroom(t, sections(section("politics", "politics", 1)), func(s *settings) { s.Feeds[0].Content = content })
	for day := 1; day <= 3; day++ {
		n.write(fmt.Sprintf("p%d.md", day), filed(day, "국회가 열렸다", "politics"))
	}
	n.pass()
	n.deliver()
	n.world.heard()
	content = feeds.Full
	n.open()
	n.remove("p2.md") // unseen yet: both bodies are not to be had
	n.remove("p3.md")
	n.write("p1.md", filed(1, "국회가 다시 열렸다", "politics"))
	if !n.look("p1.md") {
		t.Fatal("the edit was not taken in")
	}
	n.wantHeard("p1 was edited", []string{base + "/p1/"}, nil)
	if got := n.touched(); got != 0 {
		t.Errorf("got %d articles that wait to be told of, want none", got)
	}
}

// Each section keeps the bodies of its own newest articles, however old they are beside those of others.
func TestBodiesAreKeptForEachSection(t *testing.T) {
	n := newNewsroom(t, sections(section("politics", "politics", 1), section("culture", "culture", 1)))
	n.write("c1.md", filed(1, "전시가 열렸다", "culture"))
	for day := 2; day <= 6; day++ {
		n.write(fmt.Sprintf("p%d.md", day), filed(day, "국회가 열렸다", "politics"))
	}
	n.pass()
	n.wantLinks("at first", "politics.xml", "p6")
	n.wantLinks("at first", "culture.xml", "c1")
	n.write("p7.md", filed(7, "국회가 쉰다", "politics"))
	n.pass()
	n.wantLinks("after a new article of politics", "politics.xml", "p7")
	n.wantLinks("after a new article of politics", "culture.xml", "c1")
	kept := map[string]bool{}
	n.must(n.ledger.Read(context.Background(), func(tx *ledger.Tx) error {
		return tx.NewestOf(ledger.Where{}, 100, func(row *ledger.Article) error {
			found, err := tx.HasBody(row.ID, row.ContentDigest)
			kept[row.Key] = found
			return err
		})
	}))
	for key, want := range map[string]bool{"p7.md": true, "p6.md": true, "p5.md": false, "c1.md": true} {
		if kept[key] != want {
			t.Errorf("body of %s: got kept %t, want %t", key, kept[key], want)
		}
	}
}

// What one section loses is no change of another.
func TestARemovalChangesItsSectionsOnly(t *testing.T) {
	n := newNewsroom(t, sections(section("politics", "politics", 5), section("culture", "culture", 5)))
	n.write("p1.md", filed(1, "국회가 열렸다", "politics"))
	n.write("c2.md", filed(2, "전시가 열렸다", "culture"))
	n.write("c3.md", filed(3, "공연이 열렸다", "culture"))
	n.pass()
	n.deliver()
	n.world.heard()
	before := n.read("politics.xml")
	was := n.atom("culture.xml").Updated
	n.remove("c3.md")
	n.pass()
	n.wantHeard("c3 was removed", []string{base + "/c3/"}, []string{base + "/culture.xml"})
	n.wantLinks("c3 was removed", "culture.xml", "c2")
	if got := n.read("politics.xml"); got != before {
		t.Errorf("got politics.xml\n%s\nwant it as it was\n%s", got, before)
	}
	if got := n.atom("culture.xml").Updated; !got.After(was) {
		t.Errorf("got culture updated %v, want later than %v", got, was)
	}
	n.sameAsClean()
}

// An article that stays public moves from section to section by its categories; no feed's time of change goes back.
func TestAnArticleMovesBetweenSections(t *testing.T) {
	n := newNewsroom(t, sections(section("politics", "politics", 5), section("culture", "culture", 5), section("sport", "sport", 5)))
	n.write("p1.md", filed(1, "국회가 열렸다", "politics"))
	n.write("c2.md", filed(2, "전시가 열렸다", "culture"))
	n.write("x3.md", filed(3, "시장이 축제에 왔다", "politics"))
	n.write("c4.md", filed(4, "공연이 열렸다", "culture"))
	n.write("s5.md", filed(5, "경기가 열렸다", "sport"))
	n.pass()
	n.deliver()
	n.world.heard()
	for _, step := range []struct {
		when              string
		text              string
		politics, culture []string
		urls              []string
		topics            []string
	}{
		{"it gained culture", filed(3, "시장이 축제에 왔다", "politics", "culture"), []string{"x3", "p1"}, []string{"c4", "x3", "c2"},
			[]string{base + "/x3/"}, []string{base + "/culture.xml", base + "/politics.xml"}},
		{"it lost politics", filed(3, "시장이 축제에 왔다", "culture"), []string{"p1"}, []string{"c4", "x3", "c2"},
			[]string{base + "/x3/"}, []string{base + "/culture.xml", base + "/politics.xml"}},
		{"it came back", filed(3, "시장이 축제에 왔다", "politics"), []string{"x3", "p1"}, []string{"c4", "c2"},
			[]string{base + "/x3/"}, []string{base + "/culture.xml", base + "/politics.xml"}},
		{"it became a draft of no section", strings.Replace(filed(3, "시장이 축제에 왔다", "local"), "---\n", "---\ndraft: true\n", 1), []string{"p1"},
			[]string{"c4", "c2"}, []string{base + "/x3/"}, []string{base + "/politics.xml"}},
	} {
		politics, culture, sport := n.atom("politics.xml").Updated, n.atom("culture.xml").Updated, n.read("sport.xml")
		n.write("x3.md", step.text)
		n.pass()
		n.wantHeard(step.when, step.urls, step.topics)
		n.wantLinks(step.when, "politics.xml", step.politics...)
		n.wantLinks(step.when, "culture.xml", step.culture...)
		if got := n.atom("politics.xml").Updated; !got.After(politics) {
			t.Errorf("%s: got politics updated %v, want later than %v", step.when, got, politics)
		}
		if got := n.atom("culture.xml").Updated; got.Before(culture) {
			t.Errorf("%s: got culture updated %v, want not before %v", step.when, got, culture)
		}
		if n.read("sport.xml") != sport {
			t.Errorf("%s: sport.xml changed, want it as it was", step.when)
		}
		n.sameAsClean()
		if got := n.touched(); got != 0 {
			t.Errorf("%s: got %d articles that wait to be told of, want none", step.when, got)
		}
	}
}

// An article may stay on its page and leave the feeds alone: their time of change does not go back then either.
func TestLeavingTheFeedsOnly(t *testing.T) {
	n := newNewsroom(t)
	n.write("a1.md", filed(1, "국회가 열렸다", "politics"))
	n.write("a2.md", filed(2, "국회가 쉰다", "politics"))
	n.pass()
	n.write("a2.md", filed(2, "국회가 다시 열렸다", "politics"))
	n.pass()
	was := n.atom("atom.xml").Updated
	n.write("a2.md", strings.Replace(filed(2, "국회가 다시 열렸다", "politics"), "---\n", "---\nfeed: false\n", 1))
	n.pass()
	n.wantLinks("it left the feeds", "atom.xml", "a1")
	if got := n.atom("atom.xml").Updated; !got.After(was) {
		t.Errorf("got updated %v, want later than %v", got, was)
	}
	n.sameAsClean()
}

// A document that is not fit to be seen keeps back the news of what it shows, and no other.
func TestAFailedDocumentKeepsBackItsOwnNewsOnly(t *testing.T) {
	n := newNewsroom(t, sections(section("politics", "politics", 5), section("culture", "culture", 5)))
	n.write("p1.md", filed(1, "국회가 열렸다", "politics"))
	n.write("p2.md", filed(2, "국회가 쉰다", "politics"))
	n.write("c3.md", filed(3, "전시가 열렸다", "culture"))
	n.pass()
	n.deliver()
	n.world.heard()
	good := n.read("politics.xml")

	unfit := " " // a title that the gate refuses
	n.tweak = append(n.tweak, func(s *settings) { s.Feeds[0].Title = unfit })
	n.open()
	n.write("p1.md", filed(1, "국회가 다시 열렸다", "politics"))
	n.write("p2.md", filed(2, "국회가 쉰다", "culture")) // it leaves politics, which still shows it
	n.write("c3.md", filed(3, "전시가 길어졌다", "culture"))
	n.now = n.now.Add(time.Minute)
	_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
	n.must(err)
	pub, err := n.rooms.Publish(context.Background(), edition.PublishOptions{})
	n.must(err)
	if len(pub.Failed) != 1 || !strings.HasPrefix(pub.Failed[0], "politics.xml: ") || n.read("politics.xml") != good {
		t.Errorf("got failures %q, want one of politics.xml, which stays as it was", pub.Failed)
	}
	n.wantHeard("politics.xml fails", []string{base + "/c3/", base + "/p2/"}, []string{base + "/culture.xml"})
	if got := n.touched(); got != 1 {
		t.Errorf("got %d articles that wait to be told of, want p1 alone", got)
	}

	unfit = ""
	n.open()
	n.pass()
	n.wantHeard("politics.xml is mended", []string{base + "/p1/"}, []string{base + "/politics.xml"})
	n.wantLinks("politics.xml is mended", "politics.xml", "p1")
}

// A section that lost an article while it failed tells of that once it is mended, also where it has no other news.
func TestAMendedSectionTellsWhatItLost(t *testing.T) {
	unfit := ""
	n := newNewsroom(t, sections(section("politics", "politics", 5), section("culture", "culture", 5)), func(s *settings) { s.Feeds[0].Title = unfit })
	n.write("p1.md", filed(1, "국회가 열렸다", "politics"))
	n.write("p2.md", filed(2, "국회가 쉰다", "politics"))
	n.pass()
	n.deliver()
	n.world.heard()
	unfit = " "
	n.open()
	n.write("p2.md", filed(2, "국회가 쉰다", "culture"))
	n.now = n.now.Add(time.Minute)
	_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
	n.must(err)
	_, err = n.rooms.Publish(context.Background(), edition.PublishOptions{})
	n.must(err)
	n.wantHeard("politics.xml fails", []string{base + "/p2/"}, []string{base + "/culture.xml"})
	unfit = ""
	n.open()
	n.pass()
	n.wantHeard("politics.xml is mended", nil, []string{base + "/politics.xml"})
	n.tweak = append(n.tweak, func(s *settings) { s.Feeds[0].Title = "정치" })
	n.open()
	n.pass()
	n.wantHeard("only its title changed", nil, nil)
}

// Two documents at one path would replace each other at every publication: nothing is published, what stands stays.
func TestTwoDocumentsAtOnePathAreRefused(t *testing.T) {
	n := newNewsroom(t, sections(section("politics", "politics", 5)))
	n.write("a.md", filed(3, "첫째", "politics"))
	n.pass()
	before := n.documents()
	second := section("politics", "culture", 5)
	second.Name = "culture"
	n.tweak = append(n.tweak, func(s *settings) { s.Feeds = append(s.Feeds, second) })
	n.open()
	n.write("b.md", filed(4, "둘째", "culture"))
	_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
	n.must(err)
	_, err = n.rooms.Publish(context.Background(), edition.PublishOptions{})
	if err == nil || !strings.Contains(err.Error(), "politics.xml: two would stand there") {
		t.Errorf("publication: got error %v, want the path that two documents want", err)
	}
	if got := n.documents(); len(got) != len(before) || got["politics.xml"] != before["politics.xml"] {
		t.Errorf("documents: got %d, want the %d of before, unchanged", len(got), len(before))
	}
}

// A sitemap that its gate refuses stays as it was, whether it is all of it or a child, and so does the news of the articles
// that it lists; feeds and the other children go out.
func TestASitemapThatFailsItsCheckStays(t *testing.T) {
	for name, c := range map[string]struct {
		perFile int
		failed  string
		told    []string
	}{
		"one file": {10, "sitemap.xml", nil},
		"a child":  {3, "sitemap-2026-11.xml", []string{base + "/a6/"}},
	} {
		n := newNewsroom(t, func(s *settings) { s.Sitemap.URLsPerFile, s.Guard = c.perFile, nil })
		for i := range 5 {
			n.write(fmt.Sprintf("a%d.md", i+1), filed(i+1, fmt.Sprint("소식 ", i), "politics"))
		}
		n.write("a1.md", strings.Replace(filed(1, "소식", "politics"), "---\n", "---\nfeed: false\n", 1))
		n.pass()
		n.deliver()
		n.world.heard()
		good := n.documents()
		n.spoil(base + "/a1/")
		n.write("a2.md", filed(2, "고친 소식", "politics"))
		n.write("a6.md", strings.Replace(filed(6, "지난달 소식", "politics"), "2026-11", "2026-10", 1))
		n.now = n.now.Add(time.Minute)
		_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
		n.must(err)
		pub, err := n.rooms.Publish(context.Background(), edition.PublishOptions{})
		n.must(err)
		if len(pub.Failed) != 1 || !strings.HasPrefix(pub.Failed[0], c.failed+": check sitemap: ") || n.read(c.failed) != good[c.failed] {
			t.Errorf("%s: got failures %q, want one of %s, which stays as it was", name, pub.Failed, c.failed)
		}
		if n.read("feed.xml") == good["feed.xml"] {
			t.Errorf("%s: the feed stayed as it was, want it to show what changed", name)
		}
		n.deliver()
		if urls, _ := n.world.heard(); !slices.Equal(urls, c.told) {
			t.Errorf("%s: told of %q, want %q", name, urls, c.told)
		}
	}
}

// spoil gives a row a URL that no sitemap may list, as no scan would.
func (n *newsroom) spoil(url string) {
	n.t.Helper()
	n.must(n.ledger.Write(context.Background(), func(tx *ledger.Tx) error {
		row, err := tx.ByURL(url)
		if err != nil {
			return err
		}
		row.URL = "https://other.example/a1/"
		return tx.Put(row)
	}))
}
