package screen

import (
	"strings"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/outbox"
)

// deliveries prints what build --notify came to.
func (s Screen) deliveries(r *engine.BuildReport) {
	d := r.Delivered
	if d == nil {
		return
	}
	s.row("notices", s.say("%d delivered, %d waiting, %d given up", len(d.Delivered), d.Left, len(d.Dead)))
	s.list("waiting", lines(d.Waiting, s.noticeLine))
	s.list("given up", lines(d.Dead, s.noticeLine))
}

// tells says who is to be told of what, when and by which command.
func (s Screen) tells(r *engine.BuildReport) {
	if len(r.Told) == 0 {
		s.row("tells", s.say("nobody is told: the config has no notify"))
		return
	}
	name, waiting := label("tells"), int64(0)
	for _, target := range r.Told {
		n := queuedFor(r.Queue, target)
		waiting += n.Count
		s.row(name, target+": "+s.tellsOf(r, n))
		s.queued(r, n)
		name = ""
	}
	if waiting == 0 {
		return
	}
	s.row("queued", s.notices(waiting)+": "+s.sentBy(r))
}

// urlsTold is how many URLs are named that this pass has queued for a target.
const urlsTold = 5

// queued names what a target is to hear because of this pass.
func (s Screen) queued(r *engine.BuildReport, n outbox.Queued) {
	if r.Published == nil || n.Count == 0 {
		return
	}
	count := 0
	for _, notice := range r.Published.Notices {
		if notice.Target != n.Target {
			continue
		}
		if count++; count > urlsTold {
			continue
		}
		if notice.Removed {
			s.row("", notice.URL+s.say(" (removed)"))
		} else {
			s.row("", notice.URL)
		}
	}
	if count > urlsTold {
		s.row("", s.say("and %d more", count-urlsTold))
	}
}

// queuedFor returns what waits for a target, by the name that reports have for it: a label, and the address behind it.
func queuedFor(all []outbox.Queued, target string) (sum outbox.Queued) {
	for _, n := range all {
		if !strings.HasSuffix(target, " "+n.Target) && target != n.Target {
			continue
		}
		if sum.Due.IsZero() || n.Due.Before(sum.Due) {
			sum.Due = n.Due
		}
		sum.Count, sum.Target = sum.Count+n.Count, n.Target
	}
	return sum
}

// tellsOf says what one target is to hear.
func (s Screen) tellsOf(r *engine.BuildReport, n outbox.Queued) string {
	switch {
	case n.Count > 0 && r.Sending.DryRun:
		return s.say("%s to come, and none is sent (notify.dry_run)", s.notices(n.Count))
	case n.Count > 0:
		return s.say("%s to come, due from %s on%s", s.notices(n.Count), s.Moment(n.Due), s.onceVerified(r))
	case r.First:
		return s.say("nothing now (a source's first scan is quiet)")
	case r.Delivered != nil && len(r.Delivered.Delivered) > 0:
		return s.say("nothing more")
	case len(r.Holds()) > 0:
		return s.say("nothing now (what is held is told once it is let through)")
	}
	return s.say("nothing now (nothing changed that it is to hear of)")
}

// onceVerified says that nobody hears before the public does; "" where that is not asked.
func (s Screen) onceVerified(r *engine.BuildReport) string {
	if !r.Sending.Verify {
		return ""
	}
	return s.say(", once the public site shows it (notify.verify)")
}

// sentBy says which command sends what waits.
func (s Screen) sentBy(r *engine.BuildReport) string {
	switch {
	case r.Daemon != nil:
		return s.say("herald run (process %d) sends them; herald build --notify does not wait for notify.delay", r.Daemon.PID)
	case r.Delivered != nil:
		return s.say("herald run sends them when they are due, or the next herald build --notify")
	}
	return s.say("herald build --notify sends them now, herald run when they are due")
}

// served says where readers are answered.
func (s Screen) served(r *engine.BuildReport) {
	switch {
	case r.Served == "":
		s.row("served", s.say("nothing is served: the config has no serve"))
	case r.Daemon != nil && r.Daemon.Served != "":
		s.row("served", s.say("%s, by herald run (process %d)", r.Daemon.Served, r.Daemon.PID))
	default:
		s.row("served", s.say("not now: herald run answers readers at %s", r.Served))
	}
}
