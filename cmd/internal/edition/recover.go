package edition

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"strings"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/notify"
	"herald/sitemap"
	"herald/source/feed"
	"herald/source/weburl"
)

// readLimit bounds what is read back of one standing document.
const readLimit = 64 << 20

// recalled is what standing documents of ours say, when the ledger is gone.
type recalled struct {
	e        *Edition
	articles map[string]*ledger.Recovered // by URL
	order    []string                     // URLs as the sitemap lists them: the oldest first
	site     string                       // site.url that they were made for; "": they do not tell
	minted   []feed.Item                  // of Atom, whose ids are tag: URIs
	feedID   string
	key      string
	index    bool
	children []ledger.Receipt // of the index
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
	r.site = first(r.site, r.siteOf())
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
	if site, err := weburl.ParseSite(d.Link); err == nil {
		r.site = site.String()
	}
	for _, item := range d.Items {
		if d.Format == feed.Atom && strings.HasPrefix(item.ID, "tag:") {
			r.minted = append(r.minted, item)
		}
		a := r.article(item.URL)
		a.Title, a.Summary = first(item.Title, a.Title), first(item.Summary, a.Summary)
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
	if shard != "" {
		if err := r.child(path, doc); err != nil {
			return err
		}
	}
	for _, u := range urls {
		a := r.article(u.Loc)
		a.LastMod, a.Shard = ledger.Millis(u.LastMod), shard
		r.order = append(r.order, u.Loc)
	}
	for _, child := range children {
		r.index = true
		if stem, _ := r.e.childParts(); r.site == "" {
			r.site = child.Loc[:max(0, strings.LastIndex(child.Loc, stem))]
		}
		local := strings.TrimPrefix(child.Loc, first(r.site, r.e.Site.URL.String()))
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

// child gives a standing child of the index a receipt: it bears our mark, and goes where nothing
// stands for it any more.
func (r *recalled) child(path string, doc []byte) error {
	name, err := r.e.Site.URL.FilePath(path)
	r.children = append(r.children, ledger.Receipt{
		Path: name, Kind: kindShard, MediaType: xmlType, Body: sha256.Sum256(doc), Size: int64(len(doc)), Changed: r.e.nowMillis(),
	})
	return err
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
