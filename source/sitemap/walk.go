package sitemap

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"herald/source/remote"
	"herald/source/weburl"
)

// walk is the reading of all sitemaps of a source.
type walk struct {
	source *Source
	moved  remote.Move // as it was known before
	found  *listing
	files  map[string]*file
	named  []string // where sitemaps stand, as a robots.txt may name them
	own    []string // hosts whose pages the sitemap may list
	bad    int
	worst  string
	asked  bool
	said   remote.Said // of the files that were asked for, by the one that stands for the shortest time
}

// walk reads the sitemap and those that it names. One that cannot be read is an error: what it lists is unknown.
func (s *Source) walk(ctx context.Context) (*listing, error) {
	s.mu.Lock()
	moved := s.moved
	s.moved = remote.Move{} // if this fails it is perhaps where it was
	s.mu.Unlock()
	now := s.config.Now()
	w := &walk{source: s, moved: moved, found: &listing{moved: moved, shut: map[string]bool{}}, files: map[string]*file{}}
	if err := w.read(ctx, entry{url: moved.Address(s.root, now)}, 0); err != nil {
		return nil, err
	}
	l := w.found
	s.mu.Lock()
	s.files, s.moved = w.files, l.moved
	s.mu.Unlock()
	if w.bad > 0 {
		l.note("%s of the sitemap without an absolute URL: passed over (the first: %q)", counted(w.bad, "entry", "entries"), w.worst)
	}
	if len(l.items) == 0 {
		l.note("the sitemap lists no page")
	}
	l.notes = append(l.notes, l.moved.Notes()...)
	slices.SortStableFunc(l.items, func(a, b item) int {
		return cmp.Or(strings.Compare(a.url, b.url), -strings.Compare(a.mod, b.mod))
	})
	l.items = slices.CompactFunc(l.items, func(a, b item) bool { return a.url == b.url })
	l.distrust(now)
	err := w.crossed(ctx)
	l.walked, l.odd, l.said = now, len(l.notes), w.said
	return l, err
}

