package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/statefile"
)

// A command that cannot have the state gets its work done by the one that has it.
func TestRequestsAreAnswered(t *testing.T) {
	t.Parallel()
	n := filled(t, 12)
	lock, err := statefile.TryLock(n.path("herald.db"))
	n.must(err)
	t.Cleanup(func() { _ = lock.Unlock() })
	for _, name := range []string{"기사-00.md", "기사-01.md", "기사-02.md", "기사-03.md"} {
		n.remove(name)
	}
	d := runDaemon(n)
	d.wantLines("at the start", "change held", 1)
	for _, test := range []struct {
		request engine.Request
		want    string
	}{
		{engine.Request{Kind: engine.KindBuild, Config: "this config"}, `"status":3`},
		{engine.Request{Kind: engine.KindApprove, Config: "this config", Hold: 1}, `"hold":{"id":1`},
		{engine.Request{Kind: engine.KindBuild, Config: "this config"}, `"status":0`},
		{engine.Request{Kind: engine.KindBuild, Config: "another"}, `{"status":1,"errors":["the running herald works with another config`},
		{engine.Request{Kind: engine.KindApprove, Config: "another", Hold: 1}, `{"status":1,"error":"the running herald works with another config`},
	} {
		got, err := engine.Ask(t.Context(), n.path("herald.db"), time.Now, test.request)
		if err != nil || !strings.Contains(string(got), test.want) {
			t.Errorf("%+v: got %s, %v, want %s", test.request, got, err, test.want)
		}
		var report engine.BuildReport
		if err := json.Unmarshal(got, &report); err != nil {
			t.Errorf("%+v: got %v, want a report", test.request, err)
		}
	}
}

func TestAskEndsWithItsHolder(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t) // nobody locks its state
	if statefile.Running(n.path("herald.db")) {
		t.Error("got running, want nobody")
	}
	if _, err := engine.Ask(t.Context(), n.path("herald.db"), time.Now, engine.Request{Kind: engine.KindBuild}); !errors.Is(err, engine.ErrHolderGone) {
		t.Errorf("got %v, want ErrHolderGone", err)
	}
	n.wantNoRequest()
}

func TestAskEndsWithItsContext(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	lock, err := statefile.TryLock(n.path("herald.db"))
	n.must(err)
	t.Cleanup(func() { _ = lock.Unlock() })
	if !statefile.Running(n.path("herald.db")) {
		t.Error("got nobody, want running")
	}
	ctx, cancel := context.WithTimeoutCause(t.Context(), 300*time.Millisecond, errors.New("told to end"))
	defer cancel()
	if _, err := engine.Ask(ctx, n.path("herald.db"), time.Now, engine.Request{Kind: engine.KindBuild}); err == nil || err.Error() != "told to end" {
		t.Errorf("got %v, want the cause", err)
	}
	n.wantNoRequest()
}

// wantNoRequest fails where a request was not taken back: the next daemon would obey it.
func (n *newsroom) wantNoRequest() {
	n.t.Helper()
	n.must(n.ledger.Read(context.Background(), func(tx *ledger.Tx) error {
		r, found, err := tx.NextRequest()
		if found {
			n.t.Errorf("got the request %+v, want none left", r)
		}
		return err
	}))
}

// A command whose request was removed, by whatever hand, is told so, and waits for nothing.
func TestAForgottenRequest(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	lock, err := statefile.TryLock(n.path("herald.db"))
	n.must(err)
	t.Cleanup(func() { _ = lock.Unlock() })
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	go func() {
		for gone := false; !gone && ctx.Err() == nil; time.Sleep(10 * time.Millisecond) {
			_ = n.ledger.Write(ctx, func(tx *ledger.Tx) error {
				r, found, err := tx.NextRequest()
				if err == nil && found {
					gone = true
					err = tx.DropRequest(r.ID)
				}
				return err
			})
		}
	}()
	_, err = engine.Ask(ctx, n.path("herald.db"), time.Now, engine.Request{Kind: engine.KindBuild})
	if err == nil || !strings.Contains(err.Error(), "was forgotten without an answer") {
		t.Errorf("got %v, want it told that its request was forgotten", err)
	}
}

// A command that waits long keeps its request, whatever others ask meanwhile.
func TestAWaitingRequestIsKept(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	lock, err := statefile.TryLock(n.path("herald.db"))
	n.must(err)
	t.Cleanup(func() { _ = lock.Unlock() })
	early := func() time.Time { return time.Now().Add(-48 * time.Hour) }
	answers := make(chan error, 2)
	for _, now := range []func() time.Time{early, time.Now} {
		go func() {
			_, err := engine.Ask(t.Context(), n.path("herald.db"), now, engine.Request{Kind: engine.KindBuild, Config: "this config"})
			answers <- err
		}()
		for found := false; !found; time.Sleep(10 * time.Millisecond) {
			n.must(n.ledger.Read(t.Context(), func(tx *ledger.Tx) (err error) {
				_, found, err = tx.NextRequest()
				return err
			}))
		}
	}
	runDaemon(n)
	for range 2 {
		if err := <-answers; err != nil {
			t.Errorf("got %v, want an answer", err)
		}
	}
}
