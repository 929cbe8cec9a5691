package engine

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
)

func openLedger(t *testing.T) (*ledger.Ledger, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "herald.db")
	l, err := ledger.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l, path
}

// putHold makes the first hold of a ledger and returns its number.
func putHold(t *testing.T, l *ledger.Ledger) int64 {
	t.Helper()
	h := ledger.Hold{Kind: hold.Emptied, Subject: "a", Summary: "the source is empty"}
	if err := l.Write(t.Context(), func(tx *ledger.Tx) error { return tx.PutHold(&h) }); err != nil {
		t.Fatal(err)
	}
	return h.ID
}

// A command that cannot have the state gets its work done by the one that has it.
func TestRequestsAreAnswered(t *testing.T) {
	l, path := openLedger(t)
	lock, err := ledger.TryLock(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lock.Unlock() }()
	held := putHold(t, l)
	b := newBench(t, &rooms{}, func(c *Config) { c.Ledger, c.ConfigID = l, "this config" })
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { b.engine.Run(ctx); close(ended) }()
	defer func() { cancel(); <-ended }()

	for _, test := range []struct {
		request Request
		want    string
	}{
		{Request{Kind: KindBuild, Config: "this config"}, `"status":0`},
		{Request{Kind: KindApprove, Config: "this config", Hold: held}, `"hold":{"id":1`},
		{Request{Kind: KindBuild, Config: "another"}, `{"status":1,"errors":["the running herald works with another config`},
		{Request{Kind: KindApprove, Config: "another", Hold: held}, `{"status":1,"error":"the running herald works with another config`},
	} {
		got, err := Ask(ctx, path, time.Now, test.request)
		if err != nil || !strings.Contains(string(got), test.want) {
			t.Errorf("%+v: got %s, %v, want %s", test.request, got, err, test.want)
		}
		var report BuildReport
		if err := json.Unmarshal(got, &report); err != nil {
			t.Errorf("%+v: got %v, want a report", test.request, err)
		}
	}
}

func TestAskEndsWithItsHolder(t *testing.T) {
	l, path := openLedger(t) // nobody locks it
	if Running(path) {
		t.Error("got running, want nobody")
	}
	if _, err := Ask(t.Context(), path, time.Now, Request{Kind: KindBuild}); !errors.Is(err, ErrHolderGone) {
		t.Errorf("got %v, want ErrHolderGone", err)
	}
	wantNoRequest(t, l)
}

func TestAskEndsWithItsContext(t *testing.T) {
	l, path := openLedger(t)
	lock, err := ledger.TryLock(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lock.Unlock() }()
	if !Running(path) {
		t.Error("got nobody, want running")
	}
	ctx, cancel := context.WithTimeoutCause(t.Context(), 3*askEvery, errors.New("told to end"))
	defer cancel()
	if _, err := Ask(ctx, path, time.Now, Request{Kind: KindBuild}); err == nil || err.Error() != "told to end" {
		t.Errorf("got %v, want the cause", err)
	}
	wantNoRequest(t, l)
}

// wantNoRequest fails where a request was not taken back: the next daemon would obey it.
func wantNoRequest(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	err := l.Read(t.Context(), func(tx *ledger.Tx) error {
		r, found, err := tx.NextRequest()
		if found {
			t.Errorf("got the request %+v, want none left", r)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
