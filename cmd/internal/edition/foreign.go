package edition

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/publish"
)

// guardForeign takes away from docs what would replace a file that is not ours, and holds it.
func (p *publication) guardForeign(ctx context.Context) error {
	kept := p.docs[:0:0]
	var holds []ledger.Hold
	for _, d := range p.docs {
		held, err := p.foreignFile(ctx, d)
		if err != nil {
			return err
		}
		if held == nil {
			kept = append(kept, d)
			continue
		}
		holds = append(holds, *held)
	}
	released, err := p.ensureHolds(ctx, hold.Foreign, holds)
	if err != nil {
		return err
	}
	for _, d := range p.docs {
		if slices.Contains(released, d.Path) {
			kept = append(kept, d)
		}
	}
	order := func(d *Document) int { return slices.Index(p.docs, d) }
	slices.SortFunc(kept, func(a, b *Document) int { return order(a) - order(b) })
	p.docs = kept
	return nil
}

// foreignFile returns the hold over a file of somebody else's at a document's path.
func (p *publication) foreignFile(ctx context.Context, d *Document) (*ledger.Hold, error) {
	if _, known := p.receipts[d.Path]; known {
		return nil, nil
	}
	body, err := p.config.Sink.Read(ctx, d.Path, publish.MaxDocument)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && d.Kind.Ours(d.Path, body):
		return nil, nil
	case err != nil && !errors.Is(err, publish.ErrTooLarge):
		return nil, err
	}
	sum := sha256.Sum256(body)
	advice := "replace it with --force (herald adopt takes over the ids and dates of a feed)"
	if d.Kind.Topic {
		advice = "adopt it (herald adopt takes over its ids and dates), or replace it with --force"
	}
	return &ledger.Hold{
		Kind: hold.Foreign, Subject: d.Path, Signature: hold.Signature(d.Path, string(sum[:])),
		Summary: fmt.Sprintf("%s was not made by herald: %s", d.Path, advice),
	}, nil
}

// ensureHolds keeps the holds of one kind over documents, drops those whose cause is gone, and
// returns the subjects that may go on.
func (p *publication) ensureHolds(ctx context.Context, kind string, want []ledger.Hold) (released []string, err error) {
	if len(want) == 0 {
		none := false
		err := p.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
			existing, err := tx.HoldsOf("", kind)
			none = len(existing) == 0
			return err
		})
		if err != nil || none {
			return nil, err
		}
	}
	err = p.config.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		var waiting []hold.Hold
		waiting, released, err = hold.EnsureAll(tx, kind, want, p.now, p.force)
		p.report.Holds = append(p.report.Holds, waiting...)
		return err
	})
	return released, err
}
