package engine_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"herald/cmd/internal/edition"
	"herald/sitemap"
)

// filedURLs returns the file of each URL of the sitemap's children, and holds the limits in every file.
func (n *newsroom) filedURLs() map[string]string {
	n.t.Helper()
	filed := map[string]string{}
	for name, body := range n.documents() {
		if !strings.HasPrefix(name, "sitemap") {
			continue
		}
		urls, _, _, err := sitemap.Read([]byte(body))
		n.must(err)
		if over := int64(len(body)) > n.settings.Sitemap.BytesPerFile && len(urls) > 0; over || len(urls) > n.settings.Sitemap.URLsPerFile {
			n.t.Errorf("%s: got %d URLs and %d bytes, want at most %d and %d", name, len(urls), len(body), n.settings.Sitemap.URLsPerFile, n.settings.Sitemap.BytesPerFile)
		}
		for _, u := range urls {
			if other := filed[u.Loc]; other != "" {
				n.t.Errorf("%s stands in %s and in %s", u.Loc, other, name)
			}
			filed[u.Loc] = name
		}
	}
	return filed
}

// settled publishes and holds that the sitemap is what a clean publication makes, and that a second pass does nothing.
func (n *newsroom) settled() (*edition.PublishReport, map[string]string) {
	n.t.Helper()
	_, pub := n.pass()
	n.sameAsClean()
	if _, again := n.pass(); again.Edition != 0 {
		n.t.Errorf("not idle: %+v", again)
	}
	return pub, n.filedURLs()
}

// moved returns the URLs whose file is another one than before.
func moved(before, after map[string]string) (urls []string) {
	for url, file := range before {
		if after[url] != file {
			urls = append(urls, url)
		}
	}
	slices.Sort(urls)
	return urls
}

// numbered is an article of a day of 2026-01 with lines of front matter.
func numbered(i int, lines ...string) string {
	return fmt.Sprintf("---\ntitle: 소식 %d\ndate: 2026-01-10T08:%02d:%02dZ\n%s\n---\n본문 %d\n", i, i/60, i%60, strings.Join(lines, "\n"), i)
}

func numberedName(i int) string { return fmt.Sprintf("n%03d.md", i) }

// daily is a newsroom with an index over articles of one month.
func daily(t *testing.T, count int, tweak ...func(*settings)) *newsroom {
	n := newNewsroom(t, append([]func(*settings){func(s *settings) { s.Sitemap.BytesPerFile, s.Guard = 4000, nil }}, tweak...)...)
	for i := range count {
		n.write(numberedName(i), numbered(i))
	}
	n.pass()
	if !strings.Contains(n.read("sitemap.xml"), "<sitemapindex") {
		t.Fatal("no index")
	}
	return n
}

// upTo returns 0 to n-1.
func upTo(n int) (all []int) {
	for i := range n {
		all = append(all, i)
	}
	return all
}

// A file of an index that outgrows its bytes by images goes without them; no URL changes its file, and the images come back
// where there is room again.
func TestAnOutgrownFileShedsImagesFirst(t *testing.T) {
	for name, which := range map[string][]int{"of all": upTo(60), "of some": {3, 4, 5, 6, 7}, "one that is huge": {5}} {
		t.Run(name, func(t *testing.T) {
			n := daily(t, 60)
			before := n.filedURLs()
			for _, i := range which {
				n.write(numberedName(i), numbered(i, "image: /"+strings.Repeat("i", 1900/min(len(which), 8))+".jpg"))
			}
			_, after := n.settled()
			if urls := moved(before, after); len(urls) > 0 {
				t.Errorf("moved: got %q, want none", urls)
			}
			if strings.Contains(n.read(after[base+"/n005/"]), "<image:loc>") {
				t.Error("images: got some in a file that has no room for them")
			}
			n.tweak = append(n.tweak, func(s *settings) { s.Sitemap.BytesPerFile = 1_000_000 })
			n.open()
			if _, after = n.settled(); len(moved(before, after)) > 0 || !strings.Contains(n.read(after[base+"/n005/"]), "<image:loc>") {
				t.Errorf("with room: got %q moved, want the images back and none", moved(before, after))
			}
		})
	}
}