// read reads one file, and those that it names.
func (w *walk) read(ctx context.Context, e entry, depth int) error {
	switch {
	case w.files[e.url] != nil:
		return nil
	case depth > maxNesting:
		return fmt.Errorf("read %s: indexes in indexes, more than %d deep", e.url, maxNesting)
	case len(w.files) >= maxFiles:
		return fmt.Errorf("read %s: it names more than %d sitemaps", w.source.config.URL, maxFiles)
	}
	f, err := w.file(ctx, e)
	if err != nil {
		return err
	}
	w.files[e.url] = f
	w.named = append(w.named, e.url, f.at)
	if depth == 0 {
		w.named = append(w.named, w.source.root)
		w.own = []string{hostOf(w.source.root), hostOf(f.at)}
	}
	if w.bad += f.doc.bad; w.worst == "" {
		w.worst = f.doc.worst
	}
	if f.doc.index {
		for child := range f.doc.all.each() {
			if err := w.read(ctx, child, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	if f.doc.all.n > maxPerFile {
		w.found.note("%s lists %d pages: more than %d are too many for others", e.url, f.doc.all.n, maxPerFile)
	}
	if len(w.found.items)+f.doc.all.n > maxPages {
		return fmt.Errorf("read %s: it lists more than %d pages", w.source.config.URL, maxPages)
	}
	for page := range f.doc.all.each() {
		w.found.items = append(w.found.items, item{url: page.url, mod: page.mod})
	}
	return nil
}

// file returns one file: as it is now, or as it was where it says, or its index does, that it has not changed.
func (w *walk) file(ctx context.Context, e entry) (*file, error) {
	s, now := w.source, w.source.config.Now()
	had := s.files[e.url]
	if had != nil && e.mod != "" && e.mod == had.mod && len(e.mod) > len(time.DateOnly) {
		return had, nil
	}
	if had != nil && had.patience.Stands(ctx, now) {
		w.heard(had)
		return had, nil
	}
	r := remote.Request{URL: e.url, Accept: "application/xml, text/xml, text/plain;q=0.8, */*;q=0.5"}
	f := file{mod: e.mod}
	if had != nil {
		f = *had
		f.mod, r.ETag, r.Modified = e.mod, had.etag, had.modified
	}
	a, err := s.hosts.of(e.url).ask(ctx, r)
	if err != nil {
		return nil, named(e.url, err)
	}
	f.patience.Heard(a, now)
	switch {
	case a.Status == http.StatusNotModified && r.ETag+r.Modified != "":
	case a.Status == http.StatusNotModified:
		return nil, fmt.Errorf("read %s: answered 304 to a request without conditions", e.url)
	case a.Status != http.StatusOK:
		return nil, fmt.Errorf("read %s: %w", e.url, remote.StatusError(a))
	default:
		if f.doc, err = parse(a); err != nil {
			return nil, fmt.Errorf("read %s: %w", e.url, err)
		}
		f.etag, f.modified, f.at = a.ETag, a.Modified, e.url
		if url, err := weburl.Normal(a.URL); err == nil {
			f.at = url
		}
	}
	w.heard(&f)
	if len(w.files) == 0 { // the first
		w.found.moved = w.moved.After(a, e.url, s.root, now)
	}
	return &f, nil
}

// heard takes how long a file stands.
func (w *walk) heard(f *file) {
	if said := f.patience.Said(w.source.root); !w.asked || said.Fresh < w.said.Fresh {
		w.said = said
	}
	w.asked = true
}

// named returns an error that begins with what was read.
func named(url string, err error) error {
	if strings.Contains(err.Error(), url) {
		return err
	}
	return fmt.Errorf("read %s: %w", url, err)
}

// distrust passes over dates of last change that are those of the answer: a sitemap that is made for each request may call every
// page changed just now.
func (l *listing) distrust(now time.Time) {
	const few, moment = 10, time.Minute
	dated, fresh := 0, 0
	for _, it := range l.items {
		if it.mod == "" {
			continue
		}
		dated++
		if at, _, ok := modified(it.mod, time.UTC); ok && len(it.mod) > len(time.DateOnly) && now.Sub(at).Abs() < moment {
			fresh++
		}
	}
	if dated < few || fresh < dated*9/10 {
		return
	}
	for i := range l.items {
		l.items[i].mod = ""
	}
	l.note("lastmod says of %d of %d pages that they changed just now: it is passed over", fresh, dated)
}

const maxForeign = 10 // hosts beside the sitemap's own whose pages are read

// crossed passes over pages of other hosts than the sitemap's own, unless the robots.txt of theirs names the sitemap: anybody can list
// anybody's pages (sitemaps.org: cross submits).
func (w *walk) crossed(ctx context.Context) error {
	allowed := map[string]bool{}
	for _, name := range w.own {
		allowed[name] = true
	}
	l, asked, out, first := w.found, 0, 0, ""
	kept := l.items[:0]
	for _, it := range l.items {
		name := hostOf(it.url)
		may, known := allowed[name]
		if !known && asked < maxForeign {
			asked++
			rules, err := w.source.hosts.of(it.url).permission(ctx)
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			l.shut[name] = err != nil
			may = err != nil || w.names(rules.Sitemaps)
		}
		if allowed[name] = may; may {
			kept = append(kept, it)
			continue
		}
		if out++; first == "" {
			first = it.url
		}
	}
	l.items = kept
	if out > 0 {
		l.note("%s on other hosts passed over, whose robots.txt does not name the sitemap (the first: %s)", counted(out, "page", "pages"), first)
	}
	return nil
}

// names reports whether a robots.txt names one of the sitemaps that were read.
func (w *walk) names(sitemaps []string) bool {
	return slices.ContainsFunc(sitemaps, func(written string) bool {
		url, err := weburl.Normal(written)
		return err == nil && slices.Contains(w.named, url)
	})
}
