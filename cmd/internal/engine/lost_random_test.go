package engine_test

import (
	"fmt"
	"slices"
	"testing"
)

// I1, I2: whatever happened before the state was lost, what standing documents show of ids, dates and
// URLs is the same afterwards, and nobody is told.
func TestI2ALostStateAfterRandomHistories(t *testing.T) {
	for seed := uint64(40); seed < 52; seed++ {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) {
			t.Parallel()
			p := randomPast(ofFiles, seed)
			p.steps = append(p.steps, happening{"force", stepsOfOne}, happening{"lost", stepsOfOne + 1})
			if b := p.live(t); b != nil {
				t.Error(b)
			}
		})
	}
}

// I5: what no document shows, for it is kept from sitemaps and too old for feeds, is not the newest once
// the state is lost.
func TestI5ALostStateAndWhatNothingShows(t *testing.T) {
	n := newNewsroom(t, func(s *settings) { s.Feed.Items = 3 })
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
