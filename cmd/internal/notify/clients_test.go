package notify_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/notify"
	"herald/source/text"
	"herald/source/weburl"
)

func indexNowAt(s *httptest.Server) *notify.IndexNow {
	return &notify.IndexNow{
		Client: s.Client(), Endpoint: s.URL + "/indexnow", Host: "news.example.org", Key: secret,
		KeyLocation: "https://news.example.org/" + secret + ".txt", Agent: "herald/1.0 (+https://news.example.org/)",
		Now: func() time.Time { return now },
	}
}

// recorded keeps the one request that a server got.
type recorded struct {
	method, target, body string
	header               http.Header
}

func (r *recorded) server(t *testing.T) *httptest.Server {
	return serverOf(t, func(_ http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		*r = recorded{req.Method, req.RequestURI, string(body), req.Header}
	})
}

func (r *recorded) want(t *testing.T, target, contentType, agent, body string) {
	t.Helper()
	if r.method != http.MethodPost || r.target != target || r.body != body {
		t.Errorf("sent %s %s\n%s\nwant POST %s\n%s", r.method, r.target, r.body, target, body)
	}
	if r.header.Get("Content-Type") != contentType || r.header.Get("User-Agent") != agent {
		t.Errorf("sent headers %v", r.header)
	}
}

func TestSubmit(t *testing.T) {
	var r recorded
	n := indexNowAt(r.server(t))
	urls := []string{"https://news.example.org/%EC%A0%95%EC%B9%98/1?a=1&b=2", "http://NEWS.example.org/2"}
	a, err := n.Submit(t.Context(), urls)
	if err != nil || a.Outcome != notify.Delivered || a.Status != 200 {
		t.Errorf("%+v, %v", a, err)
	}
	r.want(t, "/indexnow", "application/json; charset=utf-8", "herald/1.0 (+https://news.example.org/)",
		`{"host":"news.example.org","key":"`+secret+`","keyLocation":"https://news.example.org/`+secret+`.txt",`+
			`"urlList":["https://news.example.org/%EC%A0%95%EC%B9%98/1?a=1&b=2","http://NEWS.example.org/2"]}`+"\n")
}

func TestSubmitMany(t *testing.T) {
	var r recorded
	n := indexNowAt(r.server(t))
	urls := make([]string, notify.MaxURLs)
	for i := range urls {
		urls[i] = fmt.Sprint("https://news.example.org/", i)
	}
	if a, err := n.Submit(t.Context(), urls); err != nil || a.Outcome != notify.Delivered {
		t.Errorf("%+v, %v", a, err)
	}
	var sent struct {
		URLs []string `json:"urlList"`
	}
	if err := json.Unmarshal([]byte(r.body), &sent); err != nil || len(sent.URLs) != notify.MaxURLs {
		t.Errorf("%d URLs, %v", len(sent.URLs), err)
	}
	a, err := n.Submit(t.Context(), append(urls, "https://news.example.org/one-more"))
	if err == nil || a.Outcome != notify.Refused {
		t.Errorf("one too many: %+v, %v", a, err)
	}
}

// Faults of the caller reach nobody.
func TestSubmitRefuses(t *testing.T) {
	s := serverOf(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("asked: %s", r.URL) })
	good := []string{"https://news.example.org/1"}
	tests := []struct {
		name string
		urls []string
		edit func(*notify.IndexNow)
		want string
	}{
		{"no URL", nil, nil, "0 URLs"},
		{"other host", []string{good[0], "https://www.news.example.org/1"}, nil, `"https://www.news.example.org/1" is not on news.example.org`},
		{"other port", []string{"https://news.example.org:8443/1"}, nil, "is not on news.example.org"},
		{"raw Korean", []string{"https://news.example.org/정치"}, nil, "not percent-encoded"},
		{"space", []string{"https://news.example.org/a b"}, nil, "not percent-encoded"},
		{"user", []string{"https://news.example.org@evil.example/1"}, nil, "not a web address"},
		{"scheme", []string{"ftp://news.example.org/1"}, nil, "not a web address"},
		{"relative", []string{"/1"}, nil, "not a web address"},
		{"short key", good, func(n *notify.IndexNow) { n.Key = "1234567" }, "8 to 128"},
		{"key with slash", good, func(n *notify.IndexNow) { n.Key = "../../../etc" }, "8 to 128"},
		{"no client", good, func(n *notify.IndexNow) { n.Client = nil }, "no client"},
		{"endpoint", good, func(n *notify.IndexNow) { n.Endpoint = "http://[::1/%zz" }, "wrong address"},
	}
	for _, tt := range tests {
		n := indexNowAt(s)
		if tt.edit != nil {
			tt.edit(n)
		}
		a, err := n.Submit(t.Context(), tt.urls)
		if err == nil || !strings.HasPrefix(err.Error(), "tell indexnow: ") || !strings.Contains(err.Error(), tt.want) || a.Outcome != notify.Refused {
			t.Errorf("%s: %+v, %v; want %q", tt.name, a, err, tt.want)
		}
	}
}

