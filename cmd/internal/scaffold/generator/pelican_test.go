package generator

import (
	"testing"

	"herald/cmd/internal/scaffold/program"
)

func TestPelicanURLs(t *testing.T) {
	for theirs, want := range map[string]string{
		"":        "/:slug.html",
		"{slug}/": "/:slug/",
		"blog/{date:%Y}/{date:%b}/{category}/{slug}/index.html": "/blog/:year/:short_month/:category/:slug/",
		"{date:%Y-%m-%d}-{slug}.html":                           "/:year-:month-:day-:slug.html",
		"{number}/{slug}.html":                                  "/:slug.html",
		"{date:%j}/{slug}.html":                                 "/:slug.html",
	} {
		if got := pelicanPattern(theirs, "{slug}.html", &site{}); got != want {
			t.Errorf("%q: got %s, want %s", theirs, got, want)
		}
	}
}

func FuzzNikolaSources(f *testing.F) {
	f.Add("(('posts/*.md', 'posts'),)")
	f.Fuzz(func(t *testing.T, lines string) { // it ends
		nikolaSources(program.Program(lines), nil, "/")
	})
}
