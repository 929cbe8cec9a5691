package engine_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

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
