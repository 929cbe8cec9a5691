package notify_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"herald/cmd/internal/notify"
)

var now = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

const (
	topic  = "https://news.example.org/feed.xml"
	secret = "0123456789abcdef0123456789abcdef"
)

func serverOf(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func hubAt(s *httptest.Server) *notify.WebSub {
	return &notify.WebSub{Client: s.Client(), Hub: s.URL + "/hub", Now: func() time.Time { return now }}
}

func TestAnswers(t *testing.T) {
	const slow = 10 * time.Minute
	tests := []struct {
		status     int
		retryAfter string
		outcome    notify.Outcome
		wait       time.Duration
	}{
		{200, "", notify.Delivered, 0},
		{202, "60", notify.Delivered, 0},
		{204, "", notify.Delivered, 0},
		{301, "", notify.Refused, 0},
		{302, "", notify.Retry, 0},
		{303, "", notify.Retry, 0},
		{304, "", notify.Refused, 0},
		{307, "", notify.Retry, 0},
		{308, "", notify.Refused, 0},
		{400, "5", notify.Refused, 0},
		{401, "", notify.Retry, slow},
		{403, "", notify.Retry, slow},
		{403, "1", notify.Retry, slow},
		{403, "3600", notify.Retry, time.Hour},
		{404, "", notify.Retry, slow},
		{405, "", notify.Refused, 0},
		{408, "", notify.Retry, 0},
		{410, "", notify.Dropped, 0},
		{413, "", notify.Refused, 0},
		{422, "", notify.Refused, 0},
		{425, "", notify.Retry, 0},
		{429, "120", notify.Retry, 2 * time.Minute},
		{429, "Mon, 02 Mar 2026 12:00:30 GMT", notify.Retry, 30 * time.Second},
		{429, "Mon Mar  2 12:00:05 2026", notify.Retry, 5 * time.Second},
		{429, "Mon, 02 Mar 2026 11:00:00 GMT", notify.Retry, 0},
		{429, "Mon, 02 Mar 2099 12:00:00 GMT", notify.Retry, 24 * time.Hour},
		{429, "99999999999999999999", notify.Retry, 24 * time.Hour},
		{429, "-5", notify.Retry, 0},
		{429, "soon", notify.Retry, 0},
		{429, " 7 ", notify.Retry, 7 * time.Second},
		{500, "", notify.Retry, 0},
		{503, "1", notify.Retry, time.Second},
		{599, "", notify.Retry, 0},
	}
	for _, tt := range tests {
		s := serverOf(t, func(w http.ResponseWriter, _ *http.Request) {
			if tt.retryAfter != "" {
				w.Header().Set("Retry-After", tt.retryAfter)
			}
			w.WriteHeader(tt.status)
		})
		a, err := hubAt(s).Publish(t.Context(), []string{topic})
		if err != nil || a.Status != tt.status || a.Outcome != tt.outcome || a.RetryAfter != tt.wait {
			t.Errorf("%d, Retry-After %q: %+v, %v; want %v after %v", tt.status, tt.retryAfter, a, err, tt.outcome, tt.wait)
		}
		if !strings.HasPrefix(a.Detail, fmt.Sprint(tt.status)) {
			t.Errorf("%d: detail %q", tt.status, a.Detail)
		}
	}
}

func TestDetail(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"empty", "", "500 Internal Server Error"},
		{"lines", "<h1>무언가</h1>\r\n\t잘못됐다 \x00\x1b[31m", "500 Internal Server Error: <h1>무언가</h1> 잘못됐다 [31m"},
		{"broken", "a\xffb", "500 Internal Server Error: a\uFFFDb"},
		{"key", "key " + secret + " is wrong", "500 Internal Server Error: key … is wrong"},
		{"huge", strings.Repeat("가나", 1<<20), "500 Internal Server Error: " + strings.Repeat("가나", 99) + "가…"},
	}
	for _, tt := range tests {
		s := serverOf(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = io.WriteString(w, tt.body)
		})
		a, err := indexNowAt(s).Submit(t.Context(), []string{"https://news.example.org/a"})
		if err != nil || a.Detail != tt.want || !utf8.ValidString(a.Detail) {
			t.Errorf("%s: %q, %v; want %q", tt.name, a.Detail, err, tt.want)
		}
	}
}

func TestRedirectsAreReported(t *testing.T) {
	var followed atomic.Bool
	other := serverOf(t, func(http.ResponseWriter, *http.Request) { followed.Store(true) })
	s := serverOf(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+"/elsewhere?token=hush", http.StatusPermanentRedirect)
	})
	a, err := hubAt(s).Publish(t.Context(), []string{topic})
	if err != nil || a.Outcome != notify.Refused || followed.Load() {
		t.Errorf("%+v, %v; followed: %v", a, err, followed.Load())
	}
	if !strings.Contains(a.Detail, strings.TrimPrefix(other.URL, "http://")+"/elsewhere,") || strings.Contains(a.Detail, "hush") {
		t.Errorf("detail %q", a.Detail)
	}
}

