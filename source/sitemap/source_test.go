package sitemap_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"herald/source"
	"herald/source/reader"
	"herald/source/remote"
	"herald/source/sitemap"
	"herald/source/sourcetest"
	"time"
)

func TestASitemapIsASource(t *testing.T) {
	sourcetest.Test(t, func(t *testing.T) *sourcetest.Origin {
		f := newFar(t)
		put := func(name, page string) string {
			f.move(time.Hour)
			return f.put((&url.URL{Path: "/" + name}).EscapedPath(), f.now().Format(time.RFC3339), page)
		}
		// Paths are kept decoded, as requests come in.
		serve := func(name, page string) string {
			key := put(name, page)
			f.mu.Lock()
			defer f.mu.Unlock()
			f.bodies["/"+name] = page
			return key
		}
		return &sourcetest.Origin{
			Source: f.open(nil),
			Put:    func(_ *testing.T, name, title, body string) string { return serve(name, pageOf(title, body)) },
			Refused: func(_ *testing.T, name string) string {
				return serve(name, "<!doctype html><html><body></body></html>")
			},
			Remove: func(t *testing.T, key string) {
				f.drop((&url.URL{Path: pathOf(t, key)}).EscapedPath())
				f.mu.Lock()
				defer f.mu.Unlock()
				delete(f.bodies, pathOf(t, key))
			},
			Break: func(*testing.T) {
				f.move(25 * time.Hour)
				for _, path := range []string{"/sitemap.xml", "/robots.txt", "/a"} {
					f.says(path, status(500))
				}
			},
			NoArticle: func(*testing.T) string {
				return serve("copy", `<!doctype html><html><head><title>사본</title><link rel="canonical" href="/elsewhere"></head><body><p>글</p></body></html>`)
			},
			Otherwise: func(*testing.T) source.Source {
				return f.open(func(c *sitemap.Config) { c.Reading = reader.Reading{Defaults: reader.Defaults{Language: "ko"}} })
			},
		}
	})
}

// Under run what is fetched is applied every minute, and the sitemaps are not read again for each.
func TestACrawlByScheduleComesInBatches(t *testing.T) {
	f, known := newFar(t), taken{}
	for i := range 150 {
		f.put(fmt.Sprintf("/%03d", i), "2026-01-01", pageOf("글", "글"))
	}
	s := f.open(func(c *sitemap.Config) { c.Spacing = time.Second })
	var got, sitemaps []string
	for range 5 {
		n := len(known.scan(remote.Scheduled(t.Context()), t, s, f))
		read := 0
		for _, one := range f.all() {
			if strings.HasPrefix(one, "/sitemap.xml") {
				read++
			}
		}
		got, sitemaps = append(got, fmt.Sprint(n, " ", s.Left())), append(sitemaps, fmt.Sprint(read))
		f.move(time.Second)
	}
	if want := "59 59 of 150 pages read, 61 120 of 150 pages read, 30 , 0 , 0 "; strings.Join(got, ", ") != want || strings.Join(sitemaps, " ") != "1 0 0 1 1" {
		t.Errorf("got %q, the sitemap read %q times, want %q", got, sitemaps, want)
	}
}

// Who waits for a crawl sees how far it is: of the pages that it asks for, those that it has done with.
func TestACrawlCountsItsPages(t *testing.T) {
	f, known := newFar(t), taken{}
	s := f.open(nil)
	var counts []string
	for _, path := range []string{"/a", "/b", "/c"} {
		f.put(path, "2026-01-01T00:00:00Z", pageOf("하나", "글"))
		f.says(path, func(w http.ResponseWriter, _ *http.Request) {
			done, total := s.Fetched()
			counts = append(counts, fmt.Sprint(done, " of ", total))
			fmt.Fprint(w, pageOf("하나", "글"))
		})
	}
	known.scan(t.Context(), t, s, f)
	done, total := s.Fetched()
	if got, want := fmt.Sprint(counts, done, total), "[0 of 3 1 of 3 2 of 3] 3 3"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	f.put("/d", "2026-01-01T00:00:00Z", pageOf("넷", "글"))
	known.scan(remote.Scheduled(t.Context()), t, s, f)
	if done, total := s.Fetched(); done != 1 || total != 1 {
		t.Errorf("one new page: got %d of %d, want 1 of 1", done, total)
	}
}
