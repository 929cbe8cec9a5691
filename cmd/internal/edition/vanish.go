package edition

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
	"herald/sitemap"
)

// vanish removes files that no document stands for any more. A feed or sitemap whose URL the
// config takes away is held; an IndexNow key stays for as long as there is one.
func (p *publication) vanish(ctx context.Context) error {
	var gone, children []string
	var holds []ledger.Hold
	for path, r := range p.receipts {
		if p.standing(path) {
			continue
		}
		switch p.edition.kind(r.Kind).Leaving {
		case Stays:
		case WithIndex:
			children = append(children, path)
		case Removed:
			gone = append(gone, path)
		default:
			holds = append(holds, ledger.Hold{
				Kind: hold.Vanishing, Subject: path, Signature: hold.Signature(path),
				Summary: fmt.Sprintf("/%s would vanish, and its readers with it: name it in aliases, or let it go with approve or --force", path),
			})
		}
	}
	slices.SortFunc(holds, func(a, b ledger.Hold) int { return bytes.Compare([]byte(a.Subject), []byte(b.Subject)) })
	released, err := p.ensureHolds(ctx, hold.Vanishing, holds)
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
	if err := p.config.Sink.Remove(ctx, gone); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	p.removed = append(p.removed, gone...)
	return nil
}

// names reports whether a document is the index that a sitemap's child was made for.
func (p *publication) names(index, child string) bool {
	_, made := sitemap.ChildName(index, child)
	return p.receipts[index].Kind == indexKind.Name && made
}
