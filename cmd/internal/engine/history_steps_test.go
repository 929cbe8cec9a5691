package engine_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/edition"
)

// stepNames returns the steps that a random history is made of; what stands twice happens twice as often.
func stepNames(k *kind) []string {
	names := slices.Sorted(maps.Keys((&history{kind: k}).steps()))
	names = append(names, "force", "add", "edit", "rename", "several", "several", "config", "config", "crash", "crash")
	if k.parts != nil {
		names = append(names, "copy", "copy", "copy", "copy", "trouble", "trouble", "delete", "unplug")
	}
	return names
}

// steps are all that can happen between two passes.
func (h *history) steps() map[string]func() {
	all := map[string]func(){
		"several": h.several, "config": h.configure, "host": h.move, "approve": h.approve, "revert": h.revert, "burst": h.burst,
		"crash": func() { h.change(); h.crash() }, "lost": h.lose, "dump": h.dump, "look": h.glance,
		"wait":  func() { h.now = h.now.Add(time.Duration(h.rand.IntN(5000)) * time.Second) },
		"minor": func() { h.set("minor", "true") }, "updated": func() { h.set("last_modified_at", h.aTimeOfChange()) },
		"touch": h.touchAll, "clone": h.reclone, "empty": h.sweep, "unplug": h.unplug,
		"copy": h.copyFile, "order": h.reorder, "trouble": h.trouble,
	}
	maps.Copy(all, h.changes())
	maps.DeleteFunc(all, func(name string, _ func()) bool { return !h.kind.can(name) })
	return all
}

// changes are the steps that change articles and nothing else.
func (h *history) changes() map[string]func() {
	set := func(name, value string) func() { return func() { h.set(name, value) } }
	all := map[string]func(){
		"add": func() { h.add() }, "edit": h.edit, "delete": h.remove, "restore": h.restore, "rename": h.rename, "exchange": h.exchange, "replace": h.replace,
		"retitle":  func() { h.set("title", fmt.Sprintf("새 소식 %d", h.rand.IntN(10))) },
		"category": func() { h.set("categories", h.one("정치", "문화", "뉴스")) },
		"tag":      func() { h.set("tags", h.one("장터", "바다")) },
		"author":   func() { h.set("author", h.one("편집국", "문화부")) },
		"lang":     func() { h.set("lang", h.one("en", "ja")) },
		"draft":    set("draft", "true"), "noindex": set("robots", "noindex"), "nositemap": set("sitemap", "false"), "nofeed": set("feed", "false"),
		"foreign":   set("canonical_url", "https://other.example/원문/"),
		"image":     func() { h.set("image", fmt.Sprintf("/사진-%d.jpg", h.rand.IntN(3))) },
		"break":     set("date", unreadable),
		"date":      func() { h.set("date", h.aDate()) },
		"schedule":  func() { h.set("date", h.soon()) },
		"expire":    func() { h.set("expires", h.soon()) },
		"permalink": func() { h.set("permalink", h.one("/특집/", "/안내/", "/글-002/", "/글-003/", "/글-004/")) },
		"claim":     func() { h.set("id", h.one("urn:xx:1", "urn:xx:2", "기사 번호 3", base+"/"+"%EA%B8%80-002/")) },
	}
	maps.DeleteFunc(all, func(name string, _ func()) bool { return !h.kind.can(name) })
	return all
}

func (h *history) one(values ...string) string { return values[h.rand.IntN(len(values))] }

func (h *history) soon() string {
	return h.now.Add(time.Duration(h.rand.IntN(7200)) * time.Second).Format(time.RFC3339)
}

func (h *history) aDate() string {
	day := time.Date(2026, 1, 2+h.rand.IntN(60), h.rand.IntN(24), h.rand.IntN(60), 0, 0, time.UTC)
	return day.Format(h.one(time.DateOnly, "2006-01-02 15:04", time.RFC3339))
}

// aTimeOfChange is before all that is dated by its first sight, and after all else that is out.
func (h *history) aTimeOfChange() string {
	return time.Date(2026, 3, 21, h.rand.IntN(24), h.rand.IntN(60), 17, 0, time.UTC).Format(time.RFC3339)
}

// pick returns some file of a source; there is always one.
func (h *history) pick() (folder, key string) {
	var all [][2]string
	for _, o := range h.conf.origins {
		for _, key := range slices.Sorted(maps.Keys(h.disk[o.folder])) {
			all = append(all, [2]string{o.folder, key})
		}
	}
	if len(all) == 0 {
		return h.add()
	}
	at := all[h.rand.IntN(len(all))]
	return at[0], at[1]
}

