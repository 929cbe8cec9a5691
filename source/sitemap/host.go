package sitemap

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strings"
	"sync"
	"time"

	"herald/source/remote"
	"herald/source/robots"
)

const (
	pageTimeout = 30 * time.Second // of one page
	robotsFresh = 24 * time.Hour   // how long a robots.txt counts (RFC 9309 section 2.4)
	robotsRetry = 5 * time.Minute  // after one that could not be read and never was
	robotsLater = time.Hour        // after one that could not be read any more
	maxFailures = 5                // pages of a host that may fail one after another; then it is left alone until the next Fetch
)

// host is a server, as pages are asked of it. It is safe for concurrent use.
type host struct {
	root   string // "https://www.example.com"
	config *Config

	pace  sync.Mutex
	next  time.Time // when it may be asked next
	delay time.Duration

	mu       sync.Mutex
	patience remote.Patience
	rules    *robots.Rules // nil: not known
	read     time.Time     // when the rules were asked for last
	why      error         // why they are not known
	failures int           // one after another
}

// hostOf returns the host of a URL in normal form: "www.example.com".
func hostOf(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	name, _, _ := strings.Cut(rest, "/")
	name, _, _ = strings.Cut(name, "?")
	return name
}

// rootOf returns a URL without its path, and pathOf its path with its query.
func rootOf(url string) string { return url[:strings.Index(url, "://")+3] + hostOf(url) }

func pathOf(url string) string { return url[len(rootOf(url)):] }

// bare returns a URL without what often differs between spellings of one page.
func bare(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	rest = strings.TrimSuffix(strings.TrimSuffix(rest, "index.html"), "/")
	return strings.TrimPrefix(rest, "www.")
}

// ask asks the host for something, once it may be asked. A server that is busy for a moment is asked once more.
func (h *host) ask(ctx context.Context, r remote.Request) (*remote.Answer, error) {
	timeout := pageTimeout
	if !r.Here {
		timeout = math.MaxInt64 // a sitemap may be long: what Fetch allows
	}
	for again := false; ; again = true {
		if err := h.refuses(); err != nil {
			return nil, err
		}
		if err := h.turn(ctx); err != nil {
			return nil, err
		}
		within, cancel := context.WithTimeoutCause(ctx, timeout, fmt.Errorf("read %s: no whole answer within %s", r.URL, timeout))
		a, err := h.config.Fetch(within, r)
		if err != nil && ctx.Err() == nil && within.Err() != nil {
			err = context.Cause(within)
		}
		cancel()
		if err != nil {
			return nil, err
		}
		if d, soon := remote.Soon(a); soon && !again && h.fits(ctx, d) {
			if err := h.config.Wait(ctx, d); err != nil {
				return nil, err
			}
			continue
		}
		h.mu.Lock()
		h.patience.Heard(a, h.config.Now())
		h.mu.Unlock()
		return a, nil
	}
}

// fits reports whether a wait ends before a context does.
func (h *host) fits(ctx context.Context, d time.Duration) bool {
	end, has := ctx.Deadline()
	return !has || end.Sub(h.config.Now()) > d
}

// leave says that a host is to be left alone for now.
type leave struct{ error }

// refuses returns why the host is not to be asked now.
func (h *host) refuses() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.patience.Err(h.config.Now()); err != nil {
		return leave{fmt.Errorf("%s: %w", h.root, err)}
	}
	return nil
}

// turn waits until the host may be asked.
func (h *host) turn(ctx context.Context) error {
	h.pace.Lock()
	now := h.config.Now()
	spacing := max(h.config.Spacing, h.delay)
	at := h.next
	if at.Before(now) || at.Sub(now) > 100*spacing { // a clock that was set back makes nobody wait for long
		at = now
	}
	h.next = at.Add(spacing)
	h.pace.Unlock()
	return h.config.Wait(ctx, at.Sub(now))
}

// permission returns what the host's robots.txt says. An error means that for now nothing may be asked for (RFC 9309 section 2.3.1.4).
func (h *host) permission(ctx context.Context) (*robots.Rules, error) {
	h.mu.Lock()
	rules, why, age := h.rules, h.why, h.config.Now().Sub(h.read)
	h.mu.Unlock()
	limit := robotsFresh
	switch {
	case rules != nil && why != nil:
		limit = robotsLater
	case why != nil:
		limit = robotsRetry
	}
	if rules == nil && why == nil || age < 0 || age >= limit {
		rules, why = h.askRules(ctx, rules)
	}
	if rules == nil {
		return nil, why
	}
	return rules, nil // where it cannot be read any more, what it said last counts
}

// askRules asks for the robots.txt; known is what it said last.
func (h *host) askRules(ctx context.Context, known *robots.Rules) (*robots.Rules, error) {
	a, err := h.ask(ctx, remote.Request{URL: h.root + "/robots.txt", Accept: "text/plain, */*;q=0.1", First: robots.MaxBytes})
	if ctx.Err() != nil {
		return known, context.Cause(ctx)
	}
	rules := known
	switch {
	case err != nil:
	case a.Status == http.StatusOK:
		rules = robots.Parse(a.Body, h.config.Token)
	case a.Status >= 400 && a.Status < 500 && a.Status != http.StatusTooManyRequests: // section 2.3.1.3
		rules = &robots.Rules{}
	default:
		err = remote.StatusError(a)
	}
	if err != nil {
		err = fmt.Errorf("its pages are not read while %s/robots.txt cannot be: %w", h.root, err)
	}
	h.mu.Lock()
	h.rules, h.why, h.read = rules, err, h.config.Now()
	h.mu.Unlock()
	if rules != nil {
		h.pace.Lock()
		h.delay = rules.Delay
		h.pace.Unlock()
	}
	return rules, err
}

// answered notes that the host answered or failed; failing reports whether it has too often.
func (h *host) answered(ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.failures++; ok {
		h.failures = 0
	}
}

func (h *host) failing() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.failures >= maxFailures
}

// hosts are the servers that a source has asked.
type hosts struct {
	config *Config
	mu     sync.Mutex
	all    map[string]*host
}

// of returns the host of a URL in normal form.
func (hs *hosts) of(url string) *host {
	root := rootOf(url)
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if hs.all[root] == nil {
		hs.all[root] = &host{root: root, config: hs.config}
	}
	return hs.all[root]
}

// forgive lets hosts that failed be asked again.
func (hs *hosts) forgive() {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	for _, h := range hs.all {
		h.answered(true)
	}
}

// forget lets hosts be asked at once, whatever they said.
func (hs *hosts) forget() {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	for _, h := range hs.all {
		h.mu.Lock()
		if h.patience.Forget(); h.rules == nil {
			h.why = nil // perhaps it was left alone
		}
		h.mu.Unlock()
	}
}
