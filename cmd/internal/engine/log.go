package engine

import (
	"fmt"
	"log/slog"

	"herald/cmd/internal/alike"
	"herald/cmd/internal/edition"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/intake"
	"herald/cmd/internal/outbox"
)

// once calls f the first time that it is given a text, and never again while the loop lives: what
// stays as it is need not be logged at every scan.
func (l *loop) once(text string, f func()) {
	if !l.logged[text] {
		l.logged[text] = true
		f()
	}
}

func (l *loop) logScan(r *intake.ScanReport) {
	log := l.engine.config.Log.With("source", r.Source)
	if r.Listed > 0 { // a look at single entries does not know how many there are
		log = log.With("articles", r.Articles)
	}
	left := r.WarningCount
	for i, line := range alike.Lines(r.Warnings) {
		if i == maxLoggedLines {
			break
		}
		log.Warn("odd article", "place", line.Text)
		left -= int64(line.Count)
	}
	if left > 0 {
		log.Warn("more odd articles; herald check lists them", "count", left)
	}
	l.logEmpty(log, r)
	l.logRefused(log, r)
	if r.Unfinished != "" {
		log.Info("not all is read yet; the next scan goes on", "read", r.Unfinished)
	}
	if r.Hold != nil {
		l.logHold(*r.Hold)
	} else if r.First || r.Added+r.Changed+r.Renamed+r.Removed > 0 {
		log.Info("scanned", "added", r.Added, "changed", r.Changed, "renamed", r.Renamed, "removed", r.Removed)
	} else {
		log.Debug("scanned, nothing changed")
	}
}

// logEmpty warns of a source without an article, once until it has some.
func (l *loop) logEmpty(log *slog.Logger, r *intake.ScanReport) {
	if text := "empty " + r.Source; r.Empty {
		l.once(text, func() { log.Warn("source holds no article: are its path or url and its include right?") })
	} else if r.Listed > 0 {
		delete(l.logged, text)
	}
}

// logRefused names articles that were not refused before, as many as one can read.
func (l *loop) logRefused(log *slog.Logger, r *intake.ScanReport) {
	var fresh []string
	for _, refused := range r.Refused {
		l.once("refused "+refused.Reason, func() { fresh = append(fresh, refused.Reason) })
	}
	for _, reason := range fresh[:min(maxLoggedLines, len(fresh))] {
		log.Warn("article refused", "place", reason)
	}
	if unnamed := r.RefusedCount - int64(len(r.Refused)); len(fresh) > maxLoggedLines || unnamed > 0 {
		l.once(fmt.Sprint("refused ", r.Source, r.RefusedCount), func() {
			log.Warn("more articles refused; herald check lists them", "refused", r.RefusedCount)
		})
	}
}

func (l *loop) logHold(h hold.Hold) {
	l.once(fmt.Sprint("hold ", h.ID), func() { // one that comes again has another number
		l.engine.config.Log.Warn("change held", "hold", h.ID, "subject", h.Subject, "summary", h.Remedy())
	})
}

func (l *loop) logPublication(p *edition.PublishReport) {
	log := l.engine.config.Log
	for _, hold := range p.Holds {
		l.logHold(hold)
	}
	for _, article := range p.Ahead {
		l.once("ahead "+article, func() { log.Warn("article appears later", "place", article) })
	}
	for _, failed := range p.Failed {
		log.Error("document kept at its last good version", "document", failed)
	}
	if len(p.Written)+len(p.Removed) > 0 {
		log.Info("published", "written", p.Written, "removed", p.Removed, "notices", len(p.Notices))
	}
}

func logDelivery(log *slog.Logger, r *outbox.DeliverReport) {
	for _, n := range r.Delivered {
		log.Info("told", "target", n.Target, "url", n.URL, "status", n.Status)
	}
	for _, n := range r.Waiting {
		log.Warn("not told yet, tried again later", "target", n.Target, "url", n.URL, "status", n.Status, "detail", n.Detail, "due", n.Due)
	}
	for _, n := range r.Dead {
		log.Error("given up", "target", n.Target, "url", n.URL, "status", n.Status, "detail", n.Detail)
	}
}
