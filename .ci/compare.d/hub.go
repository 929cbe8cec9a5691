package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// hub stands for all that herald tells: it answers every request and remembers it. A path that
// holds "refuse" is answered with 400.
type hub struct {
	listener net.Listener
	server   *http.Server
	mu       sync.Mutex
	heard    []string
}

func openHub() (*hub, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	h := &hub{listener: listener}
	h.server = &http.Server{Handler: h}
	go h.server.Serve(listener) // ends with close
	return h, nil
}

func (h *hub) url() string { return "http://" + h.listener.Addr().String() }

func (h *hub) close() { h.server.Close() }

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, "%s %s\n", r.Method, r.URL)
	r.Header.Write(&text) // in the order of their names
	fmt.Fprintf(&text, "\n%s\n\n", body)
	h.mu.Lock()
	h.heard = append(h.heard, strings.ReplaceAll(text.String(), "\r\n", "\n"))
	h.mu.Unlock()
	if strings.Contains(r.URL.Path, "refuse") {
		w.WriteHeader(http.StatusBadRequest)
	}
}

// take returns what was heard since it was last asked, in byte order: targets are told at once.
func (h *hub) take() []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	slices.Sort(h.heard)
	text := strings.Join(h.heard, "")
	h.heard = nil
	return []byte(text)
}
