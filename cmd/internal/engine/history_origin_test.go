package engine_test

import (
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"

	"herald/source"
	"herald/source/reader"
	"herald/source/sourcetest"
)

// TestTheOriginsOfHistoriesAreSources holds what the histories of each kind read against the contract of sources: an origin that lies
// would judge nothing.
func TestTheOriginsOfHistoriesAreSources(t *testing.T) {
	for name, k := range kinds() {
		for seed := range uint64(2) {
			t.Run(name+[]string{"", " with ids"}[seed], func(t *testing.T) {
				sourcetest.Test(t, func(t *testing.T) *sourcetest.Origin { return originOf(t, k, seed == 1) })
			})
		}
	}
}

// originOf is an origin of a kind with nothing in it.
func originOf(t *testing.T, k *kind, ids bool) *sourcetest.Origin {
	h := &history{
		newsroom: &newsroom{t: t, dir: t.TempDir(), now: time.Date(2026, 3, 22, 9, 0, 0, 0, time.UTC)}, kind: k, rand: rand.New(rand.NewPCG(1, 1)),
		rowIDs: ids, pages: map[string]story{}, disk: map[string]map[string]story{"articles": {}}, stocks: map[string]stock{},
	}
	t.Cleanup(func() {
		for _, f := range h.ends {
			f()
		}
	})
	h.stocks["articles"] = k.open(h, "articles")
	open := func(r reader.Reading) source.Source {
		src, err := h.stocks["articles"].source(r)
		h.must(err)
		return src
	}
	known := map[string]int{} // by name
	put := func(name, title, body, date string) string {
		if known[name] == 0 {
			known[name] = len(known) + 1
		}
		s := story{word: fmt.Sprintf("표식%03d", known[name]), edits: int(crc32.ChecksumIEEE([]byte(body))), meta: map[string]string{"title": title}}
		if date != "" {
			s.meta["date"] = date
		}
		h.save("articles", name+".md", s)
		h.now = h.now.Add(time.Minute)
		return k.key(h.disk["articles"][name+".md"])
	}
	return &sourcetest.Origin{
		Source:  open(reader.Reading{Pattern: "/:path/"}),
		Put:     func(_ *testing.T, name, title, body string) string { return put(name, title, body, "") },
		Refused: func(_ *testing.T, name string) string { return put(name, "제목", "본문", unreadable) },
		Remove: func(_ *testing.T, key string) {
			for name, s := range h.disk["articles"] {
				if k.key(s) == key {
					h.drop("articles", name)
				}
			}
		},
		Break: func(*testing.T) {
			h.now = h.now.Add(25 * time.Hour)
			if site, is := h.stocks["articles"].(*foreignSite); is {
				site.isList = func(*http.Request) bool { return true } // its pages too
			}
			h.stocks["articles"].fail(0)
		},
		Otherwise: func(*testing.T) source.Source {
			return open(reader.Reading{Pattern: "/:path/", Defaults: reader.Defaults{Language: "ko"}})
		},
	}
}
