package sitemap_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/source/remote"
	"herald/source/sitemap"
)

// what returns what became of pages as one text.
func what(all map[string]string) string {
	var parts []string
	for _, path := range slices.Sorted(maps.Keys(all)) {
		parts = append(parts, path+" "+all[path])
	}
	return strings.Join(parts, ", ")
}

const robotsAsk = "/robots.txt"

// A page is asked for when it is new or its lastmod changed, and is gone when the sitemap lacks it.
func TestWhatIsAskedFor(t *testing.T) {
	f, known := newFar(t), taken{}
	s := f.open(nil)
	for _, path := range []string{"/a", "/b", "/c"} {
		f.put(path, "2026-01-01T00:00:00Z", pageOf("하나", "글"))
	}
	step := func(name, result, asked string) {
		t.Helper()
		got := what(known.scan(remote.Scheduled(t.Context()), t, s, f))
		if requests := strings.Join(f.requests(), ", "); got != result || requests != asked {
			t.Errorf("%s: got %q, asked %q, want %q, asked %q", name, got, requests, result, asked)
		}
	}
	step("first", "/a new, /b new, /c new", "/a, /b, /c")
	step("nothing changed", "", "")
	f.put("/b", "2026-01-02T00:00:00Z", pageOf("하나", "다른 글"))
	step("one changed", "/b changed", "/b")
	f.put("/b", "2026-01-03T00:00:00Z", pageOf("하나", "다른 글"))
	step("lastmod alone", "/b changed", "/b")
	f.drop("/c")
	step("one left", "/c gone", "")
	f.put("/d", "", pageOf("넷", "글"))
	step("one without lastmod", "/d new", "/d")
	f.put("/d", "", pageOf("넷", "다른 글"))
	step("changed at once", "", "")
	f.move(12 * time.Hour)
	first := known.scan(remote.Scheduled(t.Context()), t, s, f)
	f.move(12 * time.Hour)
	second := known.scan(remote.Scheduled(t.Context()), t, s, f)
	if got, asked := what(first)+what(second), f.requests(); got != "/d changed" || len(asked) != 1 || !strings.HasPrefix(asked[0], `/d "`) {
		t.Errorf("a day later: got %q, asked %q, want it changed, asked once on condition", got, asked)
	}
	f.move(30 * 24 * time.Hour)
	known.scan(remote.Scheduled(t.Context()), t, s, f)
	if asked := f.requests(); len(asked) != 3 || !strings.HasPrefix(asked[0], `/a "`) {
		t.Errorf("a month later: got %q, want all asked on condition", asked)
	}
}

// Who asks for a scan wants to know of changes that no lastmod tells of.
func TestAWishAsksAgain(t *testing.T) {
	f, known := newFar(t), taken{}
	s := f.open(nil)
	f.put("/a", "", pageOf("하나", "글"))
	f.put("/b", "2026-01-01", pageOf("둘", "글"))
	known.scan(t.Context(), t, s, f)
	f.put("/a", "", pageOf("하나", "다른 글"))
	f.requests()
	if got := what(known.scan(t.Context(), t, s, f)); got != "/a changed" {
		t.Errorf("got %q, want /a changed", got)
	}
	if asked := f.requests(); len(asked) != 1 {
		t.Errorf("asked %q, want the page without lastmod alone", asked)
	}
	for i := range 100 {
		f.put(fmt.Sprint("/more", i), "", pageOf("글", "글"))
	}
	known.scan(t.Context(), t, s, f)
	f.requests()
	known.scan(t.Context(), t, s, f)
	if asked := f.requests(); len(asked) != 0 {
		t.Errorf("asked %q, want none of so many", asked)
	}
}

