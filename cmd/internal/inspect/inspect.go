// Package inspect reads every article of every source on a copy of the ledger and reports what is wrong or worth a
// warning.
package inspect

import (
	"context"
	"math"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/engine"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/links"
	"herald/cmd/internal/placement"
	"herald/cmd/internal/status"
)

// Config is what an inspection works on.
type Config struct {
	Pipeline *engine.Pipeline
	Ledger   *ledger.Ledger // a copy: the inspection writes to it
	Status   *status.Reporter
	Links    links.Finder
	Dir      string   // where places that are no whole paths begin: the config's folder
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
	Refused  []Refused              `json:"refused"`
	Failed   []engine.SourceFailure `json:"failed,omitempty"`
	Warnings []string               `json:"warnings,omitempty"`
	More     int64                  `json:"warnings_more,omitempty"` // warnings of articles that are not listed
	Standing placement.Standing     `json:"standing"`                // the articles by what becomes of them
}

// Refused is a refused article, with the line of its file where that can be shown.
type Refused struct {
	intake.Refusal
	Excerpt *Excerpt `json:"excerpt,omitempty"`
}

// maxOverlooked is how many files of a source are named that look like articles and are none.
const maxOverlooked = 1000

// Check reads every article of every source.
func Check(ctx context.Context, c Config) *Report {
	r := &Report{Refused: []Refused{}}
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
		for _, warnings := range []func(context.Context, Source) ([]string, error){c.undated, c.zoneless} {
			all, err := warnings(ctx, s)
			if err != nil {
				r.fail(s.Name, err)
			}
			r.Warnings = append(r.Warnings, all...)
		}
		overlooked, count := s.Reader.overlooked(ctx, maxOverlooked)
		r.Warnings = append(r.Warnings, overlooked...)
		r.More += int64(count - len(overlooked))
	}
	if err := c.nothing(ctx, r); err != nil {
		r.fail("state", err)
	}
	if err := c.checkLinks(ctx, r); err != nil && ctx.Err() == nil {
		r.fail("links", err)
	}
	if s, err := c.Status.Status(ctx); err == nil {
		r.Warnings = append(r.Warnings, s.Ahead...)
		for _, one := range s.Sources {
			r.Standing = r.Standing.Plus(one.Standing)
		}
	}
	return r
}

// nothing notes as a failure that no source holds an article and none ever did: build would publish nothing and end with 1.
func (c Config) nothing(ctx context.Context, r *Report) error {
	return c.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		known, err := tx.Known()
		if err == nil && !known && len(r.Failed) == 0 {
			r.Failed = append(r.Failed, engine.SourceFailure{Error: edition.ErrNothing.Error()})
		}
		return err
	})
}

func (r *Report) fail(source string, err error) {
	r.Failed = append(r.Failed, engine.Failure(source, err))
}

// refusals adds every refused article of a source, however many there are.
func (c Config) refusals(ctx context.Context, source string, r *Report) error {
	return c.Ledger.Read(ctx, func(tx *ledger.Tx) error {
		all, err := tx.Refusals(source, math.MaxInt32)
		for _, one := range all {
			refused := Refused{Refusal: intake.Refusal{Source: one.Source, Key: one.Key, Reason: one.Reason, LastGood: one.LastGood}}
			if len(r.Refused) < excerpts {
				refused.Excerpt = excerptOf(one.Reason, c.Dir)
			}
			r.Refused = append(r.Refused, refused)
		}
		return err
	})
}
