package remote

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

const (
	maxPatience = 24 * time.Hour // the longest Retry-After that is obeyed
	maxFresh    = time.Hour      // the longest Cache-Control max-age that keeps a scheduled scan from asking
	firstPause  = time.Minute    // after a 429 that names no time; doubled for each that follows, up to maxPause
	maxPause    = time.Hour
	maxSoon     = 2 * time.Minute // the longest wait inside a listing
)

// Patience is how long a server wants to be left alone, by what it answered last. The zero value asks at once. It is for one
// goroutine at a time.
type Patience struct {
	until    time.Time // Retry-After
	fresh    time.Time // Cache-Control
	refusals int       // answers 429 one after another
}

// Err returns why a server is not to be asked now; nil: it may be.
func (p *Patience) Err(now time.Time) error {
	if wait := p.until.Sub(now); wait <= 0 || wait > maxPatience { // a clock that was set back makes nobody wait longer
		return nil
	}
	return fmt.Errorf("its server asked to be left alone until %s", p.until.UTC().Format(time.RFC3339))
}

// Stands reports whether what a server said last need not be asked again: the scan is one by schedule (see Scheduled), and the
// server said that its answer stands until later.
func (p *Patience) Stands(ctx context.Context, now time.Time) bool {
	left := p.fresh.Sub(now)
	return IsScheduled(ctx) && left > 0 && left <= maxFresh
}

// Heard takes what an answer says of the next request.
func (p *Patience) Heard(a *Answer, now time.Time) {
	p.fresh = now.Add(min(a.MaxAge, maxFresh))
	if a.Status != http.StatusTooManyRequests {
		p.refusals = 0
	}
	switch {
	case a.Status < http.StatusBadRequest:
		p.until = time.Time{}
	case a.RetryAfter > 0:
		p.until = now.Add(min(a.RetryAfter, maxPatience))
	case a.Status == http.StatusTooManyRequests:
		p.until = now.Add(min(firstPause<<min(p.refusals, 10), maxPause))
		p.refusals++
	}
}

// Keep makes what was heard stand for d, where the document itself names a time (ttl of RSS).
func (p *Patience) Keep(d time.Duration, now time.Time) {
	if at := now.Add(min(d, maxFresh)); at.After(p.fresh) {
		p.fresh = at
	}
}

// Soon reports whether a server that could not answer named a moment (Retry-After) that is near enough for the listing to wait
// for, and how long that is.
func Soon(a *Answer) (wait time.Duration, soon bool) {
	busy := a.Status == http.StatusTooManyRequests || a.Status == http.StatusServiceUnavailable
	return a.RetryAfter, busy && a.RetryAfter > 0 && a.RetryAfter <= maxSoon
}

type scheduled struct{}

// Scheduled returns a context for a scan that comes by schedule: nobody waits for it, so what a server said to stand for a while
// is not asked again. Any other scan is somebody's wish, and asks.
func Scheduled(ctx context.Context) context.Context { return context.WithValue(ctx, scheduled{}, true) }

// IsScheduled reports whether a context is for a scan that comes by schedule.
func IsScheduled(ctx context.Context) bool { return ctx.Value(scheduled{}) != nil }
