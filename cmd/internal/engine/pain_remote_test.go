package engine_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	jsonsource "herald/source/json"
	"herald/source/reader"
	"herald/source/remote"
)

// The tests here are those of pain_test.go that mean something to articles that a content system answers with.

// cms is a content system: what it answers with, a list of items or something else.
type cms struct {
	items  []map[string]any
	answer func(w http.ResponseWriter) // in place of the items; nil: the items
}

// distant returns a newsroom whose articles are the items of a content system.
func distant(t *testing.T, items ...map[string]any) (*newsroom, *cms) {
	t.Helper()
	d := &cms{items: items}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if d.answer != nil {
			d.answer(w)
			return
		}
		_ = json.NewEncoder(w).Encode(append([]map[string]any{}, d.items...))
	}))
	t.Cleanup(server.Close)
	var n *newsroom
	n = newNewsroom(t, func(s *settings) {
		src, err := jsonsource.New(jsonsource.Config{
			URL: server.URL + "/articles", Fetch: fetchPlain, Reading: reader.Reading{Pattern: "/:path/"}, Now: func() time.Time { return n.now },
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Sources[0].Source, s.Sources[0].ReadAs = src, src.ReadAs()
	})
	return n, d
}

// fetchPlain asks on no conditions.
func fetchPlain(ctx context.Context, r remote.Request) (*remote.Answer, error) {
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, r.URL, nil)
	if err != nil {
		return nil, err
	}
	a, err := http.DefaultClient.Do(q)
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	return &remote.Answer{Status: a.StatusCode, Body: body, URL: r.URL, Header: a.Header}, err
}

// many returns items by number.
func many(count int) (items []map[string]any) {
	for i := range count {
		items = append(items, map[string]any{
			"id": fmt.Sprintf("urn:글:%d", i), "url": fmt.Sprintf("%s/%02d/", base, i), "title": fmt.Sprintf("소식 %d", i),
			"date": fmt.Sprintf("2026-03-%02dT09:00:00Z", i+1), "content": fmt.Sprintf("<p>바람마을의 소식 %d</p>", i),
		})
	}
	return items
}

func TestI1ARemoteArticleThatMovesKeepsItsID(t *testing.T) {
	n, d := distant(t, many(12)...)
	n.pass()
	before := slices.Sorted(maps.Values(n.ids()))
	d.items[3]["title"], d.items[4]["url"] = "새 제목", base+"/moved/"
	n.pass()
	if got := slices.Sorted(maps.Values(n.ids())); !slices.Equal(got, before) || n.ids()[base+"/moved/"] != "urn:글:4" {
		t.Errorf("got ids %q, want %q, and that of the one that moved", n.ids(), before)
	}
	n.sameAsClean()
}

// Where the address is all that tells items apart, the words do.
func TestI1ARemoteArticleOfAnotherAddressAndTheSameWordsKeepsItsID(t *testing.T) {
	n, d := distant(t, many(12)...)
	for _, one := range d.items {
		delete(one, "id")
	}
	n.pass()
	d.items[4]["url"] = base + "/moved/"
	scan, _ := n.pass()
	if scan.Renamed != 1 || n.ids()[base+"/moved/"] != base+"/04/" {
		t.Errorf("got %d renamed, ids %q, want one, with the id of its first address", scan.Renamed, n.ids())
	}
}

func TestI2RemoteIDsComeOutTheSameFromNothing(t *testing.T) {
	var want map[string]string
	for year := range 3 {
		n, d := distant(t, many(5)...)
		for i, one := range d.items {
			delete(one, "id")
			delete(one, "date")
			one["slug"] = fmt.Sprintf("소식-%d", i)
		}
		n.now = n.now.AddDate(year, 0, 0)
		n.pass()
		if want == nil {
			want = n.ids()
		}
		if got := n.ids(); len(got) != 5 || !maps.Equal(got, want) {
			t.Errorf("got ids %q, want %q", got, want)
		}
	}
}

// Nothing is dated from nothing, and an undated article is not dated again by every scan.
func TestI5UndatedRemoteArticlesKeepTheirDates(t *testing.T) {
	n, d := distant(t, many(4)...)
	for _, one := range d.items {
		delete(one, "date")
	}
	n.pass()
	before := n.documents()
	for range 3 {
		n.now = n.now.AddDate(0, 0, 1)
		if n.pass(); !maps.Equal(n.documents(), before) {
			t.Fatal("got other bytes a day later, want the same")
		}
	}
	for i, date := range []any{"0001-01-01", "1970-01-01", 0, "언젠가", nil} {
		d.items = append(d.items, map[string]any{"id": fmt.Sprint("x", i), "title": fmt.Sprint("글 ", i), "date": date, "content": "<p>글</p>", "slug": fmt.Sprint("x", i)})
	}
	n.pass()
	for _, one := range n.items() {
		if one.Published.Year() < 2026 {
			t.Errorf("got %s dated %s, want no date that nobody meant", one.URL, one.Published)
		}
	}
}

