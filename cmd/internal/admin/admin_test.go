package admin_test

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"herald/cmd/internal/admin"
)

const token = "a-token-nobody-guesses"

func alive(context.Context) error { return nil }

// basic is the header that comes of an address with a user and a password, https://USER:PASSWORD@host/.
func basic(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}

func TestWhoMayAskForAScan(t *testing.T) {
	for _, test := range []struct {
		method, path, authorization, body string
		want                              int
		scanned                           string
	}{
		{"POST", "/scan/posts", "Bearer " + token, `{"post": {"current": {"id": "7"}}}`, 202, "posts"},
		{"POST", "/scan/posts", "bearer " + token, "", 202, "posts"},
		{"POST", "/scan/%EB%89%B4%EC%8A%A4", "Bearer " + token, "", 202, "뉴스"},
		{"POST", "/scan/a/b", "Bearer " + token, "", 202, "a/b"},
		{"POST", "/scan/no-such", "Bearer " + token, "", 404, ""},
		{"POST", "/scan/", "Bearer " + token, "", 404, ""},
		{"GET", "/scan/posts", "Bearer " + token, "", 405, ""},
		{"POST", "/scan/posts", "Bearer " + token, strings.Repeat("x", 9<<20), 400, ""},
		{"POST", "/scan/posts", "", "", 401, ""},
		{"POST", "/scan/no-such", "", "", 401, ""},
		{"POST", "/scan/../posts", "", "", 401, ""},
		{"POST", "/scan/posts", token, "", 401, ""},
		{"POST", "/scan/posts", "Bearer", "", 401, ""},
		{"POST", "/scan/posts", "Bearer " + token + "x", "", 401, ""},
		{"POST", "/scan/posts", "Basic " + token, "", 401, ""},
		{"POST", "/scan/posts", basic("herald", token), "", 202, "posts"},
		{"POST", "/scan/posts", basic("", token), "", 202, "posts"},
		{"POST", "/scan/posts", basic(token, ""), "", 401, ""},
		{"POST", "/scan/posts", basic("herald", token+"x"), "", 401, ""},
		{"POST", "/scan/posts", "Digest " + token, "", 401, ""},
		{"POST", "/scan/posts?token=" + token, "", "", 401, ""},
		{"GET", "/health", "", "", 200, ""},
		{"GET", "/metrics", "", "", 401, ""},
		{"GET", "/metrics", "Bearer " + token, "", 501, ""},
		{"GET", "/else", "Bearer " + token, "", 404, ""},
	} {
		scanned := ""
		h := admin.New(admin.Config{Token: token, Alive: alive, Log: slog.New(slog.DiscardHandler), Scan: func(name string, body []byte) bool {
			if name == "" || name == "no-such" {
				return false
			}
			scanned = name
			return true
		}})
		r := httptest.NewRequest(test.method, test.path, strings.NewReader(test.body))
		if test.authorization != "" {
			r.Header.Set("Authorization", test.authorization)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		body, err := io.ReadAll(w.Result().Body)
		if err != nil || w.Code != test.want || scanned != test.scanned || strings.Contains(string(body), token) {
			t.Errorf("%s %s with %q: got %d, scanned %q, %q, want %d and %q", test.method, test.path, test.authorization, w.Code, scanned, body, test.want, test.scanned)
		}
		if (w.Code == http.StatusUnauthorized) != (w.Header().Get("WWW-Authenticate") != "") {
			t.Errorf("%s %s: got %d with the challenge %q", test.method, test.path, w.Code, w.Header().Get("WWW-Authenticate"))
		}
	}
}

// A config without a token lets nobody in, also nobody who bears an empty one.
func TestNoTokenLetsNobodyIn(t *testing.T) {
	h := admin.New(admin.Config{Scan: func(string, []byte) bool { return true }, Log: slog.New(slog.DiscardHandler)})
	for _, bears := range []string{"", "Bearer ", "Bearer", basic("", ""), basic("herald", "")} {
		r := httptest.NewRequest("POST", "/scan/posts", nil)
		r.Header.Set("Authorization", bears)
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != http.StatusUnauthorized {
			t.Errorf("%q: got %d, want 401", bears, w.Code)
		}
	}
}

// A program that cannot read its state is not alive; why, the log says, not the answer.
func TestHealth(t *testing.T) {
	var log strings.Builder
	h := admin.New(admin.Config{Token: token, Log: slog.New(slog.NewTextHandler(&log, nil)), Alive: func(context.Context) error {
		return errors.New("disk I/O error at /srv/herald.db")
	}})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/health", nil))
	if w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "/srv") || !strings.Contains(log.String(), "/srv/herald.db") {
		t.Errorf("got %d, %q, log %q, want 503 and the cause in the log alone", w.Code, w.Body, log.String())
	}
}
