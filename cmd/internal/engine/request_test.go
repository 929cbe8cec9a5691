package engine_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"herald/cmd/internal/engine"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/statefile"
	"herald/source"
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
	ours := sealed(t)
	for _, test := range []struct {
		request engine.Request
		want    string
	}{
		{engine.Request{Kind: engine.KindBuild, Settings: ours}, `"status":3`},
		{engine.Request{Kind: engine.KindApprove, Settings: ours, Approve: hold.Wanted{IDs: []int64{1}}}, `"hold":{"id":1`},
		{engine.Request{Kind: engine.KindBuild, Settings: sealed(t)}, `"status":0`},
		{engine.Request{Kind: engine.KindBuild, Settings: sealed(t, engine.Setting{Key: "notify.delay", Value: "31s"})}, `{"status":1,"errors":["the running herald works with another config or an older one (notify.delay)`},
		{engine.Request{Kind: engine.KindApprove, Settings: sealed(t, engine.Setting{Key: "guard", Value: "false"}), Approve: hold.Wanted{IDs: []int64{1}}}, `{"status":1,"error":"the running herald works with another config or an older one (guard)`},
		{engine.Request{Kind: engine.KindAdopt, Settings: sealed(t, engine.Setting{Key: "sources[0].headers.Authorization", Value: "Bearer 124", Secret: true})}, `(sources[0].headers.Authorization)`},
		{engine.Request{Kind: engine.KindBuild, Settings: sealed(t, engine.Setting{Key: "a"}, engine.Setting{Key: "b"}, engine.Setting{Key: "c"}, engine.Setting{Key: "d"}, engine.Setting{Key: "e"})}, `(a, b, c and 2 more)`},
		{engine.Request{Kind: engine.KindBuild}, `of another version`},
		{engine.Request{Kind: "dance", Settings: ours}, `\"dance\" is nothing that this version can do`},
		{engine.Request{Kind: engine.KindAdopt, Settings: ours}, `is nothing that this version can do`},
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

// A request shows nobody a value: neither as it is nor as something that two requests have alike.
func TestARequestHidesItsValues(t *testing.T) {
	one, two := sealed(t), sealed(t)
	text, err := json.Marshal(engine.Request{Kind: engine.KindBuild, Settings: one})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range theseSettings() {
		if strings.Contains(string(text), s.Value) || one.Digests[s.Key] == "" {
			t.Errorf("%s: got %s, want it sealed", s.Key, text)
		}
		if one.Digests[s.Key] == two.Digests[s.Key] {
			t.Errorf("%s: two requests have the digest %s, want a salt in each", s.Key, one.Digests[s.Key])
		}
		plain, err := engine.Seal([]engine.Setting{{Key: s.Key, Value: s.Value}})
		if err != nil || s.Secret && plain.Digests[s.Key] == one.Digests[s.Key] {
			t.Errorf("%s: %v, got the digest of a value that is no secret", s.Key, err)
		}
	}
}

// While a request waits for an endpoint that hangs, what changes is published, and the request is answered in the end.
func TestASlowRequestStopsNobody(t *testing.T) {
	t.Parallel()
	hangs, release := make(chan struct{}, 10), make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		hangs <- struct{}{}
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(slow.Close)
	n := filled(t, 2, func(s *settings) { s.Notify = notifySettings{} })
	n.tweak = append(n.tweak, func(s *settings) { s.Notify.IndexNow = []string{slow.URL} })
	lock, err := statefile.TryLock(n.path("herald.db"))
	n.must(err)
	t.Cleanup(func() { _ = lock.Unlock() })
	d := runDaemon(n)
	d.wantLines("at the start", "scanned, nothing changed", 1)
	answers := make(chan string, 1)
	n.write("급보.md", article("급보", "다리가 놓였다."))
	go func() {
		got, err := engine.Ask(context.Background(), n.path("herald.db"), time.Now, engine.Request{Kind: engine.KindBuild, Settings: sealed(t), Build: engine.BuildOptions{Notify: true}})
		answers <- fmt.Sprint(string(got), err)
	}()
	select {
	case <-hangs:
	case <-time.After(time.Minute):
		t.Fatal("the request told nobody")
	}
	n.write("속보.md", article("속보", "배가 닿았다."))
	d.move(5 * time.Minute)
	d.wantFeed("while a request waits", "배가 닿았다")
	select {
	case got := <-answers:
		t.Errorf("got the answer %s before its time", got)
	default:
	}
	close(release)
	if got := <-answers; !strings.Contains(got, `"written":[`) || !strings.Contains(got, `"delivered":{`) {
		t.Errorf("got %s, want a report of what was published and told", got)
	}
}

// counted is a source that counts how often it is listed.
type counted struct {
	source.Source
	listed atomic.Int64
}

func (c *counted) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	c.listed.Add(1)
	return c.Source.List(ctx)
}

