package engine_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// historyFolders are where the sources of a history stand.
var historyFolders = []string{"articles", "local", "third"}

// mixtures are the kinds that one history has beside each other: one for each of its sources, in the order of historyFolders.
func mixtures() []string {
	return []string{"files+rss+sql", "json+files+atom", "sql-cursor+wordpress+files", "jsonfeed+sitemap+files"}
}

// kindNamed returns a kind by its name, or the mixture of those that "+" joins; nil: there is no such.
func kindNamed(name string) *kind {
	names := strings.Split(name, "+")
	if len(names) == 1 {
		return kinds()[name]
	}
	mix := &kind{name: name}
	for _, n := range names {
		part := kinds()[n]
		if part == nil {
			return nil
		}
		mix.parts = append(mix.parts, part)
	}
	return mix
}

// of returns the kind of the source in a folder.
func (k *kind) of(folder string) *kind {
	if k.parts == nil {
		return k
	}
	return k.parts[slices.Index(historyFolders, folder)%len(k.parts)]
}

// some reports whether a kind is as is, or one of those that it mixes.
func (k *kind) some(is func(*kind) bool) bool {
	return k.parts == nil && is(k) || slices.ContainsFunc(k.parts, is)
}

// can reports whether a step means something to the kind; of a mixture, to one of its kinds. The site moves where all can.
func (k *kind) can(step string) bool {
	switch {
	case step == "trouble":
		return k.parts != nil
	case step == "host":
		return !k.some(func(k *kind) bool { return slices.Contains(k.without, step) })
	}
	return k.some(func(k *kind) bool { return !slices.Contains(k.without, step) })
}

// fieldsOf names the field that a step sets.
var fieldsOf = map[string]string{
	"draft": "draft", "noindex": "robots", "nositemap": "sitemap", "nofeed": "feed", "foreign": "canonical_url", "expire": "expires", "minor": "minor",
	"updated": "last_modified_at", "tag": "tags", "category": "categories", "image": "image", "claim": "id", "permalink": "permalink",
}

// adapt lets a story of a mixture say what an entry of a kind can say, and of which kind it is: no two kinds show one text as the same.
func (k *kind) adapt(to *kind, s *story) {
	if k.parts == nil {
		return
	}
	s.kind = to.name
	maps.DeleteFunc(s.meta, func(field, _ string) bool {
		return slices.ContainsFunc(to.without, func(step string) bool { return fieldsOf[step] == field })
	})
}

// trouble is a pass in which sources fail while the others go on; the next one has them all.
func (h *history) trouble() {
	h.change()
	h.change()
	if len(h.held) > 0 {
		return
	}
	h.away, h.failing = h.conf.origins[h.rand.IntN(len(h.conf.origins))].folder, true
	h.stocks[h.away].fail(h.rand.IntN(60))
}

// TestRandomHistoriesOfMixedKinds lives through histories of a site whose sources are of several kinds, with articles that two of them hold.
// HERALD_MIXED says how many of each mixture, HERALD_HISTORY_SEED where to begin; HERALD_HISTORY_KIND has TestRandomHistories live through
// those of any mixture, such as files+rss+sql.
func TestRandomHistoriesOfMixedKinds(t *testing.T) {
	count := 1
	if os.Getenv("CI") != "" {
		count = 2
	}
	for _, name := range mixtures() {
		t.Run(name, func(t *testing.T) { liveThrough(t, kindNamed(name), uint64(number(t, "HERALD_MIXED", count))) })
	}
}
