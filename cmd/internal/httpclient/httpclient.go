// Package httpclient makes the client for all that the program asks of others: it reaches whom the operator names, wherever
// that is, and else only the public internet.
package httpclient

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"code.dny.dev/ssrf"
)

// Limits of a request to somebody else's server.
const (
	connectTimeout = 10 * time.Second
	requestTimeout = 30 * time.Second
	maxHeaderBytes = 64 << 10
)

// New makes the client for all that the program asks of others. Addresses ("host:port")
// for which named is true come from the operator and may be on loopback or private hosts. All
// others must lie in the public internet: the address is judged after its name is resolved, at the
// connect call, so that no name and no answer of a name server leads inside.
//
// It follows no redirects: the response with the Location is what the caller gets. It uses no
// proxy, which would connect beside the guard. timeout bounds a request with its body; 0 is 30 s.
func New(named func(address string) bool, timeout time.Duration) *http.Client {
	if timeout == 0 {
		timeout = requestTimeout
	}
	open := &net.Dialer{Timeout: connectTimeout}
	guarded := &net.Dialer{Timeout: connectTimeout, Control: ssrf.New(ssrf.WithAnyPort()).Safe}
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		if named(strings.ToLower(address)) {
			return open.DialContext(ctx, network, address)
		}
		return guarded.DialContext(ctx, network, address)
	}
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:                  nil,
			DialContext:            dial,
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    connectTimeout,
			MaxIdleConnsPerHost:    4,
			IdleConnTimeout:        time.Minute,
			MaxResponseHeaderBytes: maxHeaderBytes,
		},
	}
}

// IsRefused reports whether an error is that an address lies where none may that the operator does not name.
func IsRefused(err error) bool {
	return errors.Is(err, ssrf.ErrProhibitedIP) || errors.Is(err, ssrf.ErrProhibitedPort)
}

// Named tells New which addresses are those of the operator's URLs. What is no
// URL with a host names none.
func Named(urls ...string) func(address string) bool {
	named := map[string]bool{}
	for _, s := range urls {
		u, err := url.Parse(s)
		if err != nil || u.Hostname() == "" {
			continue
		}
		port := u.Port()
		if port == "" {
			port = map[string]string{"http": "80", "https": "443"}[strings.ToLower(u.Scheme)]
		}
		named[net.JoinHostPort(strings.ToLower(u.Hostname()), port)] = true
	}
	return func(address string) bool { return named[address] }
}
