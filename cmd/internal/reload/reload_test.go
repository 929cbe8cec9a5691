package reload_test

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"herald/cmd/internal/reload"
)

// An edit is seen once, by whatever way the file got there, and so is the signal; a file that is gone is none.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "herald.yaml")
	write := func(text string) {
		t.Helper()
		next := filepath.Join(dir, "next")
		if err := os.WriteFile(next, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(next, file); err != nil {
			t.Fatal(err)
		}
	}
	write("a")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	hangups, seen, done := make(chan os.Signal, 1), make(chan string), make(chan bool)
	watched := reload.Look(file)
	go func() {
		defer close(done)
		n := 0
		watched.Watch(ctx, hangups, func(cause string) bool {
			text, _ := os.ReadFile(file)
			seen <- cause + ": " + string(text)
			n++
			return n == 3
		})
	}()
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() { write("b") }, reload.Changed + ": b"},
		{func() { hangups <- syscall.SIGHUP }, reload.Told + ": b"},
		{func() { _ = os.Remove(file); write("c") }, reload.Changed + ": c"},
	} {
		step.do()
		select {
		case got := <-seen:
			if got != step.want {
				t.Errorf("got %q, want %q", got, step.want)
			}
		case <-ctx.Done():
			t.Fatalf("nothing was seen, want %q", step.want)
		}
	}
	<-done
}