// A file that is over a limit without images, too, gives up those that came to it last, and no others; the index says of both
// files that they changed.
func TestAnOutgrownFileGivesUpItsNewcomers(t *testing.T) {
	for name, grow := range map[string]func(n *newsroom){
		"longer URLs": func(n *newsroom) {
			for i := range 8 {
				n.write(numberedName(i), numbered(i, fmt.Sprintf("permalink: /%s/n%03d/", strings.Repeat("길고", 12), i)))
			}
		},
		"a longer host": func(n *newsroom) {
			n.siteURL = base + "/" + strings.Repeat("weit", 12)
			n.open()
			n.force = true
			n.pass()
			n.force = false
		},
		"longer URLs and images": func(n *newsroom) {
			for i := range 8 {
				n.write(numberedName(i), numbered(i, fmt.Sprintf("permalink: /%s/n%03d/", strings.Repeat("길고", 12), i), "image: /a.jpg"))
			}
		},
		"fewer bytes allowed": func(n *newsroom) {
			n.tweak = append(n.tweak, func(s *settings) { s.Sitemap.BytesPerFile = 2500 })
			n.open()
		},
		"fewer URLs allowed": func(n *newsroom) {
			n.tweak = append(n.tweak, func(s *settings) { s.Sitemap.URLsPerFile = 5 })
			n.open()
		},
	} {
		t.Run(name, func(t *testing.T) {
			n := daily(t, 60)
			before := byNumber(n.filedURLs())
			first := 0
			for _, file := range before {
				if file == "sitemap-2026-01.xml" {
					first++
				}
			}
			grow(n)
			_, filed := n.settled()
			after := byNumber(filed)
			if len(after) != len(before) {
				t.Fatalf("URLs: got %d, want %d", len(after), len(before))
			}
			gone := 0
			for i := range first { // they came in the order of their numbers
				if after[i] != before[i] {
					gone++
				} else if gone > 0 {
					t.Errorf("article %d stays while an earlier one leaves %s", i, before[i])
				}
			}
			if gone == 0 || gone == first {
				t.Errorf("of %d that stood in the first file %d left, want some", first, gone)
			}
			_, children, _, err := sitemap.Read([]byte(n.read("sitemap.xml")))
			n.must(err)
			for _, child := range children {
				if day := n.now.Format("2006-01-02"); child.LastMod.Format("2006-01-02") != day && name != "a longer host" {
					t.Errorf("lastmod of %s: got %v, want the day on which it changed", child.Loc, child.LastMod)
				}
			}
		})
	}
}

// byNumber returns the file of each article of daily, wherever its URL is.
func byNumber(filed map[string]string) map[int]string {
	out := map[int]string{}
	for url, file := range filed {
		var i int
		if _, err := fmt.Sscanf(url[strings.LastIndex(url, "/n"):], "/n%d/", &i); err == nil {
			out[i] = file
		}
	}
	return out
}

// Whatever edits come, every file keeps the limits, and a URL changes its file only where that file had no room for it.
func TestLimitsHoldThroughEdits(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 4))
	n := daily(t, 40, func(s *settings) { s.Sitemap.URLsPerFile = 12 })
	count := 40
	for range 12 {
		before := n.filedURLs()
		grown := map[string]bool{} // files in which something grew
		for range 1 + random.IntN(12) {
			i := random.IntN(count)
			for url, file := range before {
				if strings.Contains(url, fmt.Sprintf("n%03d", i)) {
					grown[file] = true
				}
			}
			switch random.IntN(5) {
			case 0:
				n.write(numberedName(count), numbered(count))
				count++
			case 1:
				n.write(numberedName(i), numbered(i, "draft: true"))
			default:
				n.write(numberedName(i), numbered(i, "image: /"+strings.Repeat("x", random.IntN(900))+".png", fmt.Sprintf("permalink: /%s/n%03d/", strings.Repeat("y", random.IntN(300)), i)))
			}
		}
		_, after := n.settled()
		for url, file := range before {
			if now := after[url]; now != "" && now != file && !grown[file] {
				t.Errorf("%s moved from %s to %s, in which nothing grew", url, file, now)
			}
		}
	}
}

