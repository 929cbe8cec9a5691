package engine_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
)

// lose takes the state away and starts again a year later.
func (n *newsroom) lose() {
	n.t.Helper()
	n.closeState()
	n.world.heard()
	n.now = n.now.AddDate(1, 0, 0)
	n.open()
}

// drop takes documents away from the outputs.
func (n *newsroom) drop(names ...string) {
	n.t.Helper()
	for _, name := range names {
		n.must(os.Remove(n.path("public", name)))
	}
}

// lived is a newsroom with a past: an article that was renamed, ids that are no IRIs, an id that
// was taken, dates and none.
func lived(t *testing.T, tweak ...func(*settings)) *newsroom {
	n := filled(t, 12, tweak...)
	n.rename("기사-03.md", "지역/옮긴 기사.md")
	n.write("dated.md", "---\ntitle: 옛 소식\ndate: 2020-01-02\n---\n옛 본문\n")
	n.write("number.md", "---\ntitle: 번호로만\nid: 기사 17 <가>\n---\n번호 본문\n")
	n.write("urn.md", "---\ntitle: 이름으로\nguid: urn:isbn:97889\n---\n이름 본문\n")
	n.write("p.md", "---\ntitle: 자리 주인\nid: "+base+"/q/\n---\n자리를 맡았다\n")
	n.write("q.md", article("자리 손님", "자리가 없다"))
	n.pass()
	n.toldOf()
	return n
}

// I1, I2: whichever document still stands, the ids and dates that it shows come back, and nobody is told.
func TestI2ALostStateComesBackFromAnyDocument(t *testing.T) {
	all := []string{"feed.xml", "atom.xml", "feed.json", "sitemap.xml"}
	for _, kept := range all {
		t.Run(kept, func(t *testing.T) {
			n := lived(t)
			before, dates := n.ids(), times(n.items())
			for _, name := range all {
				if name != kept {
					n.drop(name)
				}
			}
			n.lose()
			scan, pub := n.pass()
			if told := n.toldOf(); len(told)+len(pub.Notices) > 0 || len(scan.Refused) > 0 {
				t.Errorf("told %q, refused %v", told, scan.Refused)
			}
			if kept == "sitemap.xml" { // ids that no sitemap shows are the URLs'
				for url := range before {
					if strings.Contains(url, "%EC%98%AE") {
						before[url] = url
					}
				}
				dates = nil
			}
			if after := n.ids(); !maps.Equal(before, after) {
				t.Errorf("ids\n%v, want\n%v", after, before)
			}
			if after := times(n.items()); dates != nil && !maps.Equal(dates, after) {
				t.Errorf("dates\n%v, want\n%v", after, dates)
			}
			for title, at := range times(n.items()) {
				if strings.HasPrefix(at, "2027") {
					t.Errorf("%s is dated by the day of recovery: %s", title, at)
				}
			}
			n.sameAsClean()
		})
	}
}

func times(items []item) map[string]string {
	out := map[string]string{}
	for _, i := range items {
		out[i.Title] = i.Published.String()
	}
	return out
}

