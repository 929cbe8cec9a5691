package engine

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"herald/cmd/internal/adopt"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
)

// AdoptReport is what an adoption did, after a scan of every source: a site may adopt before its first build.
type AdoptReport struct {
	Status  int                  `json:"status"`
	Sources []*intake.ScanReport `json:"sources,omitempty"`
	Failed  []SourceFailure      `json:"failed,omitempty"`
	Holds   []hold.Hold          `json:"holds,omitempty"`
	Errors  []string             `json:"errors,omitempty"`
	*adopt.Report
}

// CompareReport is a feed beside what a build would publish.
type CompareReport struct {
	Status int             `json:"status"`
	Failed []SourceFailure `json:"failed,omitempty"`
	Holds  []hold.Hold     `json:"holds,omitempty"`
	Errors []string        `json:"errors,omitempty"`
	*adopt.Comparison
}

// Screen yields the report as lists for people.
func (r *AdoptReport) Screen() iter.Seq2[string, adopt.List] {
	if r.Report == nil {
		return troubles(r.Failed, r.Holds, r.Errors)
	}
	return joined(troubles(r.Failed, r.Holds, r.Errors), r.Report.Lists())
}

// Screen yields the report as lists for people.
func (r *CompareReport) Screen() iter.Seq2[string, adopt.List] {
	if r.Comparison == nil {
		return troubles(r.Failed, r.Holds, r.Errors)
	}
	return joined(troubles(r.Failed, r.Holds, r.Errors), r.Comparison.Lists())
}

// troubles yields what kept sources from being read or taken in.
func troubles(failed []SourceFailure, holds []hold.Hold, errs []string) iter.Seq2[string, adopt.List] {
	return func(yield func(string, adopt.List) bool) {
		for _, f := range failed {
			if !yield(f.Source, adopt.List{Lines: []string{"NOT READ, its last good articles stay: " + f.Error}}) {
				return
			}
		}
		for _, h := range holds {
			if !yield("HELD", adopt.List{Lines: []string{h.Summary}}) {
				return
			}
		}
		yield("ERROR", adopt.List{Lines: errs})
	}
}

func joined(all ...iter.Seq2[string, adopt.List]) iter.Seq2[string, adopt.List] {
	return func(yield func(string, adopt.List) bool) {
		for _, lists := range all {
			for name, list := range lists {
				if !yield(name, list) {
					return
				}
			}
		}
	}
}

var errNoArticles = errors.New("no source has ever held an article")

// Adopt scans every source and takes over what a feed says of their articles. It publishes nothing; a daemon does
// so afterwards.
func (e *Engine) Adopt(ctx context.Context, f *adopt.Feed) *AdoptReport {
	e.fetchAll(ctx, false)
	e.turn.Lock()
	defer e.turn.Unlock()
	scanned := e.scanAll(ctx)
	out := &AdoptReport{Sources: scanned.Sources, Failed: scanned.Failed, Holds: scanned.Holds()}
	if ctx.Err() == nil {
		r, held, err := e.config.Pipeline.Adopt(ctx, f)
		switch {
		case err != nil:
			scanned.AddError(err)
		case held == nil:
			out.Report = r
			e.outputsChanged.Store(true)
			wake(e.work)
		}
	}
	e.reportHolds(ctx, scanned)
	out.Status, out.Errors = scanned.Status, scanned.Errors
	return out
}

// Compare scans every source and compares a feed with what their articles say then.
func (e *Engine) Compare(ctx context.Context, f *adopt.Feed) *CompareReport {
	e.fetchAll(ctx, false)
	e.turn.Lock()
	defer e.turn.Unlock()
	scanned := e.scanAll(ctx)
	out := &CompareReport{Failed: scanned.Failed, Holds: scanned.Holds()}
	if ctx.Err() == nil {
		c, err := e.config.Pipeline.Adoption.Compare(ctx, f)
		switch {
		case err != nil:
			scanned.AddError(err)
		default:
			if out.Comparison = c; c.Differs() {
				scanned.raise(StatusNotDone)
			}
		}
	}
	out.Status, out.Errors = scanned.Status, scanned.Errors
	return out
}

// scanAll scans every source as a build does, and publishes nothing.
func (e *Engine) scanAll(ctx context.Context) *BuildReport {
	r := &BuildReport{}
	p := &pass{config: &e.config, report: r, revisit: map[string]bool{}}
	articles := int64(0)
	for _, s := range p.config.Sources {
		p.scan(ctx, s.Name)
	}
	p.scanContested(ctx)
	for _, s := range r.Sources {
		if articles += s.Articles; s.Unfinished != "" {
			r.AddError(fmt.Errorf("%s: %s; what is not read yet matches nothing: build until all is, then ask again", s.Source, s.Unfinished))
		}
	}
	switch {
	case ctx.Err() != nil:
		r.AddError(context.Cause(ctx))
	case articles == 0 && r.Status == StatusDone:
		r.AddError(errNoArticles)
	}
	return r
}
