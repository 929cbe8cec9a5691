package json

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"herald/source/remote"
	"herald/source/spool"
)

const (
	maxPages = 20_000    // of a listing
	maxItems = 2_000_000 // of a listing
	accept   = "application/json, */*;q=0.5"
)

// walk is a listing that is being made, page by page.
type walk struct {
	dialect dialect
	ask     func(ctx context.Context, r remote.Request, waits *int, beside bool) (*remote.Answer, error)
	now     func() time.Time
	began   time.Time
	next    string // address of the page that is asked for next; "": there is none
	asked   map[string]bool
	since   string // "": everything is listed
	asks    remote.Move
	spool   *spool.Spool
	had     map[string]page // pages that the server may say are unchanged

	etag, modified string // of all of the list, that an earlier process saw

	rows      []row
	seen      map[string]int // rows by key
	number    uint32         // of the next item
	keyed     int
	unkeyed   string
	pages     int
	kept      map[string]page
	unchanged bool // the list is what it was
	totals    []int
	cursor    string // the last change
	notes     []string
	waits     int
	resumable bool // what kept it from its end was a page that may be there the next time
}

// begin fills in what every walk begins with.
func (w *walk) begin() *walk {
	w.next, w.asked, w.seen, w.kept = w.dialect.first(w.since), map[string]bool{}, map[string]int{}, map[string]page{}
	w.began, w.number, w.spool = w.now(), 1, new(spool.Spool)
	return w
}

// found returns what is known after a walk.
func (w *walk) found(had known) known {
	w.spool.Pause()
	slices.SortFunc(w.rows, byKey)
	m := had.memory
	m.Moved = w.asks
	whole := had.listing != nil && had.listing.complete
	l := &listing{at: w.now(), rows: w.rows, lacking: &lacking{stands: map[string]bool{}}}
	if w.since == "" {
		m.Full = w.began.UnixMilli()
	}
	if w.fell() { // what moved to a page that was read already is seen by the next listing alone, where nobody knew it before
		m.Full = 0
	}
	switch {
	case w.unchanged && whole:
		at := l.at
		*l = *had.listing
		l.at = at
	case w.unchanged: // as an earlier process saw it
	case w.since != "" && whole:
		l = had.listing.with(w.rows, l.at)
	case w.since != "":
	default:
		l.complete, l.unsure, l.pages = true, w.unsure(), w.kept
		m.ETag, m.Modified = "", ""
		if only := w.kept[w.dialect.first("")]; w.pages == 1 && only.next == "" {
			m.ETag, m.Modified = only.etag, only.modified
		}
	}
	m.Cursor = later(m.Cursor, w.cursor, w.began)
	return known{l, m, w.notes, w.unchanged || w.since != ""}
}

// conditions lets the server say that what is known is unchanged.
func (w *walk) conditions(had *listing, m memory) {
	if had != nil && had.complete {
		w.had = had.pages
		return
	}
	w.etag, w.modified = m.ETag, m.Modified
}

// run asks for all pages.
func (w *walk) run(ctx context.Context) error {
	d := w.dialect
	w.resumable = false
	for ; w.next != ""; w.pages++ {
		switch {
		case w.asked[w.next]:
			return fmt.Errorf("read %s: page %d is one that was read before: its pages lead in a circle", d.name, w.pages+1)
		case w.pages == maxPages || len(w.rows) > maxItems:
			return fmt.Errorf("read %s: more than %d pages or %d items", d.name, maxPages, maxItems)
		}
		p, err := w.page(ctx, w.next)
		if w.resumable = err != nil; w.resumable {
			return err
		}
		if w.unchanged {
			break
		}
		w.asked[w.next] = true
		if w.next, err = w.take(p); err != nil {
			return err
		}
	}
	if w.keyed == 0 && len(w.rows) > 0 {
		return fmt.Errorf("read %s: no item can be told apart: %s", d.name, w.unkeyed)
	}
	w.noteShort()
	return nil
}

// noteShort notes that the origin counts more items than its pages held.
func (w *walk) noteShort() {
	switch total := w.counted(); {
	case total <= len(w.rows):
	case w.pages == 1 && w.dialect.notes != nil:
		w.notes = append(w.notes, fmt.Sprintf("the answer holds %d of the %d articles that it counts: say in next where pages name the next one, or which parameter counts them", len(w.rows), total))
	default:
		w.notes = append(w.notes, fmt.Sprintf("the pages hold %d of the %d articles that they count, so that nothing is taken as removed: let url sort them by what never changes", len(w.rows), total))
	}
}

// counted returns how many items the origin counts, where the dialect is none of its own: what those count are not items alone.
func (w *walk) counted() int {
	if w.dialect.changed != nil || len(w.totals) == 0 {
		return -1
	}
	return slices.Max(w.totals)
}

