package sitemap_test

import (
	"net/url"
	"testing"

	"herald/source"
	"herald/source/reader"
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
