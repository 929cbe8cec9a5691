package intake

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake/merging"
	"herald/cmd/internal/intake/retired"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/progress"
	"herald/cmd/internal/settle"
	"herald/source"
	"herald/source/remote"
)

// Intake scans sources into the ledger. Scan and Look are level-triggered: they may be called at any
// time, twice, or after a crash, but not beside each other.
type Intake struct{ config Config }

// New returns an Intake; it touches nothing yet.
func New(c Config) *Intake {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Intake{config: c}
}

// source returns the configured source of a name.
func (in *Intake) source(name string) (Source, bool) {
	i := slices.IndexFunc(in.config.Sources, func(s Source) bool { return s.Name == name })
	if i < 0 {
		return Source{}, false
	}
	return in.config.Sources[i], true
}

// names returns the sources that the config names.
func (in *Intake) names() []string {
	names := make([]string, len(in.config.Sources))
	for i, s := range in.config.Sources {
		names[i] = s.Name
	}
	return names
}

// Scan lists a source, loads what looks changed, and applies the result unless the guard holds
// it. An error means that the source could not be read whole: nothing was applied, the last good
// articles stay.
func (in *Intake) Scan(ctx context.Context, name string, o ScanOptions) (*ScanReport, error) {
	s, err := in.newScan(name)
	if err != nil {
		return nil, err
	}
	s.options = o
	ctx, cancel := s.within(ctx)
	defer cancel()
	if err := s.run(ctx); err != nil {
		return nil, s.failed(ctx, err)
	}
	return s.report, nil
}

// within returns a context that ends with the source's timeout, and says where nobody waits for the scan.
func (s *scan) within(ctx context.Context) (context.Context, context.CancelFunc) {
	if s.options.Scheduled {
		ctx = remote.Scheduled(ctx)
	}
	if s.options.Force {
		ctx = remote.Wished(ctx)
	}
	timeout := s.source.Timeout
	if timeout <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, timeout, fmt.Errorf("not read within its timeout of %s: set a longer timeout at the source", timeout))
}

// begin reads what the ledger knows of the source, and tells the source what it saw.
func (s *scan) begin(tx *ledger.Tx) error {
	record, err := tx.Source(s.source.Name)
	if err != nil {
		return err
	}
	s.first, s.epoch, s.listed = record.FirstScan == 0, record.Epoch, record.Listed
	return s.memory().Recall(tx, s.first || s.options.Reload)
}

// scan is one scan of one source.
type scan struct {
	in      *Intake
	ledger  *ledger.Ledger
	source  Source
	options ScanOptions
	entries entryMaker
	start   int64 // whole second, in milliseconds
	epoch   int64 // of the source, see ownEpoch
	wrote   bool  // the epoch is this scan's
	partial bool  // only some keys are looked at
	first   bool  // no complete scan of the source held an article yet
	noted   bool  // the guard keeps what the scan changes
	report  *ScanReport

	counted *progress.Step // how far it is
	listed  int64          // entries of its source at the last scan
	staged  int64          // entries

	loading  *settle.Loading
	arriving bool // new entries were passed over

	uncopied map[string]bool  // keys of copies that are none any more
	merged   *merging.Entries // what resolving found to be other sources' articles
}

func (in *Intake) newScan(name string) (*scan, error) {
	source, known := in.source(name)
	if !known {
		return nil, fmt.Errorf("scan %s: no such source", name)
	}
	start := ledger.Millis(in.config.Now().Truncate(time.Second))
	s := &scan{
		in: in, ledger: in.config.Ledger, source: source, start: start,
		entries: entryMaker{source: source, placement: in.config.Placement, reserved: in.config.Reserved, start: start},
		report:  &ScanReport{Source: name, DatedBy: map[string]int{}}, uncopied: map[string]bool{},
	}
	s.loading = settle.NewLoading(source.Source, func() bool { return s.partial || s.options.PassOver && !s.first })
	return s, nil
}

// run collects what a source holds into the stage, and applies it.
func (s *scan) run(ctx context.Context) error {
	if err := merging.Sources(s.in.names()).KeepOrder(ctx, s.ledger, s.in.config.Placement, s.start); err != nil {
		return err
	}
	leftover := false // of a scan that was cut off
	err := s.ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		if leftover, err = tx.HasStaged(s.source.Name); err != nil {
			return err
		}
		return s.begin(tx)
	})
	if err == nil && leftover {
		err = s.ledger.Write(ctx, func(tx *ledger.Tx) error {
			return errors.Join(s.ownEpoch(tx), tx.ClearStage(s.source.Name))
		})
	}
	if err != nil {
		return err
	}
	s.counted = progress.Begin(ctx, "reading %s", s.source.Name, "articles")
	s.counted.Expect(s.listed)
	defer s.counted.End()
	if err := s.collect(ctx); err != nil {
		return err
	}
	if noted, ok := s.source.Source.(source.Noted); ok {
		for _, note := range noted.Notes() {
			s.report.warn([]string{s.source.Name + ": " + note})
		}
	}
	return s.resolveAndApply(ctx)
}