// A target that answers 503 three times gets the notice at the fourth.
func TestUnavailableThreeTimes(t *testing.T) {
	var asked atomic.Int32
	s := serverOf(t, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) <= 3 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	for attempt := 1; attempt <= 4; attempt++ {
		want := notify.Retry
		if attempt == 4 {
			want = notify.Delivered
		}
		if a, err := hubAt(s).Publish(t.Context(), []string{topic}); err != nil || a.Outcome != want {
			t.Errorf("attempt %d: %+v, %v", attempt, a, err)
		}
	}
}

// hang waits until the client has gone, which a server sees only once the body is read.
func hang(r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

func TestNetworkFaults(t *testing.T) {
	hanging := serverOf(t, func(_ http.ResponseWriter, r *http.Request) { hang(r) })
	stalling := serverOf(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.WriteString(w, "one word and then")
		_ = http.NewResponseController(w).Flush()
		hang(r)
	})
	cutting := serverOf(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, "half")
	})
	gone := serverOf(t, func(http.ResponseWriter, *http.Request) {})
	gone.Close()
	tests := []struct {
		name    string
		server  *httptest.Server
		outcome notify.Outcome
		detail  string
		within  time.Duration
	}{
		{"hanging", hanging, notify.Retry, "no answer in time", 300 * time.Millisecond},
		{"stalling in the body", stalling, notify.Delivered, "202 Accepted: one word and then", 3 * time.Second},
		{"cutting the body", cutting, notify.Delivered, "200 OK: half", time.Minute},
		{"gone", gone, notify.Retry, "refused", time.Minute},
	}
	for _, tt := range tests {
		ctx, cancel := context.WithTimeout(t.Context(), tt.within)
		w := hubAt(tt.server)
		w.Hub += "?token=hush"
		a, err := w.Publish(ctx, []string{topic})
		cancel()
		if err != nil || a.Outcome != tt.outcome || !strings.Contains(a.Detail, tt.detail) || strings.Contains(a.Detail, "hush") {
			t.Errorf("%s: %+v, %v", tt.name, a, err)
		}
	}
	impatient := hubAt(hanging)
	impatient.Client = &http.Client{Timeout: 100 * time.Millisecond}
	if a, err := impatient.Publish(t.Context(), []string{topic}); err != nil || a.Outcome != notify.Retry || a.Detail != "no answer in time" {
		t.Errorf("client's own limit: %+v, %v", a, err)
	}
}

// A target that speaks no HTTP is a fault of the network, not of the program.
func TestGarbage(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(c, "\x00\xffSSH-2.0\r\n\r\n")
			_ = c.Close()
		}
	}()
	w := notify.WebSub{Client: &http.Client{Timeout: 2 * time.Second}, Hub: "http://" + l.Addr().String()}
	a, err := w.Publish(t.Context(), []string{topic})
	if err != nil || a.Outcome != notify.Retry || a.Status != 0 || a.Detail == "" || strings.ContainsAny(a.Detail, "\r\n\x00") {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := serverOf(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		hang(r)
	})
	a, err := hubAt(s).Publish(ctx, []string{topic})
	if !errors.Is(err, context.Canceled) || a.Outcome != notify.Retry {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestBackoff(t *testing.T) {
	for attempts, want := range map[int]time.Duration{
		-1: time.Second, 0: time.Second, 1: time.Second, 2: 2 * time.Second, 3: 4 * time.Second,
		12: 2048 * time.Second, 13: time.Hour, 64: time.Hour, 1 << 40: time.Hour,
	} {
		if got := notify.Backoff(attempts); got != want {
			t.Errorf("Backoff(%d) = %v, want %v", attempts, got, want)
		}
	}
}

// Whatever a target sends, the answer is one short clean line.
func FuzzAnswer(f *testing.F) {
	f.Add(503, "120", "busy", "")
	f.Add(302, "Mon, 02 Mar 2026 12:00:30 GMT", "\xff\x00\u2028", "http://[::1/%zz")
	f.Add(429, "1e9", strings.Repeat("아", 500), "//x")
	f.Fuzz(func(t *testing.T, status int, after, body, location string) {
		client := &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			return &http.Response{
				StatusCode: status, Body: io.NopCloser(strings.NewReader(body)),
				Header: http.Header{"Retry-After": {after}, "Location": {location}},
			}, nil
		})}
		w := notify.WebSub{Client: client, Hub: "https://hub.example.com/", Now: func() time.Time { return now }}
		a, err := w.Publish(t.Context(), []string{topic})
		if err != nil {
			t.Fatal(err)
		}
		if a.RetryAfter < 0 || a.RetryAfter > 24*time.Hour || (a.Outcome != notify.Retry && a.RetryAfter != 0) {
			t.Errorf("%+v", a)
		}
		if !utf8.ValidString(a.Detail) || strings.ContainsAny(a.Detail, "\r\n\x00") || utf8.RuneCountInString(a.Detail) > 400 {
			t.Errorf("detail %q", a.Detail)
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
