package edition_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/edition"
)

// I1, I2: whatever happened before the state was lost, what standing documents show of ids, dates and
// URLs is the same afterwards, and nobody is told.
func TestI2ALostStateAfterRandomHistories(t *testing.T) {
	for seed := uint64(40); seed < 52; seed++ {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) {
			t.Parallel()
			h := newHistory(t, seed)
			for range 8 {
				h.add()
			}
			h.pass()
			for range 12 {
				h.step()
				h.pass()
			}
			for _, key := range h.alive { // last good versions, and dates that files gave once, go with the state
				h.change(key, func(s string) string { return strings.Replace(s, "date: 언젠가\n", "", 1) })
			}
			h.now = h.now.Add(3 * time.Hour)
			h.add()
			h.pass()
			h.toldOf()
			items, urls := h.items(), h.urls()
			h.lose()
			h.now = h.now.AddDate(-1, 0, 0).Add(-time.Minute) // nothing becomes due meanwhile
			h.pass()
			if told := h.toldOf(); len(told) > 0 {
				t.Errorf("told %q", told)
			}
			if got := h.urls(); !slices.Equal(got, urls) {
				t.Errorf("URLs %q, were %q", got, urls)
			}
			after := map[string]item{}
			for _, i := range h.items() {
				after[i.URL] = i
			}
			for _, i := range items {
				now, there := after[i.URL]
				if !there && len(after) == h.settings.Feed.Items {
					continue // pushed out by one whose file gives it a later date than the feed had shown
				}
				if !there || now.ID != i.ID || !now.Published.Equal(i.Published) || !now.Modified.Equal(i.Modified) {
					t.Errorf("%+v\nwas %+v", now, i)
				}
			}
			h.sameAsClean()
			before := h.documents()
			h.now = h.now.Add(-time.Minute)
			if _, pub := h.pass(); pub.Edition != 0 || !maps.Equal(before, h.documents()) {
				t.Errorf("an idle pass wrote %q", pub.Written)
			}
		})
	}
}

var loc = regexp.MustCompile(`<loc>([^<]*)</loc>`)

// urls gives, sorted, what the sitemap lists.
func (n *newsroom) urls() (out []string) {
	n.t.Helper()
	for _, doc := range n.documents() {
		if children(doc) != nil {
			continue
		}
		for _, m := range loc.FindAllStringSubmatch(doc, -1) {
			out = append(out, m[1])
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// I5: what no document shows, for it is kept from sitemaps and too old for feeds, is not the newest once
// the state is lost.
func TestI5ALostStateAndWhatNothingShows(t *testing.T) {
	n := newNewsroom(t, func(s *edition.Settings) { s.Feed.Items = 3 })
	n.write("조용히.md", "---\ntitle: 조용히\nrobots: noindex\n---\n검색에 내지 않는다.\n")
	n.pass()
	for i := range 4 {
		n.write(fmt.Sprintf("%d.md", i), article(fmt.Sprintf("글 %d", i), fmt.Sprintf("%d번째 글이다.", i)))
	}
	n.pass()
	before := n.items()
	n.lose()
	n.pass()
	if after := n.items(); !slices.Equal(after, before) {
		t.Errorf("%+v, was\n%+v", after, before)
	}
}
