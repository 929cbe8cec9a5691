package engine_test

import (
	"context"
	"errors"
	"fmt"
	"herald/cmd/internal/hold"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestForeignFilesAreHeld(t *testing.T) {
	n := newNewsroom(t)
	n.write("a.md", article("가", "본문"))
	n.must(os.WriteFile(n.path("public", "feed.xml"), []byte("<rss version=\"2.0\"><channel><title>남의 것</title></channel></rss>"), 0o644))
	n.must(os.WriteFile(n.path("public", "robots.txt"), []byte("User-agent: *\nDisallow: /private/\n"), 0o644))
	_, pub := n.pass()
	if len(pub.Holds) != 1 || pub.Holds[0].Kind != hold.Foreign || !strings.Contains(n.read("feed.xml"), "남의 것") {
		t.Fatalf("%+v", pub)
	}
	if robots := n.read("robots.txt"); !strings.Contains(robots, "Disallow: /private/") || !strings.Contains(robots, "Sitemap: "+base+"/sitemap.xml") {
		t.Errorf("robots.txt:\n%s", robots)
	}
	if n.read("atom.xml") == "" {
		t.Error("the other documents wait for nothing")
	}
	_, err := n.rooms.Approve(context.Background(), pub.Holds[0].ID)
	n.must(err)
	if _, pub = n.pass(); len(pub.Holds) != 0 || strings.Contains(n.read("feed.xml"), "남의 것") {
		t.Fatalf("%+v", pub)
	}
}

func TestVanishingFeedsAreHeldUnlessAliased(t *testing.T) {
	n := filled(t, 3)
	n.tweak = append(n.tweak, func(s *settings) { s.Feed.RSS = "/rss/feed.xml" })
	n.open()
	_, pub := n.pass()
	if len(pub.Holds) != 1 || pub.Holds[0].Kind != hold.Vanishing || n.read("feed.xml") == "" || n.read("rss/feed.xml") == "" {
		t.Fatalf("%+v", pub)
	}
	n.tweak = append(n.tweak, func(s *settings) { s.Aliases = map[string]string{"/feed.xml": "/rss/feed.xml"} })
	n.open()
	if _, pub = n.pass(); len(pub.Holds) != 0 || n.read("feed.xml") != n.read("rss/feed.xml") {
		t.Fatalf("%+v", pub)
	}
}

func TestS4S5TheSitemapSplitsByMonth(t *testing.T) {
	n := newNewsroom(t, func(s *settings) { s.Sitemap.URLsPerFile = 10 })
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

func TestASiteBelowItsHostHasNoRobots(t *testing.T) {
	n := newNewsroom(t)
	n.siteURL = base + "/blog"
	n.open()
	n.write("a.md", article("가", "본문"))
	n.pass()
	docs := n.documents()
	if docs["robots.txt"] != "" || !strings.Contains(docs["sitemap.xml"], "<loc>"+base+"/blog/a/</loc>") {
		t.Errorf("%q\n%s", slices.Sorted(maps.Keys(docs)), docs["sitemap.xml"])
	}
}

func TestAHeldSitemapKeepsItsChildren(t *testing.T) {
	n := filled(t, 12, func(s *settings) { s.Sitemap.URLsPerFile = 5 })
	before := n.documents()
	n.tweak = append(n.tweak, func(s *settings) { s.Sitemap.Path = "/지도.xml" })
	n.open()
	_, pub := n.pass()
	if len(pub.Holds) != 1 || len(pub.Removed) != 0 {
		t.Fatalf("%+v", pub)
	}
	for name, text := range before {
		if strings.HasPrefix(name, "sitemap") && n.documents()[name] != text {
			t.Errorf("%s is gone or another", name)
		}
	}
	_, err := n.rooms.Approve(context.Background(), pub.Holds[0].ID)
	n.must(err)
	n.pass()
	if names := slices.Sorted(maps.Keys(n.documents())); slices.ContainsFunc(names, func(s string) bool { return strings.HasPrefix(s, "sitemap") }) {
		t.Errorf("left: %q", names)
	}
}

func TestLoweredLimitsHoldForTheFirstIndex(t *testing.T) {
	for name, lower := range map[string]func(*settings){
		"urls":  func(s *settings) { s.Sitemap.URLsPerFile = 5 },
		"bytes": func(s *settings) { s.Sitemap.BytesPerFile = 1000 },
	} {
		t.Run(name, func(t *testing.T) {
			n := filled(t, 20)
			n.tweak = append(n.tweak, lower)
			n.open()
			n.pass()
			for path, text := range n.documents() {
				if strings.HasPrefix(path, "sitemap-") && (strings.Count(text, "<loc>") > n.settings.Sitemap.URLsPerFile || int64(len(text)) > n.settings.Sitemap.BytesPerFile) {
					t.Errorf("%s has %d URLs and %d bytes", path, strings.Count(text, "<loc>"), len(text))
				}
			}
			if !strings.Contains(n.read("sitemap.xml"), "<sitemapindex") {
				t.Error("no index")
			}
			n.sameAsClean()
			if _, pub := n.pass(); pub.Edition != 0 {
				t.Errorf("not idle: %+v", pub)
			}
		})
	}
}

// A child of the sitemap that a killed process put, and whose articles went before it was noted, is removed at the next start;
// what bears no mark of ours stays.
func TestAChildThatNothingStandsForIsRemoved(t *testing.T) {
	n := newNewsroom(t, func(s *settings) { s.Sitemap.URLsPerFile = 2 })
	for i := range 6 {
		n.write(fmt.Sprintf("%d.md", i), article(fmt.Sprint("소식 ", i), "글"))
	}
	n.pass()
	before := n.documents()
	n.must(os.WriteFile(n.path("public", "sitemap-2020-01.xml"), []byte(before["sitemap-2026-11.xml"]), 0o644))
	n.must(os.WriteFile(n.path("public", "sitemap-own.xml"), []byte("<urlset/>"), 0o644))
	n.open()
	n.pass()
	after := n.documents()
	if _, there := after["sitemap-2020-01.xml"]; there || after["sitemap-own.xml"] == "" || len(after) != len(before)+1 {
		t.Errorf("documents: got %d, the child there: %t; want the %d of before and the foreign file", len(after), there, len(before))
	}
}

// documents returns all that stands in the output folder by name. Where an engine runs beside, a file that it puts may be
// renamed between listing and reading: only such a one is left out.
func (n *newsroom) documents() map[string]string {
	n.t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(n.path("public"), func(p string, d fs.DirEntry, err error) error {
		var body []byte
		if err == nil && !d.IsDir() {
			body, err = os.ReadFile(p)
		}
		if errors.Is(err, fs.ErrNotExist) && strings.HasPrefix(filepath.Base(p), ".herald-") {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(n.path("public"), p)
		out[rel] = string(body)
		return nil
	})
	n.must(err)
	return out
}
