package serve

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener whose connections lie in memory, so that waiting for them takes no time in a test.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.closed); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

// A client that stalls is let go after a bounded time, whatever it stalls at: the head of a request, its body, the answer, or the
// next request.
func TestStalledClientsAreLetGo(t *testing.T) {
	answer := strings.Repeat("a long answer ", 10000)
	const get = "GET / HTTP/1.1\r\nHost: a.example\r\n"
	for _, test := range []struct {
		name, sends string
		reads       bool // reads what is answered
		atMost      time.Duration
	}{
		{"says nothing", "", true, headerTimeout},
		{"half a head", get, true, headerTimeout},
		{"half a body", "POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1000\r\n\r\nhalf", true, headerTimeout},
		{"reads no answer", get + "\r\n", false, writeTimeout},
		{"asks no more", get + "\r\n", true, idleTimeout},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := &pipes{make(chan net.Conn, 1), make(chan struct{})}
				ctx, cancel := context.WithCancel(t.Context())
				h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if _, err := io.Copy(io.Discard, r.Body); err == nil {
						_, _ = io.WriteString(w, answer)
					}
				})
				ended := make(chan error, 1)
				go func() { ended <- Run(ctx, l, h, slog.New(slog.DiscardHandler)) }()
				ours, theirs := net.Pipe()
				l.conns <- theirs
				start := time.Now()
				if _, err := io.WriteString(ours, test.sends); err != nil {
					t.Fatal(err)
				}
				if !test.reads {
					time.Sleep(2 * test.atMost)
				}
				got, _ := io.Copy(io.Discard, ours)
				if !test.reads && got >= int64(len(answer)) {
					t.Errorf("it got all of the answer after %v, want it let go", 2*test.atMost)
				}
				if took := time.Since(start); test.reads && took > test.atMost+time.Second {
					t.Errorf("it was let go after %v, want %v", took, test.atMost)
				}
				if _, err := ours.Write([]byte("x")); err == nil {
					t.Error("the connection stands, want it closed")
				}
				cancel()
				if err := <-ended; err != nil {
					t.Error(err)
				}
			})
		})
	}
}
