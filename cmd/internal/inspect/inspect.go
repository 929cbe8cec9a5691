// Package inspect reads every article of every source on a copy of the ledger and reports what is wrong or worth a
// warning.
package inspect

import (
	"context"
	"math"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/links"
	"herald/cmd/internal/status"
)

// Config is what an inspection works on.
type Config struct {
	Pipeline *engine.Pipeline
	Ledger   *ledger.Ledger // a copy: the inspection writes to it
	Status   *status.Reporter
	Links    links.Finder
	Sources  []Source // whose Readers the pipeline loads articles through
	ZoneSet  bool     // dates without an offset are meant to be read in the site's zone
}

// Source is one source with what its articles were loaded through.
type Source struct {
	Name   string
	Reader *Reader
}

// Report is what an inspection found.
type Report struct {
	Articles int64                  `json:"articles"`
	Merged   int64                  `json:"merged,omitempty"` // entries of articles that another source leads; none of the articles
	Refused  []intake.Refusal       `json:"refused"`
	Failed   []engine.SourceFailure `json:"failed,omitempty"`
	Warnings []string               `json:"warnings,omitempty"`
	More     int64                  `json:"warnings_more,omitempty"` // warnings of articles that are not listed
}

// Check reads every article of every source.
func Check(ctx context.Context, c Config) *Report {
	r := &Report{Refused: []intake.Refusal{}}
	for _, s := range c.Sources {
		c.Pipeline.Fetch(ctx, s.Name, intake.ScanOptions{Reload: true})
		found, err := c.Pipeline.Scan(ctx, s.Name, intake.ScanOptions{Force: true, Reload: true})
		if err != nil {
			r.fail(s.Name, err)
			continue
		}
		r.Articles += found.Articles
		r.Merged += found.Merged
		if found.Unfinished != "" {
			r.Warnings = append(r.Warnings, "source "+s.Name+": "+found.Unfinished+"; the others were not looked at")
		}
		if found.Empty {
			r.Warnings = append(r.Warnings, "source "+s.Name+": "+intake.EmptySource)
		}
		if err := c.refusals(ctx, s.Name, r); err != nil {
			r.fail(s.Name, err)
		}
		r.Warnings = append(r.Warnings, found.Warnings...)
		r.More += max(0, found.WarningCount-int64(len(found.Warnings)))
		undated, err := c.undated(ctx, s)
		if err != nil {
			r.fail(s.Name, err)
		}
		r.Warnings = append(append(r.Warnings, undated...), c.zoneless(s)...)
	}
	if err := c.checkLinks(ctx, r); err != nil && ctx.Err() == nil {
		r.fail("links", err)
	}
	if s, err := c.Status.Status(ctx); err == nil {
		r.Warnings = append(r.Warnings, s.Ahead...)
	}
	return r
}

func (r *Report) fail(source string, err error) {
	r.Failed = append(r.Failed, engine.SourceFailure{Source: source, Error: err.Error()})
}

// refusals adds every refused article of a source, however many there are.
func (c Config) refusals(ctx context.Context, source string, r *Report) error {
	return c.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		all, err := tx.Refusals(source, math.MaxInt32)
		for _, one := range all {
			r.Refused = append(r.Refused, intake.Refusal{Source: one.Source, Key: one.Key, Reason: one.Reason, LastGood: one.LastGood})
		}
		return err
	})
}
