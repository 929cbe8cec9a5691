// Package admin is HTTP for operators: what a running herald is asked from outside. It is not for readers.
package admin

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"io"
	"log/slog"
	"net/http"
	"strings"
)

// maxBody is the most that is read of a request, in bytes. What a CMS sends may name an article in it.
const maxBody = 8 << 20

// Config is what operators may ask for.
type Config struct {
	Token string                              // what a request must bear; "": none may ask
	Scan  func(name string, body []byte) bool // has a source scanned at once for what a body says, and returns before it is; false: there is no such source
	Alive func(ctx context.Context) error     // nil error: the program can do its work
	Log   *slog.Logger
}

// New returns the handler. It is safe for concurrent use.
func New(c Config) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, scan := strings.CutPrefix(r.URL.Path, "/scan/")
		switch {
		case r.URL.Path == "/health":
			c.health(w, r)
		case !c.allows(r):
			w.Header().Set("WWW-Authenticate", `Bearer realm="herald"`)
			answer(w, http.StatusUnauthorized, "a request must bear the token: Authorization: Bearer TOKEN")
		case scan:
			c.scan(w, r, name)
		case r.URL.Path == "/" || r.URL.Path == "/metrics":
			answer(w, http.StatusNotImplemented, "metrics and the dashboard are not in this version")
		default:
			answer(w, http.StatusNotFound, "there is nothing here: GET /health, POST /scan/NAME")
		}
	})
}

// health answers whether the program can do its work, whoever asks: a container's probe bears no token.
func (c Config) health(w http.ResponseWriter, r *http.Request) {
	if err := c.Alive(r.Context()); err != nil {
		c.Log.Error("asked for health", "error", err)
		answer(w, http.StatusServiceUnavailable, "not alive; the log says why")
		return
	}
	answer(w, http.StatusOK, "alive")
}

// allows reports whether a request bears the token (RFC 6750 section 2.1), perhaps as the password of a user of any name (RFC 7617): some senders
// of webhooks, such as Ghost, set no header, but send what stands before the host of an address. The time that takes tells nothing of the token.
func (c Config) allows(r *http.Request) bool {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	_, password, basic := r.BasicAuth()
	if basic {
		token = password
	}
	got, want := sha256.Sum256([]byte(strings.TrimSpace(token))), sha256.Sum256([]byte(c.Token))
	return subtle.ConstantTimeCompare(got[:], want[:]) == 1 && c.Token != "" && (basic || strings.EqualFold(scheme, "Bearer"))
}

// scan has a source scanned.
func (c Config) scan(w http.ResponseWriter, r *http.Request, name string) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		answer(w, http.StatusMethodNotAllowed, "ask with POST")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		answer(w, http.StatusBadRequest, "the request is too long, or broke off")
		return
	}
	if !c.Scan(name, body) {
		answer(w, http.StatusNotFound, "no source of that name")
		return
	}
	c.Log.Info("asked to scan", "source", name)
	answer(w, http.StatusAccepted, "the source is scanned at once")
}

// answer answers with a line of text that nobody keeps.
func answer(w http.ResponseWriter, status int, text string) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n")
}
