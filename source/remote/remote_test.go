package remote_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"herald/source/remote"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// A server is left alone for as long as it asks, but for a day at most; a clock that is set back makes nobody wait longer.
func TestPatience(t *testing.T) {
	var p remote.Patience
	p.Heard(&remote.Answer{Status: http.StatusServiceUnavailable, RetryAfter: 100 * time.Hour}, noon)
	for after, waits := range map[time.Duration]bool{0: true, 24*time.Hour - time.Second: true, 24 * time.Hour: false, -time.Hour: false} {
		if err := p.Err(noon.Add(after)); (err != nil) != waits {
			t.Errorf("%s later: got %v, want it to wait %t", after, err, waits)
		}
	}
	p.Heard(&remote.Answer{Status: http.StatusOK, MaxAge: 5 * time.Hour}, noon)
	if err := p.Err(noon); err != nil {
		t.Errorf("got %v after a good answer, want it asked", err)
	}
	for after, stands := range map[time.Duration]bool{0: true, time.Hour - time.Second: true, time.Hour: false, -time.Hour: false} {
		if got := p.Stands(t.Context(), noon.Add(after)); got != stands {
			t.Errorf("%s later: got %t, want %t: an hour at most", after, got, stands)
		}
	}
	if p.Stands(remote.Wished(t.Context()), noon) {
		t.Error("got an answer that stands for somebody who wants this source now, want it asked")
	}
	p.Keep(time.Hour, noon)
	p.Heard(&remote.Answer{Status: http.StatusOK}, noon)
	p.Keep(time.Hour, noon)
	if p.Stands(t.Context(), noon) || !p.Stands(remote.Scheduled(t.Context()), noon) {
		t.Error("want what a document says of itself to keep scans by schedule away alone")
	}
	p.Heard(&remote.Answer{Status: http.StatusNotFound, MaxAge: time.Hour}, noon)
	if p.Stands(remote.Scheduled(t.Context()), noon) {
		t.Error("got a fault that stands, want it asked again")
	}
}

// What a server said is kept for the next process: of the same address alone, and never for longer than the server could say. What this process
// heard goes before it, and whoever wants the source now asks.
func TestSaid(t *testing.T) {
	const url, other = "https://a.example/feed", "https://b.example/feed"
	said := func(a remote.Answer) remote.Said {
		var p remote.Patience
		p.Heard(&a, noon)
		return p.Said(url)
	}
	busy := said(remote.Answer{Status: http.StatusTooManyRequests, RetryAfter: 365 * 24 * time.Hour})
	fresh := said(remote.Answer{Status: http.StatusOK, MaxAge: 365 * 24 * time.Hour})
	for _, test := range []struct {
		name           string
		said           remote.Said
		url            string
		after          time.Duration
		refuses, stand bool
	}{
		{"a moment later", busy, url, time.Second, true, false},
		{"after the longest that is obeyed", busy, url, 24 * time.Hour, false, false},
		{"a clock that was set right", busy, url, -time.Second, true, false},
		{"a clock that was set back", busy, url, -time.Hour, false, false},
		{"another address", busy, other, time.Second, false, false},
		{"nothing", remote.Said{}, url, 0, false, false},
		{"an answer that stands", fresh, url, time.Second, false, true},
		{"one that does no longer", fresh, url, time.Hour, false, false},
		{"one, and a clock that was set back", fresh, url, -time.Hour, false, false},
		{"a file that somebody wrote", remote.Said{Of: busy.Of, At: 1, Until: 1 << 60, Fresh: 1 << 60}, url, 0, false, false},
	} {
		var p remote.Patience
		p.Heed(test.said, test.url)
		now := noon.Add(test.after)
		if err, stands := p.Err(now), p.Stands(t.Context(), now); (err != nil) != test.refuses || stands != test.stand {
			t.Errorf("%s: got %v and %t, want it to refuse %t and to stand %t", test.name, err, stands, test.refuses, test.stand)
		}
		p.Forget()
		if err := p.Err(now); err != nil || p.Stands(t.Context(), now) {
			t.Errorf("%s: got %v once it was forgotten, want it asked", test.name, err)
		}
		if p.Heed(test.said, test.url); p.Err(now) != nil {
			t.Errorf("%s: got what was kept, want what this process knows", test.name)
		}
	}
	if guess := said(remote.Answer{Status: http.StatusTooManyRequests}); guess != (remote.Said{}) {
		t.Errorf("got %+v of a server that named no time, want nothing kept", guess)
	}
	for _, a := range []remote.Answer{{Status: http.StatusServiceUnavailable, RetryAfter: 2 * time.Second}, {Status: http.StatusOK, MaxAge: 2 * time.Second}} {
		if brief := said(a); brief != (remote.Said{}) {
			t.Errorf("got %+v of a moment that is as good as over, want nothing kept", brief)
		}
	}
	if got, want := busy.Next(noon), noon.Add(24*time.Hour); !got.Equal(want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSoon(t *testing.T) {
	for _, test := range []struct {
		status int
		after  time.Duration
		want   bool
	}{{429, time.Second, true}, {503, 2 * time.Minute, true}, {503, 3 * time.Minute, false}, {429, 0, false}, {500, time.Second, false}} {
		if _, soon := remote.Soon(&remote.Answer{Status: test.status, RetryAfter: test.after}); soon != test.want {
			t.Errorf("%d, %s: got %t, want %t", test.status, test.after, soon, test.want)
		}
	}
}

// A move holds for a day, for as long as something stands there.
func TestMove(t *testing.T) {
	const old, there, further = "https://a.example/feed", "https://b.example/feed", "https://c.example/feed"
	m := remote.Move{}.After(&remote.Answer{Status: 200, Moved: there}, old, old, noon)
	if got := m.Address(old, noon.Add(time.Hour)); got != there {
		t.Errorf("got %s, want %s", got, there)
	}
	for name, when := range map[string]time.Time{"a day later": noon.Add(25 * time.Hour), "before": noon.Add(-time.Hour)} {
		if got := m.Address(old, when); got != old {
			t.Errorf("%s: got %s, want the old address asked", name, got)
		}
	}
	for name, test := range map[string]struct {
		answer remote.Answer
		asked  string
		want   string
	}{
		"still there":      {remote.Answer{Status: 304}, there, there},
		"moved on":         {remote.Answer{Status: 200, Moved: further}, there, further},
		"gone":             {remote.Answer{Status: 404}, there, ""},
		"back":             {remote.Answer{Status: 200}, old, ""},
		"back by redirect": {remote.Answer{Status: 200, Moved: old}, there, ""},
	} {
		if got := m.After(&test.answer, test.asked, old, noon); got.To != test.want {
			t.Errorf("%s: got %q, want %q", name, got.To, test.want)
		}
	}
}

func TestInstead(t *testing.T) {
	for body, want := range map[string]string{
		"": "answered with nothing", " \r\n": "answered with nothing", "\xEF\xBB\xBF <!DOCTYPE HTML>": "answered with a page (text/html), not with JSON",
		"<html lang=ko>": "answered with a page", "[]": "", strings.Repeat(" ", 2000) + "{}": "",
	} {
		got := remote.Instead(&remote.Answer{Body: []byte(body), Type: "text/html; charset=utf-8"}, "JSON")
		if got == nil && want != "" || got != nil && (want == "" || !strings.HasPrefix(got.Error(), want)) {
			t.Errorf("%.30q: got %v, want %q", body, got, want)
		}
	}
}