// An answer that cannot be written down is kept until it can be: what was asked is done once, and other work goes on.
func TestAnAnswerThatCannotBeWrittenDown(t *testing.T) {
	t.Parallel()
	var c *counted
	n := filled(t, 2, func(s *settings) {
		c = &counted{Source: s.Sources[0].Source}
		s.Sources[0].Source = c
	})
	lock, err := statefile.TryLock(n.path("herald.db"))
	n.must(err)
	t.Cleanup(func() { _ = lock.Unlock() })
	d := runDaemon(n)
	d.wantLines("at the start", "scanned, nothing changed", 1)
	db, err := sql.Open("sqlite", n.path("herald.db")+"?_pragma=busy_timeout(5000)")
	n.must(err)
	t.Cleanup(func() { db.Close() })
	_, err = db.Exec("create trigger disk before update on request begin select raise(abort, 'the disk is full'); end")
	n.must(err)
	before := c.listed.Load()
	answers := make(chan string, 1)
	go func() {
		got, err := engine.Ask(context.Background(), n.path("herald.db"), time.Now, engine.Request{Kind: engine.KindBuild, Settings: sealed(t)})
		answers <- fmt.Sprint(string(got), err)
	}()
	for end := time.Now().Add(time.Minute); d.lines("request not answered") == 0 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	n.write("속보.md", article("속보", "배가 닿았다."))
	d.move(5 * time.Minute)
	d.wantFeed("while the answer waits", "배가 닿았다")
	_, err = db.Exec("drop trigger disk")
	n.must(err)
	if got := <-answers; !strings.Contains(got, `"status":0`) {
		t.Errorf("got %s, want the answer", got)
	}
	if got, want := c.listed.Load()-before, int64(2); got != want {
		t.Errorf("the source was listed %d times, want %d: once for the request, once by the schedule", got, want)
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

// ending is a context that ends when it is asked for its end so many times.
type ending struct {
	context.Context
	left atomic.Int64
	end  func()
}

func (e *ending) Done() <-chan struct{} {
	if e.left.Add(-1) == 0 {
		e.end()
	}
	return e.Context.Done()
}

// Whatever is being done when a command is told to end, its request is taken back, and it says why it ended.
func TestAskEndsAnywhere(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	lock, err := statefile.TryLock(n.path("herald.db"))
	n.must(err)
	t.Cleanup(func() { _ = lock.Unlock() })
	asked := 0
	for at := range 40 {
		within, cancel := context.WithCancelCause(t.Context())
		ctx := &ending{Context: within, end: func() { cancel(errors.New("told to end")) }}
		ctx.left.Store(int64(at + 1))
		now := func() time.Time { asked++; return time.Now() }
		if _, err := engine.Ask(ctx, n.path("herald.db"), now, engine.Request{Kind: engine.KindBuild}); err == nil || err.Error() != "told to end" {
			t.Errorf("ended at %d: got %v, want the cause", at, err)
		}
		n.wantNoRequest()
	}
	if asked < 10 {
		t.Errorf("got %d requests that were left, want some that were ended behind it", asked)
	}
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
			_, err := engine.Ask(t.Context(), n.path("herald.db"), now, engine.Request{Kind: engine.KindBuild, Settings: sealed(t)})
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
