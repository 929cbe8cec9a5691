package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// endpoint stands in for IndexNow and for a hub: a real HTTP server on loopback. It logs each
// request as one line of $WORK/requests.log. What it answers stands in $WORK/answers, one word
// for each request in turn: a status, "429+1" for a status with Retry-After, or "hang". Where
// no word is left the answer is 200.
type endpoint struct {
	server *httptest.Server
	dir    string
	mu     sync.Mutex
	ended  chan struct{}
}

func newEndpoint(dir string) (*endpoint, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	e := &endpoint{dir: dir, ended: make(chan struct{})}
	e.server = &httptest.Server{Listener: l, Config: &http.Server{Handler: e}}
	e.server.Start()
	return e, nil
}

func (e *endpoint) url() string { return e.server.URL }

func (e *endpoint) close() {
	close(e.ended)
	e.server.CloseClientConnections()
	e.server.Close()
}

// ServeHTTP logs and answers.
func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	answer := e.note(fmt.Sprintf("%s %s %s\n", r.Method, r.URL.Path, strings.Join(strings.Fields(string(body)), " ")))
	status, after, _ := strings.Cut(answer, "+")
	if status == "hang" {
		select {
		case <-e.ended:
		case <-r.Context().Done():
		case <-time.After(time.Minute):
		}
		return
	}
	if after != "" {
		w.Header().Set("Retry-After", after)
	}
	code := http.StatusOK
	fmt.Sscan(status, &code)
	w.WriteHeader(code)
}

// note logs one line and takes the next answer.
func (e *endpoint) note(line string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	log, err := os.OpenFile(filepath.Join(e.dir, "requests.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err == nil {
		_, _ = log.WriteString(line)
		_ = log.Close()
	}
	file := filepath.Join(e.dir, "answers")
	data, _ := os.ReadFile(file)
	words := strings.Fields(string(data))
	if len(words) == 0 {
		return "200"
	}
	_ = os.WriteFile(file, []byte(strings.Join(words[1:], "\n")), 0o644)
	return words[0]
}