// add writes a new article.
func (h *history) add() (folder, key string) {
	h.words++
	folder = h.conf.origins[h.rand.IntN(len(h.conf.origins))].folder
	s := story{word: fmt.Sprintf("표식%03d", h.words), meta: map[string]string{"title": "소식"}}
	key = fmt.Sprintf("글-%03d.md", h.words)
	switch h.rand.IntN(8) {
	case 0, 1, 2:
		s.meta["date"] = h.aDate()
	case 3:
		key = fmt.Sprintf("2026-02-%02d-%s", 1+h.rand.IntN(28), key)
	case 4:
		if h.telling != "at the beginning" && h.kind.of(folder).can("claim") {
			s.meta["id"] = h.one("urn:xx:1", "urn:xx:2", "기사 번호 3")
		}
	}
	h.save(folder, key, s)
	if _, there := h.disk[folder][key]; !there { // another entry has the id
		delete(s.meta, "id")
		h.save(folder, key, s)
	}
	return folder, key
}

func (h *history) edit() {
	folder, key := h.pick()
	s := h.disk[folder][key].clone()
	s.edits = h.rand.IntN(1000)
	h.save(folder, key, s)
}

// set changes a field of front matter, or takes it back where it is set.
func (h *history) set(name, value string) {
	folder, key := h.pick()
	s := h.disk[folder][key].clone()
	if s.meta[name] != "" && name != "title" && h.rand.IntN(2) == 0 {
		delete(s.meta, name)
	} else {
		s.meta[name] = value
	}
	h.save(folder, key, s)
}

func (h *history) remove() {
	folder, key := h.pick()
	h.past, h.pastAt = append(h.past, h.disk[folder][key]), append(h.pastAt, folder+"/"+key)
	h.drop(folder, key)
}

// restore brings a deleted file back, under its own name or another.
func (h *history) restore() {
	if len(h.past) == 0 {
		return
	}
	i := h.rand.IntN(len(h.past))
	folder, key, _ := strings.Cut(h.pastAt[i], "/")
	if h.rand.IntN(3) == 0 {
		key = "돌아온-" + filepath.Base(key)
	}
	if _, there := h.disk[folder][key]; !there {
		h.save(folder, key, h.past[i])
	}
}

// rename returns a file another name or folder, that of a removed one included; another source's at times.
func (h *history) rename() {
	folder, key := h.pick()
	to, name := folder, fmt.Sprintf("모음/옮김-%d-%s", h.rand.IntN(10), filepath.Base(key))
	switch h.rand.IntN(5) {
	case 0:
		to, name = h.conf.origins[h.rand.IntN(len(h.conf.origins))].folder, key
	case 1:
		if len(h.pastAt) > 0 {
			to, name, _ = strings.Cut(h.pastAt[h.rand.IntN(len(h.pastAt))], "/")
		}
	case 2:
		name = fmt.Sprintf("2026-02-%02d-%s", 1+h.rand.IntN(28), filepath.Base(key))
	}
	if _, there := h.disk[to][name]; there {
		return
	}
	s := h.disk[folder][key]
	h.drop(folder, key)
	h.save(to, name, s)
}

// exchange lets two files change places.
func (h *history) exchange() {
	folder, key := h.pick()
	other, with := h.pick()
	a, b := h.disk[folder][key], h.disk[other][with]
	if folder == other && key == with {
		return
	}
	h.drop(folder, key)
	h.drop(other, with)
	h.save(folder, key, b)
	h.save(other, with, a)
}

// replace puts one file in the place of another.
func (h *history) replace() {
	folder, key := h.pick()
	other, with := h.pick()
	if folder == other && key == with {
		return
	}
	s := h.disk[folder][key]
	h.drop(folder, key)
	h.save(other, with, s)
}

// change does one or two small things.
func (h *history) change() {
	all := h.changes()
	names := slices.Sorted(maps.Keys(all))
	for range 1 + h.rand.IntN(2) {
		all[names[h.rand.IntN(len(names))]]()
	}
}

func (h *history) several() {
	h.change()
	h.change()
}

