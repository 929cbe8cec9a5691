package engine

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"herald/cmd/internal/adopt"
	"herald/cmd/internal/edition"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/live"
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/progress"
	"herald/cmd/internal/recovery"
)

// Pipeline joins the rooms that an article goes through, in the order in which they may be called. Each of Scan, Look,
// Publish and Deliver is level-triggered: it looks at the ledger, does what is due, and may be called at any time,
// twice, or after a crash. Scan, Look, Publish and Adopt are not called beside each other; Deliver may be. The caller holds the
// instance lock of the ledger.
type Pipeline struct {
	Recovery *recovery.Recovery
	Intake   *intake.Intake
	Edition  *edition.Edition
	Outbox   *outbox.Outbox
	Live     *live.Asker // nil: no article waits for its URL
	Adoption *adopt.Adoption

	editions atomic.Uint64
}

// errUnprepared says that the ledger could not be brought into step with the site. No source is to blame.
var errUnprepared = errors.New("what is published could not be taken up")

// Publications counts the publications that may have changed documents since the program began.
func (p *Pipeline) Publications() uint64 { return p.editions.Load() }

// Scan is Intake.Scan, unless the site as a whole is held: the report then bears that hold and nothing else.
func (p *Pipeline) Scan(ctx context.Context, source string, o intake.ScanOptions) (*intake.ScanReport, error) {
	defer progress.Begin(ctx, "scanning %s", source, "").End()
	held, err := p.Recovery.Prepare(ctx, o.Force)
	if err != nil {
		err = fmt.Errorf("%w: %w", errUnprepared, err)
	}
	if err != nil || held != nil {
		return &intake.ScanReport{Source: source, DatedBy: map[string]int{}, Hold: held}, err
	}
	return p.Intake.Scan(ctx, source, o)
}

// Fetch is Intake.Fetch. It may be called beside the others.
func (p *Pipeline) Fetch(ctx context.Context, source string, o intake.ScanOptions) {
	p.Intake.Fetch(ctx, source, o)
}

// Look is Intake.Look, unless the site as a whole is held: it then reports false.
func (p *Pipeline) Look(ctx context.Context, source string, keys []string) (*intake.ScanReport, bool, error) {
	held, err := p.Recovery.Prepare(ctx, false)
	if err != nil || held != nil {
		return nil, false, err
	}
	return p.Intake.Look(ctx, source, keys)
}

// Publish is Edition.Publish, once sources that left the config are dealt with, and unless what stands must stay: the
// site as a whole is held, or the ledger was lost and not every source has been read since.
func (p *Pipeline) Publish(ctx context.Context, o edition.PublishOptions) (*edition.PublishReport, error) {
	defer progress.Begin(ctx, "publishing", "", "").End()
	held, err := p.Recovery.Prepare(ctx, o.Force)
	if err != nil {
		return nil, err
	}
	if held != nil {
		r, err := p.Edition.Standing(ctx)
		r.Holds = []hold.Hold{*held}
		return r, err
	}
	if !o.Force {
		if err := p.Recovery.Unread(ctx); err != nil {
			return &edition.PublishReport{}, err
		}
	}
	waiting, err := p.Intake.Retire(ctx, o.Force)
	if err != nil {
		return &edition.PublishReport{}, err
	}
	r, err := p.Edition.Publish(ctx, o)
	if err != nil || len(r.Written)+len(r.Removed) > 0 {
		p.editions.Add(1)
	}
	if r != nil {
		r.Holds = append(waiting, r.Holds...)
	}
	return r, err
}

// Adopt is Adoption.Adopt, unless the site as a whole is held: it then reports that hold and nothing else.
func (p *Pipeline) Adopt(ctx context.Context, f *adopt.Feed) (*adopt.Report, *hold.Hold, error) {
	held, err := p.Recovery.Prepare(ctx, false)
	if err != nil || held != nil {
		return nil, held, err
	}
	r, err := p.Adoption.Adopt(ctx, f)
	return r, nil, err
}

// Deliver is Outbox.Deliver.
func (p *Pipeline) Deliver(ctx context.Context, o outbox.DeliverOptions) (*outbox.DeliverReport, error) {
	return p.Outbox.Deliver(ctx, o)
}

// Ask is Live.Ask; nil where there is nobody to ask. Like Deliver it may be called beside the others.
func (p *Pipeline) Ask(ctx context.Context, o live.Options) (*live.Report, error) {
	if p.Live == nil {
		return nil, nil
	}
	return p.Live.Ask(ctx, o)
}

// Next is Edition.Next.
func (p *Pipeline) Next(ctx context.Context) (time.Time, error) { return p.Edition.Next(ctx) }
