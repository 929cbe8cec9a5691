package edition

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/publish"
)

// guardForeign takes away from docs what would replace something that is not ours, and holds it. robots.txt, in which only a
// block is ours, is looked at alike.
func (p *publication) guardForeign(ctx context.Context) error {
	looked := slices.Clone(p.docs)
	if p.config.Robots != nil {
		looked = append(looked, &Document{Kind: robotsKind, Path: robotsPath})
	}
	var foreign, blocked []ledger.Hold
	for _, d := range looked {
		held, err := p.foreignFile(ctx, d)
		if err != nil {
			return err
		}
		if held == nil {
			continue
		}
		p.held[d.Path] = true
		if held.Kind == hold.Blocked {
			blocked = append(blocked, *held)
		} else {
			foreign = append(foreign, *held)
		}
	}
	released, err := p.ensureHolds(ctx, hold.Foreign, foreign, p.force)
	if err != nil {
		return err
	}
	if _, err = p.ensureHolds(ctx, hold.Blocked, blocked, false); err != nil {
		return err
	}
	for _, path := range released {
		delete(p.held, path)
		p.released[path] = true
	}
	p.docs = slices.DeleteFunc(p.docs, func(d *Document) bool { return p.held[d.Path] })
	return nil
}

// foreignFile returns the hold over what stands at a document's path and is somebody else's. It notes the size of what is ours.
func (p *publication) foreignFile(ctx context.Context, d *Document) (*ledger.Hold, error) {
	if _, known := p.receipts[d.Path]; known && d.Kind.Name != robotsKind.Name {
		info, err := p.config.Sink.Stat(d.Path)
		if err == nil {
			p.sizes[d.Path] = info.Size
		}
		return inTheWay(d.Path, err)
	}
	body, err := p.config.Sink.Read(ctx, d.Path, readLimit(d.Kind))
	switch {
	case errors.Is(err, publish.ErrTooLarge):
		return foreignHold(d.Path, "", fmt.Sprintf("%s is larger than %d MiB and was not read: move it away, or replace it with --force", d.Path, readLimit(d.Kind)>>20)), nil
	case err != nil:
		return inTheWay(d.Path, err)
	case d.Kind.Ours(d.Path, body):
		return nil, nil
	}
	sum := sha256.Sum256(body)
	advice := "replace it with --force (herald adopt takes over the ids and dates of a feed)"
	if d.Kind.Topic {
		advice = "adopt it (herald adopt takes over its ids and dates), or replace it with --force"
	}
	return foreignHold(d.Path, string(sum[:]), fmt.Sprintf("%s was not made by herald: %s", d.Path, advice)), nil
}

// foreignHold is the hold over somebody else's file; made tells one from another.
func foreignHold(path, made, summary string) *ledger.Hold {
	return &ledger.Hold{Kind: hold.Foreign, Subject: path, Signature: hold.Signature(path, made), Summary: summary}
}

// inTheWay returns the hold over what came up when a path was looked at; nil where nothing is there.
func inTheWay(path string, err error) (*ledger.Hold, error) {
	var o *publish.Obstacle
	switch {
	case !errors.As(err, &o):
		return nil, ignoreMissing(err)
	case o.Stays:
		h := foreignHold(path, o.What, fmt.Sprintf("%s cannot be published: %v: move it away (herald does not, with --force neither)", path, o))
		h.Kind = hold.Blocked
		return h, nil
	}
	return foreignHold(path, o.What, fmt.Sprintf("%s was not made by herald: %v: move it away, or replace it with --force", path, o)), nil
}

// ensureHolds keeps the holds of one kind over documents, drops those whose cause is gone, and
// returns the subjects that may go on: those that the operator released, or all with force.
func (p *publication) ensureHolds(ctx context.Context, kind string, want []ledger.Hold, force bool) (released []string, err error) {
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
		waiting, released, err = hold.EnsureAll(tx, kind, want, p.now, force)
		p.report.Holds = append(p.report.Holds, waiting...)
		return err
	})
	return released, err
}