func TestI9AnEditOfARemoteArticleIsNoNewPost(t *testing.T) {
	n, d := distant(t, many(5)...)
	n.pass()
	before := map[string]time.Time{}
	for _, one := range n.items() {
		before[one.ID] = one.Published
	}
	d.items[2]["content"], d.items[2]["modified"] = "<p>고친 글</p>", "2026-11-22T09:00:00Z"
	n.pass()
	for _, one := range n.items() {
		if !one.Published.Equal(before[one.ID]) {
			t.Errorf("%s: got the date %s, want %s", one.ID, one.Published, before[one.ID])
		}
	}
	if !strings.Contains(n.read("feed.json"), "고친 글") {
		t.Error("got the old words, want the new ones")
	}
}

func TestI10ARemoteArticleOfTheFutureWaits(t *testing.T) {
	n, d := distant(t, many(3)...)
	d.items[1]["date"] = n.now.Add(time.Hour).Format(time.RFC3339)
	n.pass()
	if got := len(n.items()); got != 2 {
		t.Fatalf("got %d items, want those of the past", got)
	}
	n.now = n.now.Add(time.Hour)
	if n.pass(); len(n.items()) != 3 {
		t.Errorf("got %d items at its hour, want three", len(n.items()))
	}
}

// Equal dates get times of their own, and the order of the answer changes no byte.
func TestI13TheOrderOfAnAnswerDoesNotMatter(t *testing.T) {
	n, d := distant(t, many(9)...)
	for _, one := range d.items {
		one["date"] = "2026-05-05"
	}
	n.pass()
	before := n.documents()
	slices.Reverse(d.items)
	if _, pub := n.pass(); pub.Edition != 0 || !maps.Equal(n.documents(), before) {
		t.Errorf("got %q written, want nothing", pub.Written)
	}
	items := n.items()
	for i := 1; i < len(items); i++ {
		if !items[i].Published.Before(items[i-1].Published) {
			t.Errorf("got %s behind %s, want times that fall", items[i].Published, items[i-1].Published)
		}
	}
}

func TestI14ABrokenItemLeavesTheOthers(t *testing.T) {
	n, d := distant(t, many(12)...)
	n.pass()
	d.items[4]["content"], d.items[4]["title"] = []any{1}, nil
	d.items[5]["content"] = "<p>고친 글</p>"
	scan, _ := n.pass()
	if len(scan.Refused) != 1 || len(n.items()) != 12 || !strings.Contains(n.read("feed.json"), "소식 4") || !strings.Contains(n.read("feed.json"), "고친 글") {
		t.Errorf("got %+v, %d items, want one refused, its last good version, and the edit of another", scan.Refused, len(n.items()))
	}
}

func TestI15TwoItemsOfOneURL(t *testing.T) {
	n, d := distant(t, many(3)...)
	n.pass()
	d.items = append(d.items, map[string]any{"id": "another", "url": base + "/01/", "title": "다른 글", "date": "2026-03-09", "content": "<p>글</p>"})
	scan, _ := n.pass()
	if len(scan.Refused) != 1 || !strings.Contains(scan.Refused[0].Reason, base+"/01/") || n.ids()[base+"/01/"] != "urn:글:1" {
		t.Errorf("got %+v, want the later claimant refused", scan.Refused)
	}
}

// O7: whatever a content system answers in the place of its articles, what was published stays.
func TestO7ARemoteSourceThatFailsKeepsTheLastGoodOutputs(t *testing.T) {
	n, d := distant(t, many(12)...)
	n.pass()
	before := n.documents()
	for name, answer := range map[string]func(w http.ResponseWriter){
		"502":   func(w http.ResponseWriter) { w.WriteHeader(http.StatusBadGateway) },
		"page":  func(w http.ResponseWriter) { fmt.Fprint(w, "<!doctype html><p>점검 중") },
		"fault": func(w http.ResponseWriter) { fmt.Fprint(w, `{"error":"한도를 넘었다"}`) },
		"cut":   func(w http.ResponseWriter) { fmt.Fprint(w, `[{"id":"urn:글:1","title":"소`) },
		"none":  func(http.ResponseWriter) {},
	} {
		d.answer = answer
		n.now = n.now.Add(time.Minute)
		_, err := n.rooms.Scan(t.Context(), "articles", intake.ScanOptions{})
		pub, errPublish := n.rooms.Publish(t.Context(), edition.PublishOptions{})
		if n.must(errPublish); err == nil || pub.Edition != 0 || !maps.Equal(n.documents(), before) {
			t.Errorf("%s: got %v, edition %d, want an error, and nothing published", name, err, pub.Edition)
		}
	}
	d.answer, d.items = nil, nil
	if scan, _ := n.pass(); scan.Hold == nil || !maps.Equal(n.documents(), before) {
		t.Errorf("got %+v of an empty list, want it held", scan)
	}
}
