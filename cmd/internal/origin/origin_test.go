package origin_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"testing"

	"herald/cmd/internal/origin"
	"herald/source/remote"
)

// The headers of a request go to the host that it is for, beside those of the source, and along no redirect to another; a raw body is what
// was sent.
func TestHeadersAndRawBodies(t *testing.T) {
	met := map[string]http.Header{}
	handler := func(name string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			met[name+r.URL.Path] = r.Header
			if to := r.URL.Query().Get("to"); to != "" {
				http.Redirect(w, r, to, http.StatusFound)
				return
			}
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = z.Write([]byte("본문"))
			_ = z.Close()
		}
	}
	home, other := httptest.NewServer(handler("home")), httptest.NewServer(handler("other"))
	defer home.Close()
	defer other.Close()
	fetch := origin.Fetch(origin.Config{URL: home.URL, Headers: map[string]string{"X-Source": "1"}, Private: true, Limit: 1000})
	ask := func(r remote.Request) *remote.Answer {
		t.Helper()
		r.Header = map[string]string{"X-Own": "2"}
		a, err := fetch(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	if a := ask(remote.Request{URL: home.URL + "/plain"}); string(a.Body) != "본문" {
		t.Errorf("got %q, want the body decoded", a.Body)
	}
	if a := ask(remote.Request{URL: home.URL + "/raw", Raw: true}); !bytes.HasPrefix(a.Body, []byte{0x1F, 0x8B}) {
		t.Errorf("got %q, want the body as it was sent", a.Body)
	}
	ask(remote.Request{URL: home.URL + "/away?to=" + other.URL + "/there"})
	ask(remote.Request{URL: other.URL + "/direct"})
	for at, want := range map[string]string{"home/plain": "12", "home/raw": "12", "home/away": "12", "other/there": "", "other/direct": "2"} {
		if got := met[at].Get("X-Source") + met[at].Get("X-Own"); got != want {
			t.Errorf("%s: got headers %q, want %q", at, got, want)
		}
	}
}
