package edition

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/notify"
	"herald/cmd/internal/publish"
	"herald/sitemap"
)

// guardForeign takes away from docs what would replace a file that is not ours, and holds it.
func (p *publication) guardForeign(ctx context.Context) error {
	kept := p.docs[:0:0]
	var holds []ledger.Hold
	for _, d := range p.docs {
		hold, err := p.foreignFile(ctx, d)
		if err != nil {
			return err
		}
		if hold == nil {
			kept = append(kept, d)
			continue
		}
		holds = append(holds, *hold)
	}
	released, err := p.settleHolds(ctx, HoldForeign, holds)
	if err != nil {
		return err
	}
	for _, d := range p.docs {
		if slices.Contains(released, d.path) {
			kept = append(kept, d)
		}
	}
	order := func(d *document) int { return slices.Index(p.docs, d) }
	slices.SortFunc(kept, func(a, b *document) int { return order(a) - order(b) })
	p.docs = kept
	return nil
}

// foreignFile gives the hold over a file of somebody else's at a document's path.
func (p *publication) foreignFile(ctx context.Context, d *document) (*ledger.Hold, error) {
	if _, known := p.receipts[d.path]; known {
		return nil, nil
	}
	body, err := p.Sink.Read(ctx, d.path, readLimit)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && ours(d, body):
		return nil, nil
	case err != nil && !errors.Is(err, publish.ErrTooLarge):
		return nil, err
	}
	sum := sha256.Sum256(body)
	return &ledger.Hold{
		Kind: HoldForeign, Subject: d.path, Signature: signature(d.path, string(sum[:])),
		Summary: fmt.Sprintf("%s was not made by herald: adopt it, or replace it with --force", d.path),
	}, nil
}

