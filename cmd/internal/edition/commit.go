package edition

import (
	"context"
	"maps"

	"herald/cmd/internal/ledger"
)

// commit writes receipts, the edition and notices in one transaction, after the files and before
// the world is told. Of what a failed document shows nobody is told until it is out.
func (p *publication) commit(ctx context.Context) error {
	if err := p.vanish(ctx); err != nil {
		return err
	}
	if quiet, err := p.nothingToCommit(ctx); err != nil || quiet {
		return err
	}
	return p.config.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		if err := p.number(tx); err != nil {
			return err
		}
		for _, r := range p.put {
			if p.changed[r.Path] {
				r.Edition = p.report.Edition
			}
			if err := tx.PutReceipt(r); err != nil {
				return err
			}
		}
		for _, path := range p.removed {
			if err := tx.DropReceipt(path); err != nil {
				return err
			}
		}
		for _, s := range p.edition.sets {
			if s, ok := s.(Recorder); ok {
				if err := s.Record(tx, p.put); err != nil {
					return err
				}
			}
		}
		return p.tell(tx)
	})
}

// nothingToCommit reports whether neither a document nor what is told has moved.
func (p *publication) nothingToCommit(ctx context.Context) (quiet bool, err error) {
	if len(p.put)+len(p.removed) > 0 {
		return false, nil
	}
	err = p.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		touched, err := tx.Touched()
		quiet = len(touched) == 0
		return err
	})
	return quiet, err
}

// number returns the publication the number of its edition, if anything came of it.
func (p *publication) number(tx *ledger.Tx) (err error) {
	p.report.Removed = p.removed
	if len(p.report.Written)+len(p.removed) > 0 {
		p.report.Edition, err = tx.AddEdition(p.now, p.report.Written, p.removed)
	}
	return err
}

// standing returns the paths at which a document is to stand, once what is held there is gone.
func (p *publication) standing() map[string]bool {
	at := maps.Clone(p.held)
	for _, d := range p.docs {
		at[d.Path] = true
	}
	return at
}