// A lastmod that is a day says nothing of a second change of that day: the page is asked again while the day lasts, and once it is over.
func TestALastmodThatIsADay(t *testing.T) {
	f, known := newFar(t), taken{}
	f.clock = at("2026-11-01T08:00:00Z")
	s := f.open(nil)
	f.put("/a", "2026-11-01", pageOf("하나", "글"))
	f.put("/b", "2026-10-01", pageOf("둘", "글"))
	scan := func() string { return what(known.scan(remote.Scheduled(t.Context()), t, s, f)) }
	scan()
	f.put("/a", "2026-11-01", pageOf("하나", "저녁에 고친 글"))
	f.move(time.Hour)
	if got := scan(); got != "/a changed" {
		t.Errorf("an hour later: got %q, want /a changed", got)
	}
	f.move(48 * time.Hour)
	f.requests()
	if scan(); len(f.requests()) != 1 {
		t.Errorf("got %q, want /a asked for once more after its day", f.requests())
	}
	f.move(48 * time.Hour)
	if got := scan() + strings.Join(f.requests(), ""); got != "" {
		t.Errorf("got %q, want nothing asked", got)
	}
}

// I6: A sitemap that calls every page changed at the moment of the request has none of them fetched again at every scan.
func TestI6ALastmodOfNowIsNoChange(t *testing.T) {
	f, known := newFar(t), taken{}
	s := f.open(nil)
	for scan := range 4 {
		for i := range 12 {
			f.put(fmt.Sprint("/", i), f.now().Format(time.RFC3339), pageOf("글", "글"))
		}
		known.scan(remote.Scheduled(t.Context()), t, s, f)
		asked := f.requests()
		if want := map[bool]int{true: 12, false: 0}[scan == 0]; len(asked) != want {
			t.Errorf("scan %d: asked for %d pages, want %d", scan, len(asked), want)
		}
		f.move(5 * time.Minute)
	}
	if notes := strings.Join(s.Notes(), "\n"); !strings.Contains(notes, "lastmod says of 12 of 12 pages that they changed just now") {
		t.Errorf("got the notes %q, want one of lastmod", notes)
	}
}

// O7: What cannot be read stays as it was, whatever the server does, and is asked again with patience.
func TestO7PagesThatFailStayAsTheyWere(t *testing.T) {
	f, known := newFar(t), taken{}
	s := f.open(nil)
	f.put("/a", "2026-01-01", pageOf("하나", "글"))
	f.put("/b", "2026-01-01", pageOf("둘", "글"))
	known.scan(t.Context(), t, s, f)
	f.put("/a", "2026-01-02", pageOf("하나", "다른 글"))
	f.put("/new", "2026-01-02", pageOf("셋", "글"))
	for _, answer := range []http.HandlerFunc{
		status(500), status(503), status(403), status(401), status(304), status(200), status(302),
		func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"#top", http.StatusFound) },
		func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) },
		func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "500")
			fmt.Fprint(w, "<p>")
		},
	} {
		f.says("/a", answer)
		f.says("/new", answer)
		f.move(25 * time.Hour)
		if got := what(known.scan(t.Context(), t, s, f)); got != "" || !strings.Contains(strings.Join(s.Notes(), ""), "2 pages could not be read, and what is known of them stays") {
			t.Errorf("got %q, notes %q, want nothing changed, and a note", got, s.Notes())
		}
		if s.Left() != "" {
			t.Errorf("got %q, want nothing left: all were asked for", s.Left())
		}
		f.requests()
		if known.scan(t.Context(), t, s, f); len(f.requests()) != 0 {
			t.Error("got them asked again at once, want that later")
		}
	}
	f.says("/a", nil)
	f.says("/new", nil)
	f.move(25 * time.Hour)
	if got := what(known.scan(t.Context(), t, s, f)); got != "/a changed, /new new" {
		t.Errorf("got %q once they can be read, want both", got)
	}
}

// A server that fails again and again is left alone until the next scan, which does not come sooner for that.
func TestAServerThatFailsIsLeftAlone(t *testing.T) {
	f, known := newFar(t), taken{}
	s := f.open(nil)
	for i := range 20 {
		f.put(fmt.Sprint("/", i), "", pageOf("글", "글"))
		f.says(fmt.Sprint("/", i), status(500))
	}
	var left []string
	for range 2 {
		known.scan(t.Context(), t, s, f)
		left = append(left, s.Left())
		if asked := f.requests(); len(asked) != 5 {
			t.Errorf("asked %q, want five", asked)
		}
	}
	if left[0] != "0 of 20 pages read" || left[1] != left[0] {
		t.Errorf("got %q, want both times that none is read", left)
	}
}

