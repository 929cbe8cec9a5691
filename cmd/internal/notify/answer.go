// Package notify tells search engines and hubs of changed URLs, one request at a time, and says
// what they answered. It remembers nothing and retries nothing: who is told, when and how often is
// for the caller to decide from the Answer.
//
// No redirect is followed, whatever the client allows: a notice goes to the host that the operator
// named or nowhere. Bodies are read up to 64 KiB. How long a call may take is for its context and
// the client to say.
package notify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Outcome says what is to become of a notice.
type Outcome int

// The outcomes. Of one that is Refused or Dropped no other attempt is of use.
const (
	Retry     Outcome = iota // not delivered; try again, no sooner than RetryAfter
	Delivered                // the target has it
	Refused                  // the target says that the request is wrong, now and later
	Dropped                  // the target is gone for good (410)
)

// Answer is what came of one request.
type Answer struct {
	Status     int // of HTTP; 0: there was no response
	Outcome    Outcome
	RetryAfter time.Duration // with Retry: the least time to wait; 0: the caller's own backoff
	Detail     string        // one line for people: the status, or what went wrong, and how the body begins. Holds no key and no target URL
}

// Limits of what is read and said.
const (
	maxBody   = 64 << 10
	maxDetail = 200 // characters of a body in a Detail
	// patience is the least time before a target is asked again whose fault takes a person to mend:
	// a key file that is not there yet, a hub that is not set up.
	patience = 10 * time.Minute
	// maxRetryAfter bounds what a target may ask for.
	maxRetryAfter = 24 * time.Hour
)

// Backoff is the time to wait after the given number of failed attempts: a second after the first,
// then doubling, an hour at most.
func Backoff(attempts int) time.Duration {
	if attempts > 12 {
		return time.Hour
	}
	return min(time.Second<<max(attempts-1, 0), time.Hour)
}

// target is where a request goes and what its answer must not show.
type target struct {
	client *http.Client
	agent  string
	now    func() time.Time
	secret string // "": none
}

// call is one request.
type call struct{ url, contentType, body string }

// post sends one request. The error is for faults of the caller and the end of its context; what
// the network or the target does is an Answer.
func (t target) post(ctx context.Context, c call) (Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, strings.NewReader(c.body))
	if err != nil {
		return Answer{Outcome: Refused}, errors.New("wrong address")
	}
	req.Header.Set("Content-Type", c.contentType)
	req.Header.Set("User-Agent", t.agent)
	client := *t.client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := client.Do(req)
	if err != nil && errors.Is(ctx.Err(), context.Canceled) {
		return Answer{Detail: "interrupted"}, ctx.Err()
	}
	if err != nil {
		return Answer{Detail: t.clean(networkFault(err))}, nil
	}
	defer func() { _ = res.Body.Close() }()
	return t.judge(res), nil
}

func (t target) judge(res *http.Response) Answer {
	a := Answer{Status: res.StatusCode, Outcome: outcome(res.StatusCode)}
	if a.Outcome == Retry {
		a.RetryAfter = retryAfter(res.Header.Get("Retry-After"), t.now)
		if needsPeople(res.StatusCode) {
			a.RetryAfter = max(a.RetryAfter, patience)
		}
	}
	words := strings.TrimSpace(strconv.Itoa(res.StatusCode) + " " + http.StatusText(res.StatusCode))
	if res.StatusCode/100 == 3 {
		words += ": redirects to " + t.clean(place(res)) + ", which is not followed: name the address itself"
	} else if said := t.clean(excerpt(res.Body)); said != "" {
		words += ": " + said
	}
	a.Detail = words
	return a
}

// outcome reads a status as the IndexNow documentation and WebSub section 6.1 do, and others as
// RFC 9110 section 15 does. What time or a person's hand at the target may mend is tried again.
func outcome(status int) Outcome {
	switch {
	case status/100 == 2:
		return Delivered
	case status == http.StatusGone:
		return Dropped
	case status/100 == 5, needsPeople(status):
		return Retry
	}
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests,
		http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect:
		return Retry
	}
	return Refused
}

func needsPeople(status int) bool {
	return status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusNotFound
}

// retryAfter reads seconds or an HTTP date (RFC 9110 section 10.2.3); what it cannot read is 0.
func retryAfter(value string, now func() time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if value == "" {
		return 0
	}
	if strings.Trim(value, "0123456789") == "" {
		seconds, err := strconv.ParseInt(value, 10, 64)
		if err != nil || seconds > int64(maxRetryAfter/time.Second) {
			return maxRetryAfter
		}
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(now()), 0), maxRetryAfter)
}

// place returns the host and path of a redirect, without user, query and fragment.
func place(res *http.Response) string {
	u, err := res.Location()
	if err != nil {
		return "nowhere"
	}
	return u.Host + u.EscapedPath()
}

// excerpt returns the beginning of a body; a broken one is as good as a short one.
func excerpt(body io.Reader) string {
	data, _ := io.ReadAll(io.LimitReader(body, maxBody))
	return string(data)
}

// networkFault words an error of the client without the target's URL, which may hold a token.
func networkFault(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var n net.Error
	if errors.Is(err, context.DeadlineExceeded) || (errors.As(err, &n) && n.Timeout()) {
		return "no answer in time"
	}
	return err.Error()
}

// clean makes one short line of s, without the secret.
func (t target) clean(s string) string {
	if t.secret != "" {
		s = strings.ReplaceAll(s, t.secret, "…")
	}
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) > maxDetail {
		return string(runes[:maxDetail-1]) + "…"
	}
	return string(runes)
}

// targetOf completes what a caller may leave out.
func targetOf(client *http.Client, agent string, now func() time.Time) (target, error) {
	if client == nil {
		return target{}, errors.New("no client")
	}
	if agent == "" {
		agent = "herald"
	}
	if now == nil {
		now = time.Now
	}
	return target{client: client, agent: agent, now: now}, nil
}

// webAddress tells whether s is an absolute http or https URL as it goes over the wire: ASCII,
// percent-encoded, with a host and no user.
func webAddress(s string) (*url.URL, error) {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return nil, fmt.Errorf("%q is not percent-encoded", s)
		}
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		return nil, fmt.Errorf("%q is not a web address", s)
	}
	return u, nil
}
