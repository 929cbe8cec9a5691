package remote

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

const (
	firstPause = time.Minute // after a 429 that names no time; doubled for each that follows, up to maxPause
	maxPause   = time.Hour
	maxSoon    = 2 * time.Minute // the longest wait inside a listing
)

// Patience is how long a server wants to be left alone, by what it answered last. The zero value asks at once. It is for one
// goroutine at a time.
type Patience struct {
	said     Said
	heard    bool      // by this process
	pause    time.Time // after a 429 that names no time
	ttl      time.Time // until when the document itself says that it stands
	refusals int       // answers 429 one after another
}

// Err returns why a server is not to be asked now; nil: it may be.
func (p *Patience) Err(now time.Time) error {
	until := p.said.until(now)
	if wait := p.pause.Sub(now); wait > 0 && wait <= maxPause && p.pause.After(until) { // a clock that was set back makes nobody wait longer
		until = p.pause
	}
	if until.IsZero() {
		return nil
	}
	return fmt.Errorf("its server asked to be left alone until %s", until.UTC().Format(time.RFC3339))
}

// Stands reports whether what a server said last need not be asked again: the server said that its answer stands until later, and
// nobody wishes to know all the same (see Wished). What the document says itself keeps scans by schedule away alone (see Scheduled).
func (p *Patience) Stands(ctx context.Context, now time.Time) bool {
	if IsWished(ctx) {
		return false
	}
	left := p.ttl.Sub(now)
	return !p.said.fresh(now).IsZero() || IsScheduled(ctx) && left > 0 && left <= maxFresh
}

// Heard takes what an answer says of the next request.
func (p *Patience) Heard(a *Answer, now time.Time) {
	p.heard, p.said, p.pause, p.ttl = true, Said{At: now.UnixMilli()}, time.Time{}, time.Time{}
	if a.Status != http.StatusTooManyRequests {
		p.refusals = 0
	}
	switch {
	case a.Status < http.StatusBadRequest && a.MaxAge > 0:
		p.said.Fresh = now.Add(min(a.MaxAge, maxFresh)).UnixMilli()
	case a.Status < http.StatusBadRequest:
	case a.RetryAfter > 0:
		p.said.Until = now.Add(min(a.RetryAfter, maxPatience)).UnixMilli()
	case a.Status == http.StatusTooManyRequests:
		p.pause = now.Add(min(firstPause<<min(p.refusals, 10), maxPause))
		p.refusals++
	}
}

// HeardBeside takes what an answer to another question says: nothing of how long the document stands.
func (p *Patience) HeardBeside(a *Answer, now time.Time) {
	fresh, ttl := p.said.Fresh, p.ttl
	if p.Heard(a, now); p.Err(now) == nil {
		p.said.Fresh, p.ttl = fresh, ttl
	}
}

// Keep makes what was heard stand for d, where the document itself names a time (ttl of RSS).
func (p *Patience) Keep(d time.Duration, now time.Time) { p.ttl = now.Add(min(d, maxFresh)) }

// Expire lets what was heard stand no longer: it could not be read, or is to be read anew.
func (p *Patience) Expire() { p.said.Fresh, p.ttl = 0, time.Time{} }

// Forget lets the server be asked at once, whatever it said.
func (p *Patience) Forget() { *p = Patience{heard: true} }

// Heed takes what an earlier process kept of the server at an address, unless this one has heard something itself.
func (p *Patience) Heed(s Said, url string) {
	if !p.heard && s.Of == digest(url) {
		p.said = s
	}
}

// Said returns what the server at an address said, to be kept; the zero value where it said nothing, or named a moment that is over before anybody
// looks again.
func (p *Patience) Said(url string) Said {
	s := p.said
	if max(s.Until, s.Fresh)-s.At < leastKept.Milliseconds() {
		return Said{}
	}
	s.Of = digest(url)
	return s
}

// Soon reports whether a server that could not answer named a moment (Retry-After) that is near enough for the listing to wait
// for, and how long that is.
func Soon(a *Answer) (wait time.Duration, soon bool) {
	busy := a.Status == http.StatusTooManyRequests || a.Status == http.StatusServiceUnavailable
	return a.RetryAfter, busy && a.RetryAfter > 0 && a.RetryAfter <= maxSoon
}

type scheduled struct{}

// Scheduled returns a context for a scan that comes by schedule: nobody waits for it, so what a document says to stand for a while
// is not asked for again.
func Scheduled(ctx context.Context) context.Context { return context.WithValue(ctx, scheduled{}, true) }

// IsScheduled reports whether a context is for a scan that comes by schedule.
func IsScheduled(ctx context.Context) bool { return ctx.Value(scheduled{}) != nil }

type wished struct{}

// Wished returns a context for a scan that somebody wants of this source, now: what its server said before keeps nobody from asking.
func Wished(ctx context.Context) context.Context { return context.WithValue(ctx, wished{}, true) }

// IsWished reports whether a context is for a scan that somebody wants now.
func IsWished(ctx context.Context) bool { return ctx.Value(wished{}) != nil }
