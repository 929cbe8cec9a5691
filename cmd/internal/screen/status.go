package screen

import (
	"time"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/status"
)

// Holder is the process that holds the state.
type Holder struct {
	PID    int            `json:"pid,omitempty"` // 0: not known
	Daemon *engine.Daemon `json:"run,omitempty"` // nil: it is another command, or not known
}

// Status prints what herald knows of itself; next is when each source is scanned again where a process is running, nil: none is.
func (s Screen) Status(r *status.Status, next map[string]time.Time, running *Holder) {
	refused := int64(0)
	for _, one := range r.Sources {
		refused += one.Refused
		s.named(one.Name, s.say("%s, %d refused, %d removed; last good scan %s", s.standing(one.Standing), one.Refused, one.Removed, s.Moment(one.LastGood)))
		s.sourceNotes(one)
		if running != nil && !next[one.Name].IsZero() {
			s.row("", s.say("next scan %s", s.Moment(next[one.Name])))
		}
	}
	s.first("refused", lines(r.Refused, s.refusalLine), refused)
	s.list("soon", s.texts(r.Ahead))
	s.first("not live", lines(r.Live, s.waitLine), r.LiveCount)
	for _, d := range r.Documents {
		s.row("document", s.say("%s, %s, changed %s", d.URL, counted(s, d.Size, "1 byte", "%d bytes"), s.Moment(d.Changed)))
	}
	s.holds(r.Holds, func(h hold.Hold) string {
		return s.say("%d since %s: %s", h.ID, s.Moment(h.Since), h.Remedy())
	})
	s.row("notices", s.say("%d answered, %d waiting, %d given up", r.Told, r.WaitingCount, r.DeadCount))
	s.first("waiting", lines(r.Waiting, s.waitingLine), r.WaitingCount)
	s.first("given up", lines(r.Dead, s.noticeLine), r.DeadCount)
	s.running(running, r.WaitingCount)
}

// sourceNotes prints what is odd about a source.
func (s Screen) sourceNotes(one status.SourceStatus) {
	if one.Merged > 0 {
		s.row("", s.say("%d more merged with articles of other sources", one.Merged))
	}
	s.row("", s.emptyLine(one.Articles+one.Merged == 0 && !one.LastGood.IsZero()))
	if one.Missing > 0 {
		s.row("", s.say("%d of them missing and kept (removal_grace), the first until %s", one.Missing, s.Moment(one.Until)))
	}
	if one.Pages > 0 {
		s.row("", s.say("%d of them undated beside dated ones: pages, in the sitemap only", one.Pages))
	}
	if one.LastError != "" {
		s.row("", s.say("last scan %s: %s", s.Moment(one.LastScan), one.LastError))
	}
	s.row("", s.restingLine(one.Resting))
}

// running says who works with the state, and what waits for somebody who does.
func (s Screen) running(r *Holder, waiting int64) {
	switch {
	case r == nil && waiting > 0:
		s.row("running", s.say("no herald works with this state: herald run sends what waits when it is due, herald build --notify now"))
	case r == nil:
		s.row("running", s.say("no herald works with this state"))
	case r.PID == 0:
		s.row("running", s.say("another process holds the state"))
	case r.Daemon == nil:
		s.row("running", s.say("process %d holds the state", r.PID))
	case r.Daemon.Served == "":
		s.row("running", s.say("herald run, process %d; it serves nothing (the config has no serve)", r.PID))
	default:
		s.row("running", s.say("herald run, process %d; it serves %s", r.PID, r.Daemon.Served))
	}
}

// Editions prints what was published when.
func (s Screen) Editions(editions []status.EditionStatus) {
	for _, e := range editions {
		s.Printf("%d  %s", e.ID, s.Moment(e.At))
		for _, path := range e.Written {
			s.Printf("    wrote   %s", path)
		}
		for _, path := range e.Removed {
			s.Printf("    removed %s", path)
		}
	}
}
