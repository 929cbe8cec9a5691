package sql_test

import (
	"context"
	"testing"
	"time"

	rows "herald/source/sql"
)

// A channel of Postgres says that something changed, also after its connection was lost.
func TestListen(t *testing.T) {
	d := postgres(t)
	s := d.open(t, rows.Config{Table: "articles", Notify: "Articles"})
	ctx, cancel := context.WithCancel(t.Context())
	heard, ended := make(chan struct{}), make(chan error)
	listen := func() { ended <- s.Listen(ctx, func() { heard <- struct{}{} }) }
	hear := func() {
		t.Helper()
		select {
		case <-heard:
		case err := <-ended:
			t.Fatalf("Listen: got %v, want that it goes on", err)
		case <-time.After(time.Minute):
			t.Fatal("got no call")
		}
	}
	go listen()
	hear() // it listens
	d.do(t, `notify "Articles"`)
	hear()
	d.do(t, "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database() and query ilike 'listen%'")
	if err := <-ended; err == nil {
		t.Error("Listen: got no error where the connection was lost")
	}
	go listen()
	hear()
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("Listen: got %v at its end, want no error", err)
	}
	if err := d.open(t, rows.Config{Table: "articles"}).Listen(t.Context(), nil); err != nil {
		t.Errorf("Listen without a channel: got %v, want nothing", err)
	}
	if _, err := rows.New(rows.Config{DSN: "sqlite:a", Table: "a", Notify: "b"}); err == nil {
		t.Error("notify of SQLite: got no error")
	}
}