// O4: A host is asked one thing at a time, spaced; what robots.txt says of the pace counts where it is slower, and Retry-After always.
func TestO4TheManners(t *testing.T) {
	for name, test := range map[string]struct {
		robots  string
		spacing time.Duration
		want    time.Duration
	}{
		"spacing": {"", 200 * time.Millisecond, 200 * time.Millisecond}, "a longer delay": {"User-agent: *\nCrawl-delay: 2", 200 * time.Millisecond, 2 * time.Second},
		"a shorter delay": {"User-agent: *\nCrawl-delay: 0.1", time.Second, time.Second},
	} {
		f := newFar(t)
		f.bodies[robotsAsk] = test.robots
		for i := range 10 {
			f.put(fmt.Sprint("/", i), "2026-01-01", pageOf("글", "글"))
		}
		s := f.open(func(c *sitemap.Config) { c.Spacing = test.spacing })
		taken{}.scan(t.Context(), t, s, f)
		if len(f.waits) < 9 || slices.Min(f.waits[len(f.waits)-9:]) != test.want {
			t.Errorf("%s: got waits %v, want %s before each page", name, f.waits, test.want)
		}
	}
	f, known := newFar(t), taken{}
	s := f.open(nil)
	for _, path := range []string{"/a", "/b", "/c"} {
		f.put(path, "2026-01-01", pageOf("글", "글"))
	}
	busy := 1
	f.says("/a", func(w http.ResponseWriter, r *http.Request) {
		if busy--; busy >= 0 {
			status(429, "Retry-After: 60")(w, r)
			return
		}
		fmt.Fprint(w, pageOf("글", "글"))
	})
	if got := what(known.scan(t.Context(), t, s, f)); got != "/a new, /b new, /c new" || !slices.Contains(f.waits, time.Minute) {
		t.Errorf("got %q after waits %v, want all, and a minute waited", got, f.waits)
	}
	f.put("/d", "2026-01-01", pageOf("글", "글"))
	f.put("/e", "2026-01-01", pageOf("글", "글"))
	f.says("/d", status(503, "Retry-After: 3600"))
	f.says("/e", status(503, "Retry-After: 3600"))
	f.requests()
	known.scan(t.Context(), t, s, f)
	if asked := f.requests(); len(asked) != 1 || s.Left() != "3 of 5 pages read" || !strings.Contains(strings.Join(s.Notes(), ""), "asked to be left alone until 2026-11-01T") {
		t.Errorf("asked %q, left %q, notes %q, want one page asked for, and the host left alone", asked, s.Left(), s.Notes())
	}
	f.move(30 * time.Minute)
	s.Fetch(t.Context(), known.seen)
	if asked := f.all(); len(asked) != 0 {
		t.Errorf("asked %q half an hour later, want nothing", asked)
	}
}

// What a robots.txt answers, and how long that counts (RFC 9309 sections 2.3 and 2.4).
func TestRobots(t *testing.T) {
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		want   string // of /open and /closed
	}{
		"rules": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "User-agent: herald\nDisallow: /closed") }, "/open new"},
		"404":   {status(404), "/closed new, /open new"}, "401": {status(401), "/closed new, /open new"}, "403": {status(403), "/closed new, /open new"}, "410": {status(410), "/closed new, /open new"},
		"500": {status(500), ""}, "503": {status(503), ""}, "429": {status(429), ""},
		"reset":    {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, ""},
		"redirect": {status(301, "Location: /sitemap-robots"), "/open new"},
		"page":     {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!doctype html><p>없다") }, "/closed new, /open new"},
		"endless": {func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "User-agent: *\nDisallow: /closed\n")
			for {
				if _, err := w.Write([]byte(strings.Repeat("# filler\n", 1000))); err != nil {
					return
				}
			}
		}, "/open new"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFar(t)
			f.bodies["/sitemap-robots"] = "User-agent: *\nDisallow: /closed"
			f.put("/open", "2026-01-01", pageOf("글", "글"))
			f.put("/closed", "2026-01-01", pageOf("글", "글"))
			f.says(robotsAsk, test.answer)
			s := f.open(nil)
			if got := what(taken{}.scan(t.Context(), t, s, f)); got != test.want || (s.Left() != "") != (test.want == "") {
				t.Errorf("got %q, left %q, notes %q, want %q", got, s.Left(), s.Notes(), test.want)
			}
		})
	}
}

