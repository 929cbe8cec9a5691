package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
	"math"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/ledger"
	"herald/config"
	"herald/source"
)

// checkReport is what check found.
type checkReport struct {
	Articles int64                  `json:"articles"`
	Refused  []intake.Refusal       `json:"refused"`
	Failed   []engine.SourceFailure `json:"failed,omitempty"`
	Warnings []string               `json:"warnings,omitempty"`
	More     int64                  `json:"warnings_more,omitempty"` // warnings of articles that are not listed
}

func (a *app) checkCommand() *cobra.Command {
	live := false
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Read the config and every article and list what is wrong; writes nothing",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if live {
				return notInThisVersion("herald check --live")
			}
			return a.check(cmd.Context())
		},
	}
	cmd.Flags().BoolVar(&live, "live", false, "also fetch the public URLs (not in this version)")
	return cmd
}

func (a *app) check(ctx context.Context) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	inspectors := w.inspect()
	return a.open(ctx, w, a.openDry, func(p *pipeline) error {
		r := p.check(ctx, inspectors)
		if err := a.report(r, r.text); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return notDone(context.Cause(ctx))
		}
		if len(r.Refused)+len(r.Failed) > 0 {
			return ended(engine.StatusNotDone)
		}
		return nil
	})
}

// inspect puts an inspector before each source.
func (w *wiring) inspect() []*inspector {
	all := make([]*inspector, len(w.sources))
	for i := range w.sources {
		all[i] = &inspector{source: w.sources[i].intake.Source, undated: map[string]string{}}
		w.sources[i].intake.Source = all[i]
	}
	return all
}

// check reads every article of every source on a copy of the ledger.
func (p *pipeline) check(ctx context.Context, inspectors []*inspector) *checkReport {
	r := &checkReport{Refused: []intake.Refusal{}}
	for i, s := range p.wiring.sources {
		found, err := p.rooms.pipeline.Scan(ctx, s.name(), intake.ScanOptions{Force: true, Reload: true})
		if err != nil {
			r.Failed = append(r.Failed, engine.SourceFailure{Source: s.name(), Error: err.Error()})
			continue
		}
		r.Articles += found.Articles
		if err := p.refusals(ctx, s.name(), r); err != nil {
			r.Failed = append(r.Failed, engine.SourceFailure{Source: s.name(), Error: err.Error()})
		}
		r.Warnings = append(r.Warnings, found.Warnings...)
		r.More += max(0, found.WarningCount-int64(len(found.Warnings)))
		undated, err := p.undated(ctx, s.name(), inspectors[i])
		if err != nil {
			r.Failed = append(r.Failed, engine.SourceFailure{Source: s.name(), Error: err.Error()})
		}
		r.Warnings = append(append(r.Warnings, undated...), inspectors[i].warnings(s.name(), p.wiring.config)...)
	}
	if err := p.checkLinks(ctx, r); err != nil && ctx.Err() == nil {
		r.Failed = append(r.Failed, engine.SourceFailure{Source: "links", Error: err.Error()})
	}
	if s, err := p.rooms.status.Status(ctx); err == nil {
		r.Warnings = append(r.Warnings, s.Ahead...)
	}
	return r
}

// refusals adds every refused article of a source, however many there are.
func (p *pipeline) refusals(ctx context.Context, source string, r *checkReport) error {
	return p.ledger.Read(ctx, func(tx *ledger.Tx) error {
		all, err := tx.Refusals(source, math.MaxInt32)
		for _, one := range all {
			r.Refused = append(r.Refused, intake.Refusal{Source: one.Source, Key: one.Key, Reason: one.Reason, LastGood: one.LastGood})
		}
		return err
	})
}

func (r *checkReport) text(w io.Writer) {
	for _, f := range r.Failed {
		fmt.Fprintf(w, "error: source %s: %s\n", f.Source, printable(f.Error))
	}
	for _, one := range r.Refused {
		fmt.Fprintf(w, "%s\n", printable(one.Reason))
	}
	for _, warning := range r.Warnings {
		fmt.Fprintf(w, "warning: %s\n", printable(warning))
	}
	if r.More > 0 {
		fmt.Fprintf(w, "warning: and %d more\n", r.More)
	}
	fmt.Fprintf(w, "%s, %d refused, %s\n", counted(r.Articles, "article"), len(r.Refused), counted(int64(len(r.Warnings))+r.More, "warning"))
}

// inspector collects, as articles are loaded, what is worth a warning but no reason to refuse one.
type inspector struct {
	source   source.Source
	mu       sync.Mutex
	undated  map[string]string // place by key
	zoneless []string          // places
}

// List lists what the source lists.
func (i *inspector) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return i.source.List(ctx)
}

// Load loads an article and keeps what is odd about it.
func (i *inspector) Load(ctx context.Context, key string) (*source.Article, error) {
	a, err := i.source.Load(ctx, key)
	if err == nil && !a.Draft {
		i.mu.Lock()
		defer i.mu.Unlock()
		switch {
		case a.Published.IsZero():
			i.undated[key] = a.Place
		case a.Zoneless:
			i.zoneless = append(i.zoneless, a.Place)
		}
	}
	return a, err
}

// pagesNamed is how many pages of a source check names: a manual may have hundreds.
const pagesNamed = 5

// undated names the articles of a source that an inspector found without a date, and says what has become of them.
func (p *pipeline) undated(ctx context.Context, source string, i *inspector) (all []string, err error) {
	pages := int64(0)
	err = p.ledger.Read(ctx, func(tx *ledger.Tx) error {
		for _, key := range slices.Sorted(maps.Keys(i.undated)) {
			seen, _, err := tx.Seen(source, key)
			if err != nil {
				return err
			}
			row, err := tx.Article(seen.Article)
			switch {
			case err != nil:
				return err
			case row == nil: // refused
			case !row.IsPage():
				all = append(all, i.undated[key]+": no date: its first sight dates it")
			default:
				if pages++; pages <= pagesNamed {
					all = append(all, i.undated[key]+": no date, and it stands beside dated articles: a page, in the sitemap only")
				}
			}
		}
		return nil
	})
	if more := pages - pagesNamed; more > 0 {
		all = append(all, fmt.Sprintf("source %s: %s more without a date beside dated ones: pages, in the sitemap only", source, counted(more, "article")))
	}
	return all, err
}

func (i *inspector) warnings(name string, c *config.Config) []string {
	var all []string
	if n := len(i.zoneless); n > 0 && !c.Site.TimezoneSet {
		all = append(all, fmt.Sprintf("source %s: %s with a date without an offset, read in UTC; set site.timezone (the first: %s)", name, counted(n, "article"), slices.Min(i.zoneless)))
	}
	return all
}
