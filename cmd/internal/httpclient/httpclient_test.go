package httpclient

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"code.dny.dev/ssrf"
)

// askClient returns the status of a GET, and closes the response.
func askClient(t *testing.T, c *http.Client, target string) (int, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.Do(r)
	if err != nil {
		return 0, err
	}
	return res.StatusCode, res.Body.Close()
}

func TestHTTPClientReachesNamedAddressesOnly(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	byName := "http://LocalHost:" + u.Port()
	c := New(Named(s.URL+"/indexnow", byName, "://", "mailto:a@b.example"), 0)
	for _, target := range []string{s.URL + "/", byName + "/x"} {
		if status, err := askClient(t, c, target); status != http.StatusNotFound || err != nil {
			t.Errorf("%s: %d, %v", target, status, err)
		}
	}
	for _, target := range []string{
		"http://127.0.0.2:" + u.Port(), "http://127.0.0.1:1", "http://[::1]:" + u.Port(), "http://[::ffff:127.0.0.1]:" + u.Port(),
		"http://0.0.0.0:" + u.Port(), "http://10.0.0.1", "http://192.168.0.1:8080", "http://169.254.169.254/latest/meta-data/",
		"http://[fd00::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://100.64.0.1/", "http://100.64.0.0/", "http://100.127.255.255/", "http://[::ffff:100.64.0.1]/",
	} {
		_, err := askClient(t, c, target)
		noIPv6 := strings.Contains(target, "[") && errors.Is(err, syscall.EAFNOSUPPORT)
		if !errors.Is(err, ssrf.ErrProhibitedIP) && !noIPv6 {
			t.Errorf("%s: %v, want it prohibited", target, err)
		}
	}
}

func TestHTTPClientFollowsNoRedirect(t *testing.T) {
	s := httptest.NewServer(http.RedirectHandler("/elsewhere", http.StatusFound))
	defer s.Close()
	if status, err := askClient(t, New(Named(s.URL), 0), s.URL); status != http.StatusFound || err != nil {
		t.Errorf("%d, %v", status, err)
	}
}

func TestHTTPClientIgnoresProxies(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the proxy was asked") }))
	defer proxy.Close()
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("http_proxy", proxy.URL)
	if _, err := askClient(t, New(Named(proxy.URL), 0), "http://10.0.0.1/"); !errors.Is(err, ssrf.ErrProhibitedIP) {
		t.Errorf("%v, want it prohibited", err)
	}
}

func TestHTTPClientEnds(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer s.Close()
	if _, err := askClient(t, New(Named(s.URL), 100*time.Millisecond), s.URL); err == nil {
		t.Error("no error from a server that hangs")
	}
}
