package engine

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"herald/cmd/internal/ledger"
)

// Become says that the engine is a daemon's, in the ledger too, for DaemonOf. It is to be called before Run.
func (e *Engine) Become(ctx context.Context, d Daemon) error {
	e.daemon = &d
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return e.config.Ledger.Write(ctx, func(tx *ledger.Tx) error { return tx.SetMeta(ledger.MetaDaemon, string(text)) })
}

// DaemonOf returns the daemon of a process number, as it has noted itself; nil: that process has noted nothing.
func DaemonOf(tx *ledger.Tx, pid int) (*Daemon, error) {
	text, err := tx.Meta(ledger.MetaDaemon)
	if err != nil || text == "" {
		return nil, err
	}
	d := &Daemon{}
	if err := json.Unmarshal([]byte(text), d); err != nil || d.PID != pid || pid == 0 {
		return nil, err
	}
	return d, nil
}

// linksLogged is how many served documents are logged by name at start.
const linksLogged = 20

// logReady says, once the first pass of the daemon is over, what stands: where documents are served, how many articles there
// are, what is watched, when the next scan is and who is told.
func (l *loop) logReady(ctx context.Context) {
	e := l.engine
	r := e.newReport()
	e.reportStanding(ctx, r)
	var paths []string
	err := e.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		paths, err = e.config.Pipeline.Edition.Entrances(tx)
		return err
	})
	if err != nil || len(r.Errors) > 0 {
		return // what is wrong with the ledger is logged by who works with it
	}
	log, served := e.config.Log, ""
	if e.daemon != nil {
		served = e.daemon.Served
	}
	for _, path := range paths[:min(linksLogged, len(paths))] {
		if served != "" {
			log.Info("serving", "url", served+(&url.URL{Path: "/" + path}).EscapedPath())
		}
	}
	articles, public := int64(0), int64(0)
	for _, s := range r.Standing {
		articles, public = articles+s.Articles, public+s.Public
	}
	log.Info("everything stands", "articles", articles, "public", public, "watched", l.watched(), "next_scan", l.nextScan(),
		"told", orNone(strings.Join(e.config.Told, ", ")), "served", orNone(served), "waiting", waiting(r))
}

// watched names the sources whose files are watched.
func (l *loop) watched() string {
	var names []string
	for _, s := range l.engine.config.Sources {
		if s.Watched != nil {
			names = append(names, s.Name)
		}
	}
	return orNone(strings.Join(names, ", "))
}

// nextScan returns when the next source is scanned by its schedule.
func (l *loop) nextScan() string {
	var next time.Time
	for _, at := range l.scanAt {
		if next.IsZero() || !at.IsZero() && at.Before(next) {
			next = at
		}
	}
	if next.IsZero() {
		return "never"
	}
	return next.UTC().Format(time.RFC3339)
}

// waiting counts the notices that wait.
func waiting(r *BuildReport) (n int64) {
	for _, q := range r.Queue {
		n += q.Count
	}
	return n
}

// orNone returns text, or a word for none.
func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
