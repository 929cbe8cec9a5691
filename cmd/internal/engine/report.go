package engine

import (
	"maps"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/live"
	"herald/cmd/internal/outbox"
	"herald/cmd/internal/placement"
)

// BuildReport is what one pass found and did. It travels from the daemon to the command that
// asked for it.
type BuildReport struct {
	Status    int                    `json:"status"`
	First     bool                   `json:"first,omitempty"` // some source was scanned whole for the first time, and not after a loss of the state
	Sources   []*intake.ScanReport   `json:"sources,omitempty"`
	Failed    []SourceFailure        `json:"failed,omitempty"`
	Live      *live.Report           `json:"live,omitempty"` // of URLs that articles wait for
	Published *edition.PublishReport `json:"published,omitempty"`
	Delivered *outbox.DeliverReport  `json:"delivered,omitempty"`
	Errors    []string               `json:"errors,omitempty"`
	Outputs   string                 `json:"outputs"`
	Told      []string               `json:"told"` // who hears of changes
	Sending   Sending                `json:"sending"`
	Served    string                 `json:"served,omitempty"` // what serve.listen says
	Daemon    *Daemon                `json:"daemon,omitempty"` // that did the pass; nil: the command did it itself

	Standing map[string]placement.Standing `json:"standing"`             // of each source, once all was done
	Queue    []outbox.Queued               `json:"queue,omitempty"`      // what waits to be told then
	Resting  map[string]time.Time          `json:"asks_again,omitempty"` // when sources ask their servers again that said so
}

// Sending is how changes are told.
type Sending struct {
	Delay  time.Duration `json:"delay"`             // notify.delay, in nanoseconds
	Verify bool          `json:"verify,omitempty"`  // only what the public site shows already
	DryRun bool          `json:"dry_run,omitempty"` // nothing is sent
}

// Daemon is the process whose engine runs.
type Daemon struct {
	PID    int    `json:"pid"`
	Served string `json:"served,omitempty"` // where it answers readers: "http://127.0.0.1:8080"; "": nowhere
}

// SourceFailure is a source that could not be read whole; its last good articles stay.
type SourceFailure struct {
	Source string `json:"source"`
	Error  string `json:"error"`
}

// Failure returns the failure of a source, whose name stands beside the error.
func Failure(source string, err error) SourceFailure {
	return SourceFailure{source, strings.TrimPrefix(err.Error(), "scan "+source+": ")}
}

// ApproveReport is the holds that were let through and the pass that followed.
type ApproveReport struct {
	Status int          `json:"status"`
	Hold   *hold.Hold   `json:"hold,omitempty"` // the first of Holds
	Error  string       `json:"error,omitempty"`
	Build  *BuildReport `json:"build,omitempty"`
	Holds  []hold.Hold  `json:"holds,omitempty"` // empty: nothing was let through
}

// AddError notes what went wrong.
func (r *BuildReport) AddError(err error) {
	r.Errors = append(r.Errors, err.Error())
	r.raise(StatusNotDone)
}

// raise makes the status at least as bad as s.
func (r *BuildReport) raise(s int) { r.Status = Worse(r.Status, s) }

// Refused returns the refused articles that the sources name.
func (r *BuildReport) Refused() []intake.Refusal {
	var all []intake.Refusal
	for _, s := range r.Sources {
		all = append(all, s.Refused...)
	}
	return all
}

// RefusedCount returns how many articles are refused, named or not.
func (r *BuildReport) RefusedCount() (count int64) {
	for _, s := range r.Sources {
		count += s.RefusedCount
	}
	return count
}

// Ahead names articles whose date without an offset lies just ahead while no zone is set.
func (r *BuildReport) Ahead() []string {
	if r.Published == nil {
		return nil
	}
	return r.Published.Ahead
}

// Holds returns every hold once, by number.
func (r *BuildReport) Holds() []hold.Hold {
	byID := map[int64]hold.Hold{}
	for _, s := range r.Sources {
		if s.Hold != nil {
			byID[s.Hold.ID] = *s.Hold
		}
	}
	if r.Published != nil {
		for _, hold := range r.Published.Holds {
			byID[hold.ID] = hold
		}
	}
	var all []hold.Hold
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		all = append(all, byID[id])
	}
	return all
}

// DatedBy counts the new articles by the rule that dated them.
func (r *BuildReport) DatedBy() map[string]int {
	sum := map[string]int{}
	for _, s := range r.Sources {
		for rule, n := range s.DatedBy {
			sum[rule] += n
		}
	}
	return sum
}
