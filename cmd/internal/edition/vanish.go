package edition

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"time"

	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/publish"
	"herald/sitemap"
)

// lingering is how long a document stands that was replaced by one at another path.
const lingering = 30 * 24 * time.Hour

// vanish removes files that no document stands for any more. A feed or sitemap whose URL the
// config takes away is held; an IndexNow key stays for as long as there is one.
func (p *publication) vanish(ctx context.Context) error {
	var gone, children []string
	var holds []ledger.Hold
	standing := p.standing()
	for at, r := range p.receipts {
		if standing[at] || slices.Contains(p.removed, at) {
			continue
		}
		if _, err := p.config.Sink.Stat(at); errors.Is(err, publish.ErrNotFile) {
			p.removed = append(p.removed, at) // somebody else's stands there now: it stays, and the receipt goes
			continue
		}
		switch p.edition.kind(r.Kind).Leaving {
		case document.Stays:
		case document.WithIndex:
			children = append(children, at)
		case document.Removed:
			gone = append(gone, at)
		case document.Lingers:
			if r.LeftAt == 0 {
				r.LeftAt = p.now
				p.put = append(p.put, r)
			} else if p.now-r.LeftAt >= lingering.Milliseconds() {
				gone = append(gone, at)
			}
		default:
			holds = append(holds, ledger.Hold{
				Kind: hold.Vanishing, Subject: at, Signature: hold.Signature(at),
				Summary: fmt.Sprintf("/%s would vanish, and its readers with it: %s, or let it go with approve or --force", at, p.keeping(at)),
			})
		}
	}
	slices.SortFunc(holds, func(a, b ledger.Hold) int { return bytes.Compare([]byte(a.Subject), []byte(b.Subject)) })
	released, err := p.ensureHolds(ctx, hold.Vanishing, holds, p.force)
	if err != nil {
		return err
	}
	p.report.Documents += len(holds) - len(released) // they stand for now
	gone = append(gone, released...)
	for _, child := range children {
		if !slices.ContainsFunc(holds, func(h ledger.Hold) bool { return p.names(h.Subject, child) && !slices.Contains(released, h.Subject) }) {
			gone = append(gone, child)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	slices.Sort(gone)
	if err := p.config.Sink.Remove(ctx, gone); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	p.removed = append(p.removed, gone...)
	return nil
}

// keeping says how a document that the config no longer names stays: as an alias of the new one of its kind, where there is one.
func (p *publication) keeping(at string) string {
	for _, d := range p.docs {
		if _, stood := p.receipts[d.Path]; !stood && d.Kind.Name == p.receipts[at].Kind {
			return fmt.Sprintf("keep it with aliases: {/%s: /%s}", at, d.Path)
		}
	}
	return "name it in aliases"
}

// names reports whether a document is the index that a sitemap's child was made for.
func (p *publication) names(index, child string) bool {
	_, made := sitemap.ChildName(index, child)
	return p.receipts[index].Kind == indexKind.Name && made
}

// findChildren adds a receipt for children of the sitemap that bear our mark and have none: a process was killed behind the
// put, and what stood in them may be gone since. Only where everything is read, as at start.
func (p *publication) findChildren(ctx context.Context) error {
	index, err := p.config.Placement.Site.FilePath(p.config.Sitemap.Path)
	if err != nil || !p.audit {
		return err
	}
	folder := path.Dir(index)
	names, err := p.config.Sink.Names(folder)
	if err != nil {
		return ignoreGone(err)
	}
	standing := p.standing()
	for _, name := range names {
		child := path.Join(folder, name)
		_, known := p.receipts[child]
		if _, made := sitemap.ChildName(index, child); !made || known || standing[child] {
			continue
		}
		if body, err := p.config.Sink.Read(ctx, child, publish.MaxDocument); err == nil && isOurSitemap("", body) {
			p.receipts[child] = ledger.Receipt{Path: child, Kind: childKind.Name}
		}
	}
	return nil
}
