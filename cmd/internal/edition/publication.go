package edition

import (
	"context"
	"errors"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/cmd/internal/publish"
)

const (
	putBytes   = 8 << 20        // rendered before it is put
	auditEvery = 24 * time.Hour // standing documents are read whole, and at start
)

// publication is one run of Publish.
type publication struct {
	edition  *Edition
	config   *Config
	force    bool
	audit    bool  // every standing document is read, not only looked at
	now      int64 // whole seconds, in milliseconds
	docs     []*Document
	receipts map[string]ledger.Receipt // by path, as they were
	put      []ledger.Receipt          // of what was put now
	held     map[string]bool           // paths at which something of somebody else's stays for now
	released map[string]bool           // paths at which it may be replaced
	sizes    map[string]int64          // of the files that stand at the paths of receipts, in bytes
	changed  map[string]bool           // paths whose bytes are others than before
	failed   []*Document               // kept at their last good version
	removed  []string
	pending  []publish.Document // rendered and not put yet
	size     int                // of pending, in bytes
	report   *PublishReport
}

// Publish brings the documents up to what the ledger says: those whose inputs differ from their
// receipts, or whose files are gone, are rendered, checked and put; then receipts and notices are
// written in one transaction. ErrNothing says that no source ever held an article.
func (e *Edition) Publish(ctx context.Context, o PublishOptions) (*PublishReport, error) {
	p := &publication{
		edition: e, config: &e.config, force: o.Force, now: ledger.Millis(e.config.Now().Truncate(time.Second)),
		held: map[string]bool{}, released: map[string]bool{}, sizes: map[string]int64{}, changed: map[string]bool{}, receipts: map[string]ledger.Receipt{}, report: &PublishReport{},
	}
	p.audit = p.now-e.audited >= auditEvery.Milliseconds() || p.now < e.audited // the clock was set back
	for _, step := range []func(context.Context) error{p.prepare, p.fetch, p.write, p.commit} {
		if err := step(ctx); err != nil {
			e.audited = 0 // what was put has no receipt: the next run reads everything
			return p.report, err
		}
	}
	if p.audit {
		e.audited = p.now
	}
	return p.report, nil
}

// prepare lets time change the ledger before anything is rendered, and then the sets: what time changed is noted at the end of its
// transaction, and a value that only an article of now has is to have a feed now.
func (p *publication) prepare(ctx context.Context) error {
	moved, due := false, false
	look := func(tx *ledger.Tx) (err error) {
		if known, err := tx.Known(); err != nil || !known {
			return errors.Join(err, ErrNothing)
		}
		if moved, err = p.moved(tx); err != nil || moved {
			return err
		}
		due, err = p.due(tx)
		return err
	}
	if err := p.config.Ledger.Read(ctx, look); err != nil {
		return err
	}
	if moved {
		if err := p.config.Ledger.Write(ctx, p.move); err != nil {
			return err
		}
		if err := p.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) { due, err = p.due(tx); return err }); err != nil {
			return err
		}
	}
	if !due {
		return nil
	}
	return p.config.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		for _, s := range p.edition.sets {
			if s, ok := s.(Preparer); ok {
				if err := s.Prepare(tx); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// moved reports whether an article enters or leaves by the clock, or arrived since.
func (p *publication) moved(tx *ledger.Tx) (bool, error) {
	next, err := nextDue(tx, p.config.Placement)
	if err != nil || next != 0 && next <= p.now {
		return err == nil, err
	}
	arrived, err := tx.Arrived()
	return len(arrived) > 0, err
}

// move writes what moved says.
func (p *publication) move(tx *ledger.Tx) error {
	c := p.config.Placement
	return errors.Join(placement.Wake(tx, c, p.now), placement.Arrive(tx, c, p.now), placement.Release(tx, c, p.now))
}

// due reports whether a set has something to write.
func (p *publication) due(tx *ledger.Tx) (bool, error) {
	for _, s := range p.edition.sets {
		if s, ok := s.(Preparer); ok {
			if due, err := s.Due(tx); err != nil || due {
				return due, err
			}
		}
	}
	return false, nil
}

// fetch lets the sets load what they need.
func (p *publication) fetch(ctx context.Context) error {
	for _, s := range p.edition.sets {
		if s, ok := s.(Fetcher); ok {
			if err := s.Fetch(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}