// I2: what is broken, cut off, somebody else's or edited by hand among the documents hides nothing
// that the others show, and nothing of somebody else's is overwritten.
func TestI2ALostStateAmongDamagedDocuments(t *testing.T) {
	cut := func(doc string) string { return doc[:len(doc)/2] }
	damage := map[string]map[string]func(string) string{
		"RSS cut off":       {"feed.xml": cut},
		"all feeds but one": {"feed.xml": cut, "feed.json": func(string) string { return "" }},
		"not even XML":      {"atom.xml": func(string) string { return "\x00\x00\x00" }, "feed.json": cut},
		"dates gone":        {"feed.xml": func(doc string) string { return strings.ReplaceAll(doc, "<pubDate>", "<pubDate>어느 날 ") }},
		"sitemap cut off":   {"sitemap.xml": cut},
		"an item added by hand": {"feed.json": func(doc string) string {
			return strings.Replace(doc, `"items":`, `"items_old":[],"items":`, 1)
		}},
	}
	for name, files := range damage {
		t.Run(name, func(t *testing.T) {
			n := lived(t)
			before, dates := n.ids(), times(n.items())
			for file, how := range files {
				n.must(os.WriteFile(n.path("public", file), []byte(how(n.read(file))), 0o644))
			}
			n.lose()
			_, err := n.rooms.Scan(context.Background(), "articles", intake.ScanOptions{})
			n.must(err)
			pub, err := n.rooms.Publish(context.Background(), edition.PublishOptions{})
			n.must(err)
			for _, h := range pub.Holds {
				if h.Kind != hold.Foreign || files[h.Subject] == nil || !strings.Contains(h.Summary, "adopt") || !strings.Contains(h.Summary, "--force") {
					t.Errorf("%+v", h)
				}
			}
			if n.publish(true); !maps.Equal(before, n.ids()) || !maps.Equal(dates, times(n.items())) {
				t.Errorf("ids\n%v, want\n%v\ndates\n%v, want\n%v", n.ids(), before, times(n.items()), dates)
			}
			if told := n.toldOf(); len(told) != 0 {
				t.Errorf("told %q", told)
			}
		})
	}
}

// I2: a state that is lost between two others' documents takes nothing from them.
func TestI2ALostStateTakesNothingFromOthers(t *testing.T) {
	n := filled(t, 3)
	theirs := `<?xml version="1.0"?><rss version="2.0"><channel><title>남의 것</title><link>` + base + `/</link><description>x</description>
<item><title>마을 소식 1</title><link>` + base + `/%EA%B8%B0%EC%82%AC-01/</link><guid isPermaLink="false">남의 id</guid><pubDate>Tue, 02 Jan 2024 03:04:05 GMT</pubDate></item></channel></rss>`
	n.must(os.WriteFile(n.path("public", "feed.xml"), []byte(theirs), 0o644))
	before := n.ids()
	n.lose()
	_, pub := n.pass()
	if len(pub.Holds) != 1 || pub.Holds[0].Subject != "feed.xml" || n.read("feed.xml") != theirs || !maps.Equal(before, n.ids()) {
		t.Errorf("%+v\n%v", pub, n.ids())
	}
}

// I1: the state is lost and the site moves in the same moment: ids and dates are those of the old host,
// the move is held like any, and once it is released nobody is told.
func TestI1ALostStateAndANewHost(t *testing.T) {
	for _, kept := range [][]string{{"feed.xml", "atom.xml", "feed.json", "sitemap.xml"}, {"feed.xml"}, {"sitemap.xml"}} {
		t.Run(fmt.Sprint(kept), func(t *testing.T) {
			n := lived(t)
			feedID := between(n.read("atom.xml"), "<id>", "</id>")
			before, dates := slices.Sorted(maps.Values(n.ids())), times(n.items())
			for _, name := range []string{"feed.xml", "atom.xml", "feed.json", "sitemap.xml"} {
				if !slices.Contains(kept, name) {
					n.drop(name)
				}
			}
			n.siteURL = "https://www.example.net"
			n.lose()
			scan, pub := n.pass()
			if scan.Hold == nil || scan.Hold.Kind != hold.SiteURL || len(pub.Written) > 0 {
				t.Fatalf("not held: %+v %+v", scan, pub)
			}
			_, err := n.rooms.Approve(context.Background(), scan.Hold.ID)
			n.must(err)
			_, pub = n.pass()
			if told := n.toldOf(); len(told)+len(pub.Notices) > 0 {
				t.Errorf("told %q", told)
			}
			if kept[0] == "sitemap.xml" {
				for i, id := range before {
					if id == base+"/%EA%B8%B0%EC%82%AC-03/" {
						before[i] = base + "/%EC%A7%80%EC%97%AD/%EC%98%AE%EA%B8%B4%20%EA%B8%B0%EC%82%AC/"
					}
				}
				slices.Sort(before)
				dates = nil
			}
			if after := slices.Sorted(maps.Values(n.ids())); !slices.Equal(after, before) {
				t.Errorf("ids\n%q, want\n%q", after, before)
			}
			if after := times(n.items()); dates != nil && !maps.Equal(after, dates) {
				t.Errorf("dates %v, want %v", after, dates)
			}
			if len(kept) == 4 && between(n.read("atom.xml"), "<id>", "</id>") != feedID {
				t.Errorf("the feed's id is another: %.300s", n.read("atom.xml"))
			}
			n.sameAsClean()
		})
	}
}

