package bucket

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/minio/minio-go/v7/pkg/s3utils"

	"herald/source/remote"
)

// store asks an object store, in its dialect. It is safe for concurrent use.
type store struct {
	address address
	dialect dialect
	fetch   remote.Fetch
	wait    func(ctx context.Context, d time.Duration) error
	now     func() time.Time

	mu       sync.Mutex
	patience remote.Patience
}

// waits are those between the tries of a request that fails for a cause which may pass.
var waits = []time.Duration{200 * time.Millisecond, time.Second}

// ask asks for what lies at a key, "" for the bucket itself, and again where the store was busy, could not be reached or broke off. Of a
// whole answer with status 200 taken says what is wrong with it.
func (s *store) ask(ctx context.Context, key string, query url.Values, first int64, taken func(*remote.Answer) error) error {
	for try := 0; ; try++ {
		passing, err := s.once(ctx, key, query, first, taken)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err == nil || !passing || try == len(waits) {
			return err
		}
		if err := s.wait(ctx, waits[try]); err != nil {
			return err
		}
	}
}

// once makes one request. passing: what went wrong may pass soon.
func (s *store) once(ctx context.Context, key string, query url.Values, first int64, taken func(*remote.Answer) error) (passing bool, err error) {
	s.mu.Lock()
	err = s.patience.Err(s.now())
	s.mu.Unlock()
	if err != nil {
		return false, err
	}
	at := s.dialect.url(s3utils.EncodePath(key))
	if len(query) > 0 {
		at += "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
	}
	r, err := s.request(ctx, at, first)
	if err != nil {
		return false, err
	}
	a, err := s.fetch(ctx, r)
	if err != nil {
		return mayPass(err), unnamed{err, r.URL}
	}
	s.mu.Lock()
	s.patience.Heard(a, s.now())
	s.mu.Unlock()
	if a.Status != http.StatusOK {
		return a.Status >= http.StatusInternalServerError || a.Status == http.StatusTooManyRequests, s.dialect.fault(a)
	}
	return true, taken(a)
}

// mayPass reports whether an error of a connection may be none soon: the store was reached, is who it says, and did not just hang.
func mayPass(err error) bool {
	var at *net.OpError
	var slow net.Error
	var untrusted *tls.CertificateVerificationError
	return !(errors.As(err, &at) && at.Op == "dial") && !errors.As(err, &untrusted) && !(errors.As(err, &slow) && slow.Timeout())
}

// request returns a signed request for a URL.
func (s *store) request(ctx context.Context, at string, first int64) (remote.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return remote.Request{}, errors.New("the key makes no URL")
	}
	if err := s.dialect.sign(r); err != nil {
		return remote.Request{}, err
	}
	header := map[string]string{}
	for name := range r.Header {
		header[name] = r.Header.Get(name)
	}
	return remote.Request{URL: r.URL.String(), Accept: "*/*", Header: header, Raw: true, Here: true, First: first}, nil
}

// unnamed is an error of a request without the URL before it: messages name the bucket or the object.
type unnamed struct {
	error
	url string
}

// Error returns what went wrong.
func (u unnamed) Error() string { return strings.Replace(u.error.Error(), "read "+u.url+": ", "", 1) }

// Unwrap returns the whole error.
func (u unnamed) Unwrap() error { return u.error }