func TestPublish(t *testing.T) {
	var r recorded
	w := hubAt(r.server(t))
	w.Hub += "?site=1"
	if a, err := w.Publish(t.Context(), []string{topic}); err != nil || a.Outcome != notify.Delivered {
		t.Errorf("%+v, %v", a, err)
	}
	const form = "application/x-www-form-urlencoded"
	r.want(t, "/hub?site=1", form, "herald",
		"hub.mode=publish&hub.topic=https%3A%2F%2Fnews.example.org%2Ffeed.xml&hub.url=https%3A%2F%2Fnews.example.org%2Ffeed.xml")
	if _, err := w.Publish(t.Context(), []string{topic, "https://news.example.org/atom.xml"}); err != nil {
		t.Error(err)
	}
	r.want(t, "/hub?site=1", form, "herald",
		"hub.mode=publish&hub.url=https%3A%2F%2Fnews.example.org%2Ffeed.xml&hub.url=https%3A%2F%2Fnews.example.org%2Fatom.xml")
	for _, topics := range [][]string{nil, {"/feed.xml"}, {"https://news.example.org/정치.xml"}} {
		if a, err := w.Publish(t.Context(), topics); err == nil || a.Outcome != notify.Refused {
			t.Errorf("topics %q: %+v, %v", topics, a, err)
		}
	}
}

func TestKeys(t *testing.T) {
	key, err := notify.NewKey(bytes.NewReader([]byte("\x00\x01가나다라마바사")))
	if err != nil || key != "0001eab080eb8298eb8ba4eb9dbceba7" || !text.IsIndexNowKey(key) {
		t.Errorf("NewKey = %q, %v", key, err)
	}
	if a, err := notify.NewKey(rand.Reader); err != nil || len(a) != 32 {
		t.Errorf("NewKey = %q, %v", a, err)
	}
	if _, err := notify.NewKey(strings.NewReader("short")); err == nil {
		t.Error("a key of too little chance")
	}
}

// An endpoint is told only where the file of the key answers 200 with the key and nothing else.
func TestTheKeyFileAnswersWithTheKey(t *testing.T) {
	const key = "abcdEF-1"
	site, err := weburl.ParseSite("https://news.example.org/blog")
	if err != nil {
		t.Fatal(err)
	}
	e := &notify.Endpoint{Site: site, Key: func(context.Context) (string, error) { return key, nil }}
	for _, tt := range []struct {
		status int
		body   string
		err    error
		ready  bool
	}{
		{200, key, nil, true}, {200, key + "\r\n", nil, true}, {200, "\n" + key, nil, true}, {404, key, nil, false}, {503, key, nil, false}, {203, key, nil, false},
		{200, key + key, nil, false}, {200, "", nil, false}, {200, strings.ToUpper(key), nil, false}, {0, "", errors.New("no answer"), false},
	} {
		asked := ""
		err := e.Ready(t.Context(), func(_ context.Context, url string, limit int64) (int, []byte, error) {
			asked = url
			return tt.status, []byte(tt.body), tt.err
		})
		if (err == nil) != tt.ready || asked != "https://news.example.org/blog/"+key+".txt" {
			t.Errorf("%s answers %d %q: got %v, want ready: %t", asked, tt.status, tt.body, err, tt.ready)
		}
	}
}
