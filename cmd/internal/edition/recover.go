package edition

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"strings"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/notify"
	"herald/feeds"
	"herald/sitemap"
	"herald/source/feed"
)

// readLimit bounds what is read back of one standing document.
const readLimit = 64 << 20

// recalled is what standing documents of ours say, when the ledger is gone.
type recalled struct {
	e        *Edition
	articles map[string]*ledger.Recovered // by URL
	order    []string                     // URLs as the sitemap lists them: the oldest first
	feedID   string
	key      string
	index    bool
}

// recall reads what stands at our paths and bears our mark.
func (e *Edition) recall(ctx context.Context) (*recalled, error) {
	r := &recalled{e: e, articles: map[string]*ledger.Recovered{}}
	if e.Feed != nil {
		for _, path := range []string{e.Feed.Atom, e.Feed.JSON, e.Feed.RSS} {
			if err := r.feed(ctx, path); err != nil {
				return nil, err
			}
		}
	}
	if err := r.sitemap(ctx, e.Sitemap.Path, ""); err != nil {
		return nil, err
	}
	r.date()
	if len(r.articles) > 0 {
		e.Log.Info("no state, but published documents stand: ids and dates are recovered from them", "articles", len(r.articles))
	}
	return r, r.findKey(ctx)
}

// read gives a standing document, nil if there is none.
func (e *Edition) read(ctx context.Context, path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	name, err := e.Site.URL.FilePath(path)
	if err != nil {
		return nil, err
	}
	doc, err := e.Sink.Read(ctx, name, readLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return doc, err
}

func (r *recalled) article(url string) *ledger.Recovered {
	if r.articles[url] == nil {
		r.articles[url] = &ledger.Recovered{URL: url}
	}
	return r.articles[url]
}

func (r *recalled) feed(ctx context.Context, path string) error {
	doc, err := r.e.read(ctx, path)
	if err != nil || doc == nil {
		return err
	}
	d, err := feed.Parse(doc)
	if err != nil || !d.Ours {
		return nil // not ours: publishing holds it
	}
	if d.ID != "" {
		r.feedID = d.ID
	}
	for _, item := range d.Items {
		a := r.article(item.URL)
		// RSS comes last: it and JSON Feed hold ids verbatim, Atom only what is an IRI.
		if item.ID != "" && (a.GUID == "" || d.Format != feed.Atom) {
			a.GUID = item.ID
		}
		a.FeedPublished = max(a.FeedPublished, ledger.Millis(item.Published))
		a.FeedUpdated = max(a.FeedUpdated, ledger.Millis(item.Updated))
	}
	return nil
}

// sitemap reads the sitemap at path; shard is what the index calls it, "" the index itself.
func (r *recalled) sitemap(ctx context.Context, path, shard string) error {
	doc, err := r.e.read(ctx, path)
	if err != nil || doc == nil {
		return err
	}
	urls, children, ours, err := sitemap.Read(doc)
	if err != nil || !ours {
		return nil
	}
	for _, u := range urls {
		a := r.article(u.Loc)
		a.LastMod, a.Shard = ledger.Millis(u.LastMod), shard
		r.order = append(r.order, u.Loc)
	}
	for _, child := range children {
		r.index = true
		local := strings.TrimPrefix(child.Loc, r.e.Site.URL.String())
		name, ours := r.e.childName(local)
		if !ours || shard != "" {
			continue
		}
		if err := r.sitemap(ctx, local, name); err != nil {
			return err
		}
	}
	return nil
}

// date counts back from the oldest recovered date for what only the sitemap lists.
func (r *recalled) date() {
	oldest := int64(0)
	for _, a := range r.articles {
		if a.FeedPublished != 0 && (oldest == 0 || a.FeedPublished < oldest) {
			oldest = a.FeedPublished
		}
	}
	if oldest == 0 {
		oldest = r.oldestChange()
	}
	for i := len(r.order) - 1; i >= 0; i-- {
		a := r.articles[r.order[i]]
		if a.FeedPublished != 0 {
			continue
		}
		oldest -= 1000
		a.Published = oldest
		if a.LastMod != 0 && a.LastMod < a.Published {
			a.Published = a.LastMod
		}
	}
}

// oldestChange is where counting back begins when no feed stands.
func (r *recalled) oldestChange() int64 {
	oldest := int64(feeds.Epoch) * 1000
	for i, url := range r.order {
		if m := r.articles[url].LastMod; m != 0 && (i == 0 || m < oldest || oldest == feeds.Epoch*1000) {
			oldest = m
		}
	}
	return oldest
}

// findKey takes up a standing IndexNow key: a file that holds nothing but its own name.
func (r *recalled) findKey(ctx context.Context) error {
	names, err := r.e.Sink.Names(".")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, name := range names {
		key, isText := strings.CutSuffix(name, ".txt")
		if !isText || !notify.ValidKey(key) {
			continue
		}
		if body, err := r.e.Sink.Read(ctx, name, 256); err == nil && string(bytes.TrimSpace(body)) == key {
			r.key = key
			return nil
		}
	}
	return nil
}

// second cuts a time to the resolution of documents.
func second(t time.Time) time.Time { return t.Truncate(time.Second) }
