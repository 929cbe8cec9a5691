package json_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"herald/source"
	cms "herald/source/json"
	"herald/source/reader"
)

func TestListsThatAreRefused(t *testing.T) {
	tests := map[string]struct {
		answer func(n int, q *http.Request) string
		change func(*cms.Config)
		want   string
	}{
		"circle": {func(n int, _ *http.Request) string {
			return fmt.Sprintf(`{"data":{"articles":[{"uuid":%d}]},"links":{"next":"?p=%d"}}`, n, n%3)
		}, nil, "lead in a circle"},
		"no count": {func(int, *http.Request) string { return `[{"uuid":1}]` }, func(c *cms.Config) { c.Items, c.Next, c.Page = "", "", "p" },
			"does not count by the parameter"},
		"no address": {func(int, *http.Request) string { return `{"data":{"articles":[{"uuid":1}]},"links":{"next":2}}` }, nil, "say next: {page: NAME, from: 1}"},
		"another scheme": {func(int, *http.Request) string {
			return `{"data":{"articles":[{"uuid":1}]},"links":{"next":"file:///x"}}`
		}, nil, "not an http or https address"},
		"no id": {func(int, *http.Request) string { return `{"data":{"articles":[{"n":1},{"n":2}]}}` }, nil, "no item can be told apart"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			y := newSystem(t)
			y.before = func(n int, w http.ResponseWriter, q *http.Request) bool {
				io.WriteString(w, test.answer(n, q))
				return true
			}
			if _, err := listed(t, y.open(t, "", test.change)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// Counted pages begin where the config says, and end with the first that holds nothing or is not found.
func TestCountedPages(t *testing.T) {
	const want = "[/api/articles?n=0 /api/articles?n=1]"
	for _, end := range []string{"empty", "404"} {
		y := newSystem(t)
		y.before = func(n int, w http.ResponseWriter, q *http.Request) bool {
			w.Header().Set("ETag", `"a"`)
			switch {
			case n < 2:
				fmt.Fprintf(w, `[{"id":%d,"title":"글"}]`, n)
			case end == "404":
				w.WriteHeader(http.StatusNotFound)
			default:
				fmt.Fprint(w, "[]")
			}
			return true
		}
		s := y.open(t, "", func(c *cms.Config) { c.Items, c.Next, c.Page, c.From, c.Reading.Fields = "", "", "n", "0", nil })
		if got := keysOf(t, s); len(got) != 1 || fmt.Sprint(y.asked()) != want {
			t.Errorf("%s: got %q, want one by %s", end, got, want)
		}
		if got := s.Memory(); strings.Contains(got, "etag") {
			t.Errorf("%s: got %s, want no tag of one page kept for all", end, got)
		}
	}
	for from, page := range map[string]string{"1": "", "-1": "p", "x": "p"} {
		if _, err := cms.New(cms.Config{URL: "https://api.example.com/", Page: page, From: from}); err == nil || !strings.HasPrefix(err.Error(), "next: ") {
			t.Errorf("%q, %q: got %v, want it refused", page, from, err)
		}
	}
}

// Who lists one page of many is told.
func TestANextPageThatIsNotFollowedIsNamed(t *testing.T) {
	y := newSystem(t)
	y.before = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Link", `<https://api.example.com/?p=2>; rel="next"`)
		fmt.Fprint(w, `[{"id":1,"title":"글"}]`)
		return true
	}
	for next, want := range map[string]int{"": 1, "next": 0} {
		s := y.open(t, "", func(c *cms.Config) { c.Items, c.Next, c.Reading.Fields = "", next, nil })
		if keysOf(t, s); len(s.Notes()) != want {
			t.Errorf("next %q: got %q, want %d notes", next, s.Notes(), want)
		}
	}
}

// one returns a source of a document that never changes.
func one(t *testing.T, doc string, change func(*cms.Config)) *cms.Source {
	y := newSystem(t)
	y.before = func(_ int, w http.ResponseWriter, _ *http.Request) bool { io.WriteString(w, doc); return true }
	return y.open(t, "", func(c *cms.Config) {
		c.Items, c.Next, c.Reading.Fields = "", "", nil
		if change != nil {
			change(c)
		}
	})
}

// Of two items of one id in a page the second is refused, and so is what has none or is no object.
func TestI3TheSameIDTwice(t *testing.T) {
	s := one(t, `[{"id":1,"title":"가"},{"id":1,"title":"나"},{"title":"다"},7,{"id":"item 3","title":"라"}]`, nil)
	if got := keysOf(t, s); !slices.Equal(got, []string{"1", "item 2", "item 3", "item 4", "item 5"}) {
		t.Errorf("got %q, want each under its number", got)
	}
	for key, want := range map[string]string{"item 2": `the id "1" is that of an item before it`, "item 3": "it has none of id", "item 4": "not a JSON object", "item 5": "is kept for items that have none"} {
		_, err := s.Load(t.Context(), key)
		var refused *source.ArticleError
		if !errors.As(err, &refused) || !strings.Contains(refused.Reason, want) || !strings.HasSuffix(refused.Place, ": "+key) {
			t.Errorf("%s: got %v, want %q", key, err, want)
		}
	}
}

// Items in CP949, though JSON knows UTF-8 alone, and a byte order mark before them.
func TestC10ForeignEncodings(t *testing.T) {
	for _, doc := range []string{"\xEF\xBB\xBF[{\"id\":1,\"title\":\"가나다\"}]", "[{\"id\":1,\"title\":\"\xb0\xa1\xb3\xaa\xb4\xd9\",\"text\":\"\xb6\xf3\xb8\xb6\xb9\xd9\xbb\xe7\xbe\xc6\xc0\xda\xc2\xf7\xc4\xab\xc5\xb8\xc6\xc4\xc7\xcf\"}]"} {
		s := one(t, doc, nil)
		if a, err := s.Load(t.Context(), keysOf(t, s)[0]); err != nil || a.Title != "가나다" {
			t.Errorf("%q: got %+v, %v, want 가나다", doc, a, err)
		}
	}
}

// An address of an item is its own where it is absolute, and a path of the site where it is none.
func TestAddressesOfItems(t *testing.T) {
	s := one(t, `[{"id":1,"title":"가","url":"https://Other.example.com/가"},{"id":2,"title":"나","url":"/b/c/"},{"id":3,"title":"다","slug":"d"},{"id":4,"title":"라","url":"https://a b/"}]`,
		func(c *cms.Config) { c.Reading = reader.Reading{Pattern: "/:path/"} })
	for key, want := range map[string]string{"1": "https://other.example.com/%EA%B0%80 ", "2": " /b/c/", "3": " /:path/", "4": "is not an absolute http or https URL"} {
		got := ""
		if a, err := s.Load(t.Context(), key); err == nil {
			got = a.URL + " " + a.Link.Pattern
		} else {
			got = err.Error()
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
}

// What the operator wrote into the address stays as it is, beside what the presets ask for.
func TestParametersOfTheAddressStay(t *testing.T) {
	for _, test := range []struct{ preset, query, want, later string }{
		{cms.WordPress, "?categories=3,4&per_page=50&note=a%2fb", "?categories=3,4&per_page=50&note=a%2fb&_embed=", "modified_after=2026-03-02T07%3A59%3A00%2B09%3A00"},
		{cms.Ghost, "?key=22444f78447824223cefc48062&filter=tag:%20x", "?key=22444f78447824223cefc48062&filter=tag:%20x&include=", "filter=%28tag%3A+x%29%2Bupdated_at%3A%3E%272026-03-01+22%3A59%3A00%27"},
	} {
		y := filled(t, 0)
		y.posts = []post{{id: 7, title: "글", changed: y.clock}}
		open := func() *cms.Source {
			return y.open(t, test.preset, func(c *cms.Config) {
				address, _, _ := strings.Cut(c.URL, "?")
				c.URL = address + test.query
			})
		}
		first := open()
		keysOf(t, first)
		if got := y.asked(); !strings.Contains(got[0], test.want) {
			t.Errorf("got %q, want %q", got, test.want)
		}
		next := open()
		next.Recall(first.Memory(), false)
		if _, err := listed(t, next); err != nil || !strings.Contains(strings.Join(y.asked(), " "), test.later) {
			t.Errorf("got %v, want %q in what is asked", err, test.later)
		}
	}
}

// More items than are held in memory come back from the file.
func TestManyItems(t *testing.T) {
	y := newSystem(t)
	y.size = 100
	var noise strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&noise, "%x ", i*2654435761%1000003)
	}
	for i := range 1000 {
		y.posts = append(y.posts, post{id: i + 1, title: fmt.Sprint("글 ", i), body: fmt.Sprint(i) + noise.String()[i:], changed: y.clock})
	}
	s := y.open(t, cms.WordPress, nil)
	for _, key := range keysOf(t, s) {
		a, err := s.Load(t.Context(), key)
		if err != nil || fmt.Sprint("글 ", mustInt(key)-1) != a.Title || !strings.HasPrefix(a.Body.Text, fmt.Sprint(mustInt(key)-1)) {
			t.Fatalf("%s: got %v, %v, want its own words", key, a, err)
		}
	}
}

func mustInt(s string) (n int) {
	fmt.Sscan(s, &n)
	return n
}
