package engine_test

import (
	"cmp"
	"fmt"
	"path"
	"strings"
	"sync"
	"time"
)

// kinds returns the kinds of source that histories run over, by name. They are made once: histories that run beside each other share them.
var kinds = sync.OnceValue(func() map[string]*kind {
	all := map[string]*kind{
		"files":      ofFiles,
		"jsonl":      rowKind(newRowFile("jsonl"), false),
		"csv":        rowKind(newRowFile("csv"), false),
		"json":       rowKind(newPagedRows, false),
		"sql":        rowKind(newTable("", rowColumns), true),
		"sql-cursor": rowKind(newTable("version", rowColumns), true),
		"sql-time":   rowKind(newTable("changed", rowColumns), true),
		"sql-slug":   {open: newTable("", slugColumns), key: story.slug, bare: true, without: words("look claim permalink copy")},
		"wordpress": {
			open: newWordPress, prepare: wordPressEntry, key: func(s story) string { return fmt.Sprint(s.number()) }, bare: true, placed: true, named: true, stamps: true, late: true,
			without: words("look host nositemap nofeed expire minor updated"),
		},
		"ghost": {
			open: newGhost, prepare: ghostEntry, key: ghostID, bare: true, placed: true, named: true, stamps: true, late: true,
			without: words("look host tag draft noindex nositemap nofeed expire minor updated claim"),
		},
	}
	for format, without := range map[string]string{"rss": "tag updated", "atom": "tag image", "jsonfeed": "category"} {
		all[format] = &kind{
			open: newFeed(format, false), prepare: feedEntry, key: feedKey, bare: true, placed: true, latest: true,
			without: words("look host draft noindex nositemap nofeed foreign expire minor " + without),
		}
	}
	all["sql-cursor"].late, all["sql-time"].late = true, true
	whole := *all["rss"]
	whole.open, all["rss-whole"] = newFeed("rss", true), &whole
	for name, mods := range map[string]bool{"sitemap": true, "sitemap-undated": false} {
		all[name] = &kind{
			open: newSite(mods), prepare: pageEntry, key: story.address, none: isNoArticle, fetched: true, bare: true, placed: true, named: true, blank: true, stamps: mods, beside: true,
			without: words("look host draft nositemap nofeed expire minor claim"),
		}
	}
	for name, k := range all {
		k.name = name
	}
	return all
})

func words(text string) []string { return strings.Fields(text) }

// rowKind is a kind whose entries are rows with fields as front matter has them. Each has an id of its own where ids says so, and under some
// seeds.
func rowKind(open func(h *history, folder string) stock, ids bool) *kind {
	return &kind{
		open: open, bare: true, without: words("look"),
		key: func(s story) string { return cmp.Or(s.meta["id"], s.meta["permalink"], s.slug()) },
		prepare: func(h *history, s *story) {
			if (h.rowIDs || ids) && s.meta["id"] == "" {
				s.meta["id"] = fmt.Sprintf("urn:xx:row-%d", s.number())
			}
		},
	}
}

// slug is the name of a story as rows bear it.
func (s story) slug() string { return strings.TrimSuffix(s.name, ".md") }

// number is that of a story's word.
func (s story) number() (n int) {
	_, _ = fmt.Sscanf(s.word, "표식%d", &n)
	return n
}

// address is where an entry says that it stands.
func (s story) address() string {
	r := reading{link: cmp.Or(s.meta["permalink"], "/:path/"), dir: path.Dir(s.slug()), name: path.Base(s.slug())}
	return base + r.path(time.Time{}, time.UTC)
}

// moment returns a date of a story as systems write it, in UTC; what is unreadable stays so.
func (s story) moment(field string) string {
	text := s.meta[field]
	if text == "" || text == unreadable {
		return text
	}
	return written(text, time.UTC).UTC().Format(time.RFC3339)
}

// html is the body of an entry that is no file.
func (s story) html() string { return "<p>" + s.body() + "</p>" }

// lacking reports whether a listing of a source says that an entry is gone. A source that lists everything does with each it lacks.
func lacking(s stock, key string) bool {
	w, windowed := s.(interface{ lacks(key string) bool })
	return !windowed || w.lacks(key)
}