// fault says in which page something is wrong.
func (w *walk) fault(err error) error {
	name := w.dialect.name
	if w.pages == 0 {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return fmt.Errorf("read %s: page %d: %w", name, w.pages+1, err)
}

// hinted adds to a fault what to try where something else than the interface seems to have answered.
func (w *walk) hinted(fault error, a *remote.Answer) error {
	found := a.Status == http.StatusOK || a.Status == http.StatusNotFound
	if hint := w.dialect.hint; hint != "" && found && w.pages == 0 && complaint(a.Body) == "" {
		return fmt.Errorf("%w; %s", fault, hint)
	}
	return fault
}

// page asks for one page. One that the server has not, for it is behind the last, is a page without items.
func (w *walk) page(ctx context.Context, url string) (*page, error) {
	r := remote.Request{URL: url, Accept: accept}
	was, known := w.had[url]
	switch {
	case known:
		r.ETag, r.Modified = was.etag, was.modified
	case w.pages == 0:
		r.ETag, r.Modified = w.etag, w.modified
	}
	if w.pages == 0 && w.since == "" {
		r.URL = w.asks.Address(url, w.now())
	}
	a, err := w.ask(ctx, r, &w.waits, w.pages > 0)
	if err != nil {
		return nil, err
	}
	switch {
	case a.Status == http.StatusNotModified && r.ETag+r.Modified == "":
		return nil, w.fault(errors.New("answered 304 to a request without conditions"))
	case a.Status == http.StatusNotModified:
		w.unchanged = w.pages == 0 && was.next == ""
		return &was, nil
	case w.pages > 0 && w.dialect.ends != nil && w.dialect.ends(a):
		return &page{url: url, at: a.URL, index: w.pages, header: a.Header}, nil
	case a.Status != http.StatusOK:
		return nil, w.fault(w.hinted(refusal(a), a))
	}
	if instead := remote.Instead(a, "JSON"); instead != nil {
		return nil, w.fault(w.hinted(instead, a))
	}
	if w.pages == 0 && w.since == "" {
		w.asks = w.asks.After(a, r.URL, url, w.now())
	}
	p := &page{url: url, at: a.URL, index: w.pages, header: a.Header, doc: document(a.Body), etag: a.ETag, modified: a.Modified}
	if p.items, err = list(p.doc, w.dialect.items); err != nil {
		return nil, w.fault(err)
	}
	if w.dialect.notes != nil {
		w.notes = w.dialect.notes(p)
	}
	return p, nil
}

// take takes up a page, and returns the address of the next.
func (w *walk) take(p *page) (next string, err error) {
	if w.unchanged {
		return "", nil
	}
	first := len(w.rows)
	if p.rows != nil { // it is as it was
		next = p.next
		w.totals = append(w.totals, p.total)
		for _, r := range p.rows {
			if r.number = w.number; isNumberKey(r.key) {
				r.key = ""
			} else {
				w.keyed++
			}
			w.add(r, first)
		}
	} else {
		p.total = w.dialect.total(p)
		w.totals = append(w.totals, p.total)
		for _, raw := range p.items {
			if err := w.item(raw, first); err != nil {
				return "", err
			}
		}
		p.fresh = len(w.rows) - first
		if next, err = w.dialect.next(p); err != nil {
			return "", w.fault(err)
		}
		p.next = next
	}
	if p.etag+p.modified != "" && w.since == "" {
		kept := *p
		kept.doc, kept.items, kept.header, kept.rows = nil, nil, nil, append([]row{}, w.rows[first:]...)
		w.kept[p.url] = kept
	}
	return next, nil
}

// item takes up an item of a page whose first row is the one at first.
func (w *walk) item(raw json.RawMessage, first int) error {
	kept, err := w.spool.Add(raw)
	if err != nil {
		return fmt.Errorf("keep item %d until it is loaded: %w", w.number, err)
	}
	r := row{digest: digest(raw), number: w.number, spool: w.spool, place: kept}
	item := w.dialect.object(raw)
	key, why := w.dialect.keyOf(item)
	if r.key = key; key == "" {
		w.unkeyed = why
	} else {
		w.keyed++
	}
	if changed := w.dialect.changed; changed != nil && item != nil {
		for _, moment := range changed(item) {
			w.cursor = later(w.cursor, moment, w.now())
		}
	}
	w.add(r, first)
	return nil
}

// add takes up a row. Of two with one key in one page the second is refused; an item that is met again in a later page has moved there, as
// it is now.
func (w *walk) add(r row, first int) {
	if had, found := w.seen[r.key]; r.key != "" && found && had < first {
		w.rows[had] = r
		w.number++
		return
	} else if r.key != "" && found {
		r.second = true
	}
	if r.second || r.key == "" {
		r.key = numberKey(r.number)
	}
	w.seen[r.key] = len(w.rows)
	w.rows = append(w.rows, r)
	w.number++
}

// unsure reports whether the list moved while it was read, by what the origin counts, or its pages held less, so that an item may have been missed.
func (w *walk) unsure() bool {
	return w.counted() > len(w.rows) || slices.ContainsFunc(w.totals, func(total int) bool { return total != w.totals[0] })
}

// fell reports whether the origin counted fewer items while they were read: what stood behind one that was removed has moved forward.
func (w *walk) fell() bool {
	return w.since == "" && !slices.IsSortedFunc(w.totals, func(a, b int) int { return a - b })
}