// failed notes in the ledger that the source could not be read, beside the scan's own context,
// which may be over.
func (s *scan) failed(ctx context.Context, cause error) error {
	if errors.Is(cause, ledger.ErrFenced) {
		return fmt.Errorf("scan %s: %w", s.source.Name, cause) // the stage and the record are another scan's
	}
	if why := context.Cause(ctx); why != nil {
		cause = why
	}
	err := s.ledger.Write(context.WithoutCancel(ctx), func(tx *ledger.Tx) error {
		record, err := tx.Source(s.source.Name)
		if err != nil {
			return err
		}
		record.LastScan, record.LastError = s.start, cause.Error()
		return errors.Join(s.memory().Keep(tx, false), tx.PutSource(record), tx.ClearStage(s.source.Name))
	})
	return errors.Join(fmt.Errorf("scan %s: %w", s.source.Name, cause), err)
}

// errHeld rolls back what was resolved for a scan that is held.
var errHeld = errors.New("held")

// resolveAndApply resolves, guards and applies the stage in one transaction: all of it becomes true, or
// nothing does.
func (s *scan) resolveAndApply(ctx context.Context) error {
	var verdict verdict
	s.counted = progress.Begin(ctx, "taking in %s", s.source.Name, "articles")
	s.counted.Expect(s.staged)
	defer s.counted.End()
	err := s.ledger.Write(ctx, func(tx *ledger.Tx) error {
		staged, err := tx.HasStaged(s.source.Name)
		if err != nil {
			return err
		}
		if !staged {
			return s.unchanged(tx)
		}
		if err := s.ownEpoch(tx); err != nil {
			return err
		}
		if err := s.resolve(ctx, tx); err != nil {
			return err
		}
		if s.partial && s.merged.Any() {
			return errHeld // a scan counts what its source leads
		}
		if verdict, err = s.judge(tx); err != nil {
			return err
		}
		if verdict.held {
			return errHeld
		}
		return s.apply(tx)
	})
	if errors.Is(err, errHeld) && !s.partial {
		return s.ledger.Write(ctx, func(tx *ledger.Tx) error { return s.hold(tx, verdict) })
	}
	return err
}

// unchanged ends a scan that found nothing to look at: a hold over its source has lost its cause.
func (s *scan) unchanged(tx *ledger.Tx) error {
	return errors.Join(hold.DropOf(tx, s.source.Name, hold.ScanKinds()...), s.finish(tx, false))
}

// finish writes down that the scan is complete and fills in what stands now; recount says that the
// number of articles may have changed.
func (s *scan) finish(tx *ledger.Tx, recount bool) error {
	if s.partial {
		return tx.ClearStage(s.source.Name)
	}
	record, err := tx.Source(s.source.Name)
	if err != nil {
		return err
	}
	if recount {
		if err := merging.Recount(tx, &record); err != nil {
			return err
		}
	}
	s.report.Articles, s.report.Merged = record.Articles, record.Copies
	held := record.Articles+record.Copies > 0
	if err := s.report.refused(tx, s.source.Name); err != nil {
		return err
	}
	if u, may := s.source.Source.(source.Unfinished); may {
		s.report.Unfinished = u.Left()
	}
	whole := s.report.Unfinished == ""
	s.report.Empty = whole && !held && s.report.Hold == nil
	if s.report.First = s.first && held && whole; s.report.First {
		record.FirstScan = s.start
	}
	record.LastScan, record.LastError, record.Listed = s.start, s.report.Unfinished, s.report.Listed
	if s.report.Hold == nil && whole {
		record.LastGood = s.start
	}
	return errors.Join(s.memory().Keep(tx, s.report.Hold == nil), tx.PutSource(record), tx.ClearStage(s.source.Name))
}

// Load loads the article of a source's key; nil where the config does not name the source.
func (in *Intake) Load(ctx context.Context, sourceName, key string) (*source.Article, error) {
	s, known := in.source(sourceName)
	if !known {
		return nil, nil
	}
	return s.Source.Load(ctx, key)
}

// Retire removes the articles of sources that left the config, once the operator agrees; force stands for that. It
// returns the holds that wait. It is to be called before each publication, never beside a scan.
func (in *Intake) Retire(ctx context.Context, force bool) ([]hold.Hold, error) {
	configured := func(name string) bool { _, known := in.source(name); return known }
	c := &in.config
	return retired.Sources{Ledger: c.Ledger, Configured: configured, Placement: c.Placement, Guarded: c.Guard != nil, Now: c.Now}.Retire(ctx, force)
}
