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
		held: map[string]bool{}, sizes: map[string]int64{}, changed: map[string]bool{}, receipts: map[string]ledger.Receipt{}, report: &PublishReport{},
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

// prepare lets time and the sets change the ledger before anything is rendered.
func (p *publication) prepare(ctx context.Context) error {
	due := false
	err := p.config.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		if known, err := tx.Known(); err != nil || !known {
			return errors.Join(err, ErrNothing)
		}
		var err error
		due, err = p.due(tx)
		return err
	})
	if err != nil || !due {
		return err
	}
	return p.config.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		if err := errors.Join(
			placement.Wake(tx, p.config.Placement, p.now), placement.Arrive(tx, p.config.Placement, p.now), placement.Release(tx, p.config.Placement, p.now),
		); err != nil {
			return err
		}
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

// due reports whether prepare has something to write.
func (p *publication) due(tx *ledger.Tx) (bool, error) {
	next, err := nextDue(tx, p.config.Placement)
	if err != nil || next != 0 && next <= p.now {
		return err == nil, err
	}
	if arrived, err := tx.Arrived(); err != nil || len(arrived) > 0 {
		return err == nil, err
	}
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
