package service_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"herald/cmd/internal/service"
)

// manager is a socket as a service manager has it.
func manager(t *testing.T) *net.UnixConn {
	t.Helper()
	path := filepath.Join(t.TempDir(), "notify")
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	t.Setenv("NOTIFY_SOCKET", path)
	return socket
}

func heard(t *testing.T, socket *net.UnixConn, within time.Duration) string {
	t.Helper()
	if err := socket.SetReadDeadline(time.Now().Add(within)); err != nil {
		t.Fatal(err)
	}
	text := make([]byte, 100)
	n, err := socket.Read(text)
	if err != nil {
		return ""
	}
	return string(text[:n])
}

func TestAManagerHearsOfReadyAliveAndEnd(t *testing.T) {
	socket := manager(t)
	t.Setenv("WATCHDOG_USEC", "150000")
	t.Setenv("WATCHDOG_PID", fmt.Sprint(os.Getpid()))
	var dead atomic.Bool
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		service.Run(ctx, func(context.Context) error {
			if dead.Load() {
				return errors.New("the state does not answer")
			}
			return nil
		}, slog.New(slog.DiscardHandler))
	}()
	for _, want := range []string{"READY=1", "WATCHDOG=1", "WATCHDOG=1"} {
		if got := heard(t, socket, time.Minute); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
	dead.Store(true)
	for heard(t, socket, 300*time.Millisecond) != "" { // a beat that was under way
		if t.Context().Err() != nil {
			t.Fatal("heard of life for ever")
		}
	}
	cancel()
	if got := heard(t, socket, time.Minute); got != "STOPPING=1" {
		t.Errorf("got %q, want STOPPING=1", got)
	}
	<-ended
}

func TestWithoutAManagerNothingIsTold(t *testing.T) {
	t.Setenv("NOTIFY_SOCKET", "")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var log strings.Builder
	service.Run(ctx, func(context.Context) error { return nil }, slog.New(slog.NewTextHandler(&log, nil)))
	if log.Len() > 0 {
		t.Errorf("got the log %s, want none", log.String())
	}
	l, err := service.Listen(t.Context(), "serve", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}

// A process that is given a socket listens there, not at the address of the config.
func TestASocketOfTheManagerIsTaken(t *testing.T) {
	if os.Getenv("HERALD_TEST_SOCKET") != "" {
		os.Setenv("LISTEN_PID", fmt.Sprint(os.Getpid()))
		l, err := service.Listen(t.Context(), "serve", "127.0.0.1:1")
		if err != nil {
			t.Fatal(err)
		}
		c, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(c, "here")
		c.Close()
		return
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	file, err := l.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	defer file.Close()
	command := exec.Command(os.Args[0], "-test.run=^TestASocketOfTheManagerIsTaken$")
	command.Env = append(os.Environ(), "HERALD_TEST_SOCKET=1", "LISTEN_FDS=1", "LISTEN_FDNAMES=serve")
	command.ExtraFiles = []*os.File{file}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(c)
	if err != nil || string(got) != "here" {
		t.Errorf("got %q, %v, want the process to answer at the socket", got, err)
	}
	if err := command.Wait(); err != nil {
		t.Error(err)
	}
}

func TestAsUserNamesUsWhereWeMayNot(t *testing.T) {
	denied := fmt.Errorf("lock state: %w", &fs.PathError{Op: "open", Path: "herald.db.lock", Err: fs.ErrPermission})
	if got, want := service.AsUser(denied), fmt.Sprintf(" (herald runs as user %d)", os.Getuid()); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := service.AsUser(fs.ErrNotExist); got != "" {
		t.Errorf("got %q of another error, want nothing", got)
	}
}

// The address is said once.
func TestAskSaysWhyNobodyAnswers(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	asked, err := service.Ask(t.Context(), l.Addr().String(), "/health", 200)
	if err == nil || strings.Contains(err.Error(), asked) || !strings.Contains(err.Error(), "refused") {
		t.Errorf("got %q, %v, want an address, and why it does not answer", asked, err)
	}
}
