package json_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	cms "herald/source/json"
)

// A scheduled post that is published is not modified by that: it is asked for by its date. What came by its date is not asked for again and again.
func TestI10APostThatBecomesPublicIsSeenBetweenFullListings(t *testing.T) {
	y := filled(t, 8)
	y.posts = append(y.posts, post{id: 40, title: "예약한 글", changed: y.clock.Add(-72 * time.Hour), date: y.clock.Add(5 * time.Hour)})
	first := y.open(t, cms.WordPress, nil)
	if got := keysOf(t, first); slices.Contains(got, "40") {
		t.Fatalf("got %q before its time, want a system that does not show it", got)
	}
	y.later(6 * time.Hour)
	next := y.open(t, cms.WordPress, nil)
	next.Recall(first.Memory(), false)
	for process, s := range map[string]*cms.Source{"the same process": first, "the next": next} {
		if got := keysOf(t, s); !slices.Contains(got, "40") {
			t.Errorf("%s: got %q, want the post that became public", process, got)
		}
	}
	y.later(6 * time.Hour)
	last := y.open(t, cms.WordPress, nil)
	last.Recall(next.Memory(), false)
	if got := keysOf(t, last); fmt.Sprint(got) != "[40]" {
		t.Errorf("got %q, want what is as old as the last change that was seen, and no more", got)
	}
}

// Where no header counts the pages, their end ends a question, not the listing.
func TestChangesOfASystemThatDoesNotCount(t *testing.T) {
	y := filled(t, 8)
	first := y.open(t, cms.WordPress, nil)
	keysOf(t, first)
	y.later(time.Hour)
	y.posts = append(y.posts, post{id: 40, title: "예약한 글", changed: y.clock.Add(-72 * time.Hour), date: y.clock.Add(-time.Minute)})
	for id := 7; id < 13; id++ {
		y.put(id, "고친 글", "<p>고친 본문</p>")
	}
	y.server.Config.Handler = uncounted(y.server.Config.Handler)
	if got := keysOf(t, first); !slices.Contains(got, "40") || !slices.Contains(got, "12") {
		t.Errorf("got %q, want what was changed and what became public", got)
	}
}

// uncounted takes away the headers that count pages.
func uncounted(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) { h.ServeHTTP(&silent{w}, q) })
}

type silent struct{ http.ResponseWriter }

func (s *silent) Write(p []byte) (int, error) {
	s.Header().Del("X-WP-Total")
	s.Header().Del("X-WP-TotalPages")
	return s.ResponseWriter.Write(p)
}

// posted returns the article that WordPress's source makes of one post, with members of its own.
func posted(t *testing.T, more map[string]any) (title, summary, url string, draft bool) {
	t.Helper()
	y := filled(t, 1)
	y.posts[0].more = more
	s := y.open(t, cms.WordPress, nil)
	a, err := s.Load(t.Context(), keysOf(t, s)[0])
	if err != nil {
		t.Fatal(err)
	}
	return a.Title, a.Summary, a.URL, a.Draft
}

func TestC4TitlesOfWordPressAreHTML(t *testing.T) {
	for rendered, want := range map[string]string{
		"AT&amp;T &#8217;26 &#038; 그 밖":           "AT&T ’26 & 그 밖",
		"&lt;div&gt;과 &lt;b&gt; 쓰는 법":             "<div>과 <b> 쓰는 법",
		"&amp;lt;b&amp;gt; &amp;amp;란":            "&lt;b&gt; &amp;란",
		"<em>기울임</em> 1 &lt; 2 <br>줄 <속보> i<p 이고": "기울임 1 < 2 줄 <속보> i<p 이고",
	} {
		if got, _, _, _ := posted(t, map[string]any{"title": map[string]any{"rendered": rendered}}); got != want {
			t.Errorf("%s: got %q, want %q", rendered, got, want)
		}
	}
}

// Until it is published, the link of a scheduled post is not where it will stand.
func TestI10AScheduledPostStandsWhereItWillBe(t *testing.T) {
	later := map[string]any{"status": "future", "link": "https://cms.example.com/?p=7", "slug": "%ec%98%88%ec%95%bd"}
	if _, _, _, draft := posted(t, later); !draft {
		t.Error("got a post of unknown address public at its date, want it to wait for WordPress")
	}
	later["permalink_template"] = "https://cms.example.com/2026/12/24/%postname%/"
	if _, _, url, draft := posted(t, later); draft || url != "https://cms.example.com/2026/12/24/%EC%98%88%EC%95%BD/" {
		t.Errorf("got %s, draft %t, want the address that it will have", url, draft)
	}
	later["slug"], later["generated_slug"], later["status"] = "", "예약", "pending"
	if _, _, url, draft := posted(t, later); !draft || url != "https://cms.example.com/2026/12/24/%EC%98%88%EC%95%BD/" {
		t.Errorf("got %s, draft %t, want a draft at the address that it will have", url, draft)
	}
	later["status"], later["link"] = "publish", "https://cms.example.com/2026/12/24/x/"
	if _, _, url, draft := posted(t, later); draft || url != "https://cms.example.com/2026/12/24/x/" {
		t.Errorf("got %s, draft %t, want the address that it has", url, draft)
	}
}

// What was written by hand is known where it is told.
func TestC9AnExcerptByHandStays(t *testing.T) {
	for _, test := range []struct {
		excerpt map[string]any
		want    string
	}{
		{map[string]any{"rendered": "<p>본문의 처음 [&hellip;]</p>"}, ""},
		{map[string]any{"rendered": "<p>손으로 쓴 것</p>"}, "손으로 쓴 것"},
		{map[string]any{"rendered": "<p>손으로 쓴 인용 [&hellip;]</p>", "raw": "손으로 쓴 인용 [&hellip;]"}, "손으로 쓴 인용 […]"},
		{map[string]any{"rendered": "<p>짧은 본문</p>", "raw": ""}, ""},
	} {
		if _, got, _, _ := posted(t, map[string]any{"excerpt": test.excerpt}); got != test.want {
			t.Errorf("%v: got %q, want %q", test.excerpt, got, test.want)
		}
	}
}

// Who is not at the address that permalinks give it is told the other one.
func TestPlainPermalinksAreNamed(t *testing.T) {
	const hint = "/?rest_route=/wp/v2/posts"
	for name, answer := range map[string]func(w http.ResponseWriter){
		"404":  func(w http.ResponseWriter) { w.WriteHeader(http.StatusNotFound) },
		"page": func(w http.ResponseWriter) { io.WriteString(w, "<!doctype html><p>없음") },
		"500":  func(w http.ResponseWriter) { w.WriteHeader(http.StatusInternalServerError) },
		"no such route": func(w http.ResponseWriter) {
			w.WriteHeader(http.StatusNotFound)
			io.WriteString(w, `{"code":"rest_no_route","message":"No route"}`)
		},
	} {
		y := newSystem(t)
		y.before = func(_ int, w http.ResponseWriter, _ *http.Request) bool { answer(w); return true }
		_, err := listed(t, y.open(t, cms.WordPress, nil))
		if want := name == "404" || name == "page"; err == nil || strings.HasSuffix(err.Error(), y.server.URL+hint) != want {
			t.Errorf("%s: got %v, want the other address named: %t", name, err, want)
		}
	}
}
