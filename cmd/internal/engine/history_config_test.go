package engine_test

import (
	"fmt"
	"slices"
	"time"

	"herald/cmd/internal/intake"
	"herald/feeds"
)

// configure changes one thing of the config and starts the program anew.
func (h *history) configure() {
	c := &h.conf
	o := &c.origins[h.rand.IntN(len(c.origins))]
	all := []func(){
		func() { c.title = h.one("새벽신문", "저녁신문") },
		func() { c.items = 2 + h.rand.IntN(15) },
		func() { c.content = []feeds.Content{feeds.Full, feeds.Summary, feeds.None}[h.rand.IntN(3)] },
		func() { c.json = !c.json },
		func() { c.alias = !c.alias },
		func() { c.perFile = 4 + h.rand.IntN(30) },
		func() { c.images = !c.images },
		func() { c.pages = [][]string{nil, {"/"}, {"/", "/about/"}}[h.rand.IntN(3)] },
		func() {
			c.zone = []*time.Location{time.UTC, time.FixedZone("KST", 9*3600), time.FixedZone("EST", -5*3600)}[h.rand.IntN(3)]
		},
		func() { c.robots = h.one("", "off", "User-agent: *\nDisallow: /admin/") },
		func() { c.guard = !c.guard },
		func() { c.indexnow = !c.indexnow },
		func() { c.hubs = !c.hubs },
		func() { o.pattern = h.one("/:path/", "/"+o.name+"/:path/", "/:year/:path/", "/"+o.name+"/:name/") },
		func() { o.category = h.one("", "뉴스", "정치") },
		func() { o.tag, o.author = h.one("", "장터"), h.one("", "편집국") },
		func() { o.lang = h.one("", "en") },
		func() {
			o.undated = []intake.Undated{intake.Auto, intake.FirstSeen, intake.SitemapOnly, intake.Refuse}[h.rand.IntN(4)]
		},
		func() { o.grace = []time.Duration{0, 90 * time.Second, time.Hour}[h.rand.IntN(3)] },
		func() { o.name = fmt.Sprintf("%s-%d", o.folder, h.rand.IntN(10)) },
		h.addSource, h.dropSource,
	}
	all[h.rand.IntN(len(all))]()
	h.open()
}

func (h *history) addSource() {
	for _, folder := range historyFolders {
		if !slices.ContainsFunc(h.conf.origins, func(o origin) bool { return o.folder == folder }) {
			h.conf.origins = append(h.conf.origins, origin{name: folder, folder: folder, pattern: h.one("/:path/", "/"+folder+"/:path/"), undated: intake.Auto})
			return
		}
	}
}

func (h *history) dropSource() {
	if i := h.rand.IntN(len(h.conf.origins)); len(h.conf.origins) > 1 {
		h.conf.origins = slices.Delete(slices.Clone(h.conf.origins), i, i+1)
	}
}

// move returns the site another address.
func (h *history) move() {
	h.conf.site = h.one(base, base, "https://www.example.net", "https://xn--hq1bm8jm9l.example")
	h.open()
}