func TestRobotsCountForADay(t *testing.T) {
	f, known := newFar(t), taken{}
	f.bodies[robotsAsk] = "User-agent: *\nDisallow: /b"
	f.put("/a", "2026-01-01", pageOf("글", "글"))
	s := f.open(nil)
	asks := func() (n int) {
		for _, one := range f.all() {
			if strings.HasPrefix(one, robotsAsk) {
				n++
			}
		}
		return n
	}
	change := func(after time.Duration, day int) string {
		f.move(after)
		f.put("/a", fmt.Sprintf("2026-02-%02d", day), pageOf("글", "글"))
		return what(known.scan(t.Context(), t, s, f))
	}
	if change(0, 1); asks() != 1 {
		t.Error("want robots.txt asked for once")
	}
	if change(23*time.Hour, 2); asks() != 0 {
		t.Error("want it not asked for within a day")
	}
	f.says(robotsAsk, status(500))
	if got := change(time.Hour, 3); asks() != 1 || got != "/a changed" {
		t.Errorf("got %q, want it asked for after a day, and what it said before to count while it cannot be read", got)
	}
	f.says(robotsAsk, nil)
	f.mu.Lock()
	f.bodies[robotsAsk] = "User-agent: *\nDisallow: /a"
	f.mu.Unlock()
	if got := change(time.Hour, 4); asks() != 1 || got != "" || !strings.Contains(fmt.Sprint(s.Notes()), "1 page closed by robots.txt: not read") {
		t.Errorf("got %q, notes %q, want the page closed and as it was", got, s.Notes())
	}
}

// P1, O3: A crawl that ends goes on where it ended, in another process too, and asks for nothing twice.
func TestACrawlGoesOn(t *testing.T) {
	f, known := newFar(t), taken{}
	const pages, each = 300, 70
	for i := range pages {
		f.put(fmt.Sprintf("/%03d", i), fmt.Sprintf("2026-01-01T%02d:%02d:00Z", i/60, i%60), pageOf(fmt.Sprint("글 ", i), "글"))
	}
	var news, left []string
	for range 5 {
		s := f.open(nil) // another process
		ctx, cancel := context.WithCancel(t.Context())
		f.end, f.after = cancel, each
		got := known.scan(ctx, t, s, f)
		cancel()
		news, left = append(news, fmt.Sprint(len(got))), append(left, s.Left())
		if len(left) == 1 && (got["/299"] != "new" || got["/000"] != "") {
			t.Error("got the oldest first, want the latest")
		}
	}
	if want := "69 69 69 69 24"; strings.Join(news, " ") != want {
		t.Errorf("got %q new pages, want %s", news, want)
	}
	if want := "69 of 300 pages read,138 of 300 pages read,207 of 300 pages read,276 of 300 pages read,"; strings.Join(left, ",") != want {
		t.Errorf("got %q, want %s", left, want)
	}
	times := map[string]int{}
	for _, one := range f.requests() {
		times[one]++
	}
	if len(times) != pages || len(known) != pages {
		t.Errorf("got %d pages asked for, %d known, want %d", len(times), len(known), pages)
	}
	for path, n := range times {
		if n > 2 { // the one that the end came upon is asked for again
			t.Errorf("%s: asked for %d times", path, n)
		}
	}
}

// What was fetched and not applied, for its scan was held, is not fetched again.
func TestPagesAreKeptUntilTheyAreApplied(t *testing.T) {
	f := newFar(t)
	f.put("/a", "2026-01-01", pageOf("하나", "글"))
	f.put("/b", "2026-01-01", pageOf("둘", "글"))
	s := f.open(nil)
	for scan := range 3 {
		got := what(taken{}.scan(remote.Scheduled(t.Context()), t, s, f))
		if asked := len(f.requests()); got != "/a new, /b new" || asked != map[bool]int{true: 2, false: 0}[scan == 0] {
			t.Errorf("scan %d: got %q, %d pages asked for, want both, and none asked for twice", scan, got, asked)
		}
	}
}