// settleHolds keeps the holds of one kind over documents, drops those whose cause is gone, and
// gives the subjects that may go on.
func (p *publication) settleHolds(ctx context.Context, kind string, want []ledger.Hold) (released []string, err error) {
	if len(want) == 0 {
		none := false
		err := p.Ledger.Read(ctx, func(tx *ledger.Tx) error {
			existing, err := tx.HoldsOf("", kind)
			none = len(existing) == 0
			return err
		})
		if err != nil || none {
			return nil, err
		}
	}
	err = p.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		existing, err := tx.HoldsOf("", kind)
		if err != nil {
			return err
		}
		for _, h := range existing {
			if !slices.ContainsFunc(want, func(w ledger.Hold) bool { return w.Subject == h.Subject }) {
				if err := tx.DropHold(h.ID); err != nil {
					return err
				}
			}
		}
		for _, w := range want {
			hold, approved, err := p.ensureHold(tx, w)
			if err != nil {
				return err
			}
			if !approved && !p.force {
				p.report.Holds = append(p.report.Holds, hold)
				continue
			}
			released = append(released, w.Subject)
			if err := tx.DropHold(hold.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return released, err
}

// vanish removes files that no document stands for any more. A feed or sitemap whose URL the
// config takes away is held; an IndexNow key stays for as long as there is one.
func (p *publication) vanish(ctx context.Context) error {
	var gone, children []string
	var holds []ledger.Hold
	for path, r := range p.receipts {
		switch {
		case p.standing(path), r.Kind == kindRobots, r.Kind == kindKey && len(p.Notify.IndexNow) > 0:
		case r.Kind == kindShard:
			children = append(children, path)
		case r.Kind == kindKey:
			gone = append(gone, path)
		default:
			holds = append(holds, ledger.Hold{
				Kind: HoldVanishing, Subject: path, Signature: signature(path),
				Summary: fmt.Sprintf("/%s would vanish, and its readers with it: name it in aliases, or let it go with approve or --force", path),
			})
		}
	}
	slices.SortFunc(holds, func(a, b ledger.Hold) int { return bytes.Compare([]byte(a.Subject), []byte(b.Subject)) })
	released, err := p.settleHolds(ctx, HoldVanishing, holds)
	if err != nil {
		return err
	}
	gone = append(gone, released...)
	for _, path := range children {
		if !slices.ContainsFunc(holds, func(h ledger.Hold) bool { return p.names(h.Subject, path) && !slices.Contains(released, h.Subject) }) {
			gone = append(gone, path)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	slices.Sort(gone)
	if err := p.Sink.Remove(ctx, gone); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	p.removed = append(p.removed, gone...)
	return nil
}

// names reports whether a document is the index that a sitemap's child was made for.
func (p *publication) names(index, child string) bool {
	return p.receipts[index].Kind == kindIndex && strings.HasPrefix(child, strings.TrimSuffix(index, ".xml")+"-")
}

// robots keeps our lines in robots.txt; in somebody else's file only the marked block is ours.
func (p *publication) robots(ctx context.Context) error {
	const path = "robots.txt"
	receipt, known := p.receipts[path]
	if p.Robots == nil && !known {
		return nil
	}
	existing, err := p.Sink.Read(ctx, path, 1<<20)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var sitemaps []string
	extra := ""
	if p.Robots != nil {
		url, err := p.Site.URL.Join(p.Sitemap.Path)
		if err != nil {
			return err
		}
		sitemaps, extra = []string{url}, p.Robots.Extra
	}
	want := sitemap.Robots(existing, sitemaps, extra)
	if len(bytes.TrimSpace(want)) == 0 {
		p.removed = append(p.removed, path)
		return p.Sink.Remove(ctx, []string{path})
	}
	sum := sha256.Sum256(want)
	put := ledger.Receipt{Path: path, Kind: kindRobots, MediaType: "text/plain", Inputs: inputsOf(kindRobots, sum), Body: sum, Size: int64(len(want)), Changed: p.now}
	if bytes.Equal(existing, want) {
		if !known || receipt.Body != sum {
			p.put = append(p.put, put)
		}
		return nil
	}
	p.put, p.changed[path] = append(p.put, put), true
	p.pending = append(p.pending, publish.Document{Path: path, Body: want, MediaType: "text/plain"})
	return p.flush(ctx)
}

// mintKey makes the IndexNow key where one is needed, once.
func (p *publication) mintKey(tx *ledger.Tx) error {
	if len(p.Notify.IndexNow) == 0 {
		return nil
	}
	key, err := tx.Meta(metaKey)
	if err != nil {
		return err
	}
	want := p.Notify.IndexNowKey
	if want == "" && key == "" {
		if want, err = notify.NewKey(rand.Reader); err != nil {
			return err
		}
	}
	if want == "" || want == key {
		return nil
	}
	return tx.SetMeta(metaKey, want)
}

// keyDocuments gives the file that proves to IndexNow that the site is ours.
func (e *Edition) keyDocuments(tx *ledger.Tx) ([]*document, error) {
	if len(e.Notify.IndexNow) == 0 {
		return nil, nil
	}
	key, err := tx.Meta(metaKey)
	if err != nil {
		return nil, err
	}
	d, err := e.place(&document{
		kind: kindKey, mediaType: "text/plain", inputs: inputsOf(kindKey, key),
		render: func(*ledger.Tx) ([]byte, error) { return []byte(key), nil },
		check:  func([]byte) error { return nil },
	}, "/"+key+".txt")
	return []*document{d}, err
}

// dropGone removes the articles of sources that left the config, once the operator agrees.
func (p *publication) dropGone(tx *ledger.Tx) error {
	names, err := tx.SourceNames()
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := p.source(name); err == nil {
			if err := p.dropHoldsOf(tx, name, HoldGone); err != nil {
				return err
			}
			continue
		}
		if err := p.goneSource(tx, name); err != nil {
			return err
		}
	}
	return nil
}

// goneSource removes what is left of a source that the config no longer names, or holds that.
func (p *publication) goneSource(tx *ledger.Tx, name string) error {
	if err := p.dropHoldsOf(tx, name, scanHolds()...); err != nil {
		return err
	}
	living, err := tx.Living(name)
	if err != nil {
		return err
	}
	if living == 0 { // its articles have moved to another source, or are gone already
		return errors.Join(p.dropHoldsOf(tx, name, HoldGone), p.forget(tx, name))
	}
	hold, approved, err := p.ensureHold(tx, ledger.Hold{
		Kind: HoldGone, Subject: name, Signature: signature(name, fmt.Sprint(living)),
		Summary: fmt.Sprintf("source %s is no longer in the config: its %d articles would be removed", name, living),
	})
	if err != nil {
		return err
	}
	if p.Guard != nil && !p.force && !approved {
		p.report.Holds = append(p.report.Holds, hold)
		return nil
	}
	return errors.Join(tx.DropHold(hold.ID), p.removeAll(tx, name), p.forget(tx, name))
}

func (p *publication) dropHoldsOf(tx *ledger.Tx, source string, kinds ...string) error {
	stale, err := tx.HoldsOf(source, kinds...)
	return errors.Join(err, dropHolds(tx, stale))
}

// forget clears what a source that left the config had refused and listed; when it first held
// an article stays known.
func (p *publication) forget(tx *ledger.Tx, name string) error {
	record, err := tx.Source(name)
	if err != nil {
		return err
	}
	record.Articles, record.Listed = 0, 0
	return errors.Join(tx.ForgetSeen(name), tx.PutSource(record))
}

func (p *publication) removeAll(tx *ledger.Tx, src string) error {
	shards, err := p.openShards(tx)
	if err != nil {
		return err
	}
	times, err := newFeedTimes(tx)
	if err != nil {
		return err
	}
	err = tx.OfSource(src, func(row *ledger.Article) error {
		old := *row
		row.RemovedAt = p.now
		if err := p.settleRow(tx, times, shards, &old, row, p.now, false); err != nil {
			return err
		}
		return errors.Join(tx.Touch(row.ID), tx.DropSeen(src, row.Key))
	})
	return errors.Join(err, shards.close())
}