// Pages that are no articles are split like these, each with its file for as long as it stands before the same others.
func TestPagesAreSplit(t *testing.T) {
	pages := []string{"/", "/about/", "/소개/", "/contact/", "/a/", "/jobs/", "/terms/"}
	for name, limit := range map[string]func(*settings){
		"by number": func(s *settings) { s.Sitemap.URLsPerFile = 2 },
		"by bytes":  func(s *settings) { s.Sitemap.BytesPerFile = 1000; s.Sitemap.Pages = slices.Repeat(pages, 2) },
		"one each":  func(s *settings) { s.Sitemap.URLsPerFile = 1 },
	} {
		t.Run(name, func(t *testing.T) {
			long := func(s *settings) {
				s.Sitemap.Pages = pages
				limit(s)
				for i, p := range s.Sitemap.Pages {
					s.Sitemap.Pages = slices.Clone(s.Sitemap.Pages)
					s.Sitemap.Pages[i] = p + strings.Repeat("p", 150) + fmt.Sprint("/", i/len(pages), "/")
				}
			}
			n := newNewsroom(t, long)
			n.write("first.md", article("첫 소식", "글"))
			_, before := n.settled()
			if len(before) != len(n.settings.Sitemap.Pages)+1 || n.read("sitemap-pages-2.xml") == "" {
				t.Fatalf("files: got %v, want %d URLs in some files of pages", before, len(n.settings.Sitemap.Pages)+1)
			}
			n.write("a.md", "---\ntitle: 이제 글\ndate: 2026-10-02\npermalink: /a/"+strings.Repeat("p", 150)+"/0/\n---\n글\n")
			_, after := n.settled()
			delete(before, base+"/a/"+strings.Repeat("p", 150)+"/0/")
			if urls := moved(before, after); len(urls) > 0 {
				t.Errorf("moved: got %q, want none", urls)
			}
			n.lose()
			scan, _ := n.pass()
			if lost := moved(after, n.filedURLs()); len(lost) > 0 || scan.Recovered != 2 {
				t.Errorf("after a loss: got %d recovered and %q elsewhere, want 2 and none", scan.Recovered, lost)
			}
		})
	}
}

// While all fits in one file, pages stand with the articles.
func TestPagesThatFitMakeNoIndex(t *testing.T) {
	n := newNewsroom(t, func(s *settings) { s.Sitemap.URLsPerFile, s.Sitemap.Pages = 4, []string{"/", "/about/", "/", "/jobs/"} })
	n.write("first.md", article("첫 소식", "글"))
	if _, filed := n.settled(); len(filed) != 4 || strings.Contains(n.read("sitemap.xml"), "<sitemapindex") {
		t.Errorf("got %v, want one file of 4", filed)
	}
}

// The limits of the protocol itself are ones like others.
func TestTheProtocolsOwnLimits(t *testing.T) {
	for name, test := range map[string]struct{ pages, length int }{"50,000 URLs": {50_001, 10}, "50 MiB": {25_800, 1990}} {
		t.Run(name, func(t *testing.T) {
			n := newNewsroom(t, func(s *settings) {
				s.Sitemap.URLsPerFile, s.Sitemap.BytesPerFile = sitemap.MaxURLs, sitemap.MaxBytes
				for i := range test.pages {
					s.Sitemap.Pages = append(s.Sitemap.Pages, fmt.Sprintf("/%0*d/", test.length, i))
				}
			})
			n.write("first.md", article("첫 소식", "글"))
			n.pass()
			if filed := n.filedURLs(); len(filed) != test.pages+1 {
				t.Errorf("got %d URLs, want %d", len(filed), test.pages+1)
			}
			if files, err := filepath.Glob(n.path("public", "sitemap-pages*.xml")); err != nil || len(files) != 2 {
				t.Errorf("files of pages: got %q, %v, want two", files, err)
			}
		})
	}
}