// burst does the same to many articles of one source, as a broken tool would.
func (h *history) burst() {
	o := h.conf.origins[h.rand.IntN(len(h.conf.origins))]
	keys := slices.Sorted(maps.Keys(h.disk[o.folder]))
	kind, share := h.rand.IntN(4), 1+h.rand.IntN(4)
	if kind == 3 {
		for range 6 + h.rand.IntN(8) {
			h.add()
		}
		return
	}
	for i, key := range keys {
		if i%4 >= share {
			continue
		}
		s := h.disk[o.folder][key].clone()
		switch kind {
		case 0:
			h.past, h.pastAt = append(h.past, s), append(h.pastAt, o.folder+"/"+key)
			h.drop(o.folder, key)
			continue
		case 2:
			if h.kind.of(o.folder).can("draft") {
				s.meta["draft"] = "true"
				break
			}
			fallthrough
		case 1:
			s.edits++
		}
		h.save(o.folder, key, s)
	}
}

// revert puts each held source back to what was last taken in.
func (h *history) revert() {
	for _, o := range h.conf.origins {
		for _, key := range slices.Sorted(maps.Keys(h.disk[o.folder])) {
			h.drop(o.folder, key)
		}
		for _, key := range slices.Sorted(maps.Keys(h.good[o.folder])) {
			h.save(o.folder, key, h.good[o.folder][key])
		}
	}
}

// approve releases every hold that the last pass reported.
func (h *history) approve() {
	status, err := h.rooms.Status(context.Background())
	h.must(err)
	for _, hold := range status.Holds {
		if name := hold.Kind + " " + hold.Subject; h.held[name] {
			_, err := h.rooms.Approve(context.Background(), hold.ID)
			h.must(err)
			h.held["approved "+name] = true
		}
	}
}

// touchAll returns every file other times; reclone makes every file anew.
func (h *history) touchAll() {
	h.quiet = true
	for folder, stories := range h.disk {
		for _, key := range slices.Sorted(maps.Keys(stories)) {
			h.stocks[folder].touch(stories[key])
		}
	}
}

func (h *history) reclone() {
	h.quiet = true
	for _, s := range h.stocks {
		s.anew()
	}
}

// dump moves the state by way of a dump: as if nothing had been.
func (h *history) dump() {
	h.quiet = true
	known := func() string {
		if h.before.docs["feed.json"] == "" {
			return ""
		}
		return h.known()
	}
	before := known()
	h.moveState()
	if after := known(); before != after {
		h.fail("a moved state is the same", "%s\n--- was ---\n%s", after, before)
	}
}

// sweep empties the output folder. Under a held site.url nobody could fill it again.
func (h *history) sweep() {
	if h.model.site == h.conf.site {
		h.must(os.RemoveAll(h.path("public")))
	}
}

// unplug lets a source be unreadable for one pass.
func (h *history) unplug() {
	if len(h.held) > 0 {
		return
	}
	h.quiet, h.away = true, h.conf.origins[h.rand.IntN(len(h.conf.origins))].folder
	h.stocks[h.away].fail(h.rand.IntN(60))
}

// glance is the daemon that sees one file saved before the next scan.
func (h *history) glance() {
	folder, key := h.pick()
	if len(h.held) > 0 || !h.kind.of(folder).can("look") {
		return
	}
	s := h.disk[folder][key].clone()
	s.edits++
	h.save(folder, key, s)
	for _, o := range h.conf.origins {
		if o.folder == folder {
			_, done, err := h.rooms.Look(context.Background(), o.name, []string{key})
			h.must(err)
			if done {
				h.model.looked[key] = h.now
			}
			if _, err = h.rooms.Publish(context.Background(), edition.PublishOptions{}); !errors.Is(err, edition.ErrNothing) {
				h.must(err)
			}
		}
	}
}

// lose deletes the ledger. What documents show is all that is left.
func (h *history) lose() {
	if len(h.held) > 0 || h.conf.more {
		return
	}
	recovered := map[string]*fact{}
	oldest := h.now
	for _, item := range h.before.items {
		oldest = item.published
	}
	for _, f := range h.model.facts {
		url := h.model.site + f.path
		if f.removed != 0 || !f.out {
			continue
		}
		rec := &fact{shown: shown{latest: oldest}}
		if slices.ContainsFunc(h.before.items, func(item told) bool { return item.url == url }) {
			rec.guid, rec.shown, rec.reading = f.guid, f.shown, f.reading
			rec.shown.listed = 0
		}
		if lastmod, listed := h.before.urls[url]; listed {
			rec.shown.lastmod, rec.shown.listed = lastmod, 1
		}
		if rec.guid == "" && rec.shown.listed == 0 {
			continue
		}
		if recovered[f.path] = rec; h.unavailable(f) { // what stands is not what the file says: when that changed is not known
			rec.shown.version, rec.shown.listed = 0, 0
		}
	}
	h.closeState()
	h.model.lost(h.conf.site, recovered, oldest)
	h.public = map[string]bool{}
	h.open()
}