// between returns the first of text between two marks.
func between(text, from, to string) string {
	_, text, _ = strings.Cut(text, from)
	text, _, _ = strings.Cut(text, to)
	return text
}

// I1: the feeds' own ids and the ids minted for Atom stay over a new host, a lost state, and both.
func TestI1FeedIDsAndMintedIDsStay(t *testing.T) {
	n := lived(t)
	want := atomIDs(n.read("atom.xml"))
	if !slices.ContainsFunc(want, func(id string) bool { return strings.HasPrefix(id, "tag:news.example.org,") }) {
		t.Fatalf("no minted id: %q", want)
	}
	same := func(when string) {
		t.Helper()
		if got := atomIDs(n.read("atom.xml")); !slices.Equal(got, want) {
			t.Errorf("%s: ids\n%q, want\n%q", when, got, want)
		}
		if !strings.Contains(n.read("feed.xml"), `<guid isPermaLink="false">기사 17 &lt;가&gt;</guid>`) || n.titled("번호로만").ID != "기사 17 <가>" {
			t.Errorf("%s: RSS or JSON Feed does not show the id as it is", when)
		}
	}
	n.siteURL = "https://www.example.net"
	n.force = true
	n.open()
	n.pass()
	same("new host")
	n.lose()
	n.pass()
	same("lost state under the new host")
	n.siteURL = "https://third.example.com/a"
	n.lose()
	n.pass()
	same("lost state and a third host")
}

func atomIDs(doc string) (ids []string) {
	for _, rest := range strings.Split(doc, "<id>")[1:] {
		id, _, _ := strings.Cut(rest, "</id>")
		ids = append(ids, id)
	}
	return ids
}

// I1: an undated article whose permalink has its date in it keeps both when the state is lost.
func TestI1ALostStateAndDatesInURLs(t *testing.T) {
	for _, kept := range []string{"feed.xml", "atom.xml", "feed.json", "sitemap.xml"} {
		t.Run(kept, func(t *testing.T) {
			n := patterned(t, "/:year/:month/:day/:name/")
			for i := range 5 {
				n.write(fmt.Sprintf("글-%d-2020.md", i), article(fmt.Sprintf("글 %d", i), fmt.Sprintf("%d번째 글", i)))
				n.pass()
				n.now = n.now.AddDate(0, 0, 9)
			}
			before := n.ids()
			for _, name := range []string{"feed.xml", "atom.xml", "feed.json", "sitemap.xml"} {
				if name != kept {
					n.drop(name)
				}
			}
			n.lose()
			n.pass()
			if !maps.Equal(before, n.ids()) {
				t.Errorf("ids\n%v, want\n%v", n.ids(), before)
			}
			if told := n.toldOf(); len(told) != 0 {
				t.Errorf("told %q", told)
			}
		})
	}
}

// I1: a file that was renamed while there was no state is found by its title and date.
func TestI1ALostStateAndARename(t *testing.T) {
	n := lived(t)
	before, dates := slices.Sorted(maps.Values(n.ids())), times(n.items())
	n.rename("기사-05.md", "지역/다섯째.md")
	n.rename("dated.md", "옛/dated.md")
	n.lose()
	n.pass()
	if after := slices.Sorted(maps.Values(n.ids())); !slices.Equal(after, before) {
		t.Errorf("ids\n%q, want\n%q", after, before)
	}
	if after := times(n.items()); !maps.Equal(after, dates) {
		t.Errorf("dates %v, want %v", after, dates)
	}
	n.sameAsClean()
}
