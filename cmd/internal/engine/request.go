package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"herald/cmd/internal/adopt"
	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/progress"
)

// Request is what a command asks of the daemon that holds the state.
type Request struct {
	Kind     string       `json:"kind"`     // KindBuild, KindApprove or KindAdopt
	Settings Sealed       `json:"settings"` // those of the command that asks
	Build    BuildOptions `json:"build,omitzero"`
	Approve  hold.Wanted  `json:"approve,omitzero"`
	Adopt    *adopt.Feed  `json:"adopt,omitempty"`
}

// The kinds of a Request. The answer is the JSON of a BuildReport, an ApproveReport or an AdoptReport.
const (
	KindBuild   = "build"
	KindApprove = "approve"
	KindAdopt   = "adopt"
)

const (
	askEvery      = 100 * time.Millisecond // how often an answer is looked for
	checkRunEvery = 10                     // at each such look it is asked whether the daemon still lives
	staleWait     = 2 * time.Second        // how long a daemon waits for an edit of its config before it refuses who has seen it
	answerRetry   = 2 * time.Second        // after an answer that could not be written down
)

// ErrHolderGone says that the process that held the state ended without an answer.
var ErrHolderGone = errors.New("the process that held the state has ended")

// Ask leaves a request in the state at path and waits for the answer of the process that holds
// it. Where that process ends first, the error is ErrHolderGone; where ctx ends first, its cause. Without an answer the
// request is taken back.
func Ask(ctx context.Context, path string, now func() time.Time, r Request) (json.RawMessage, error) {
	l, err := ledger.Join(ctx, path)
	if err != nil {
		return nil, cmp.Or(context.Cause(ctx), err)
	}
	defer l.Close()
	defer progress.Begin(ctx, "waiting for the herald that runs", "", "").End()
	id, err := leave(ctx, l, now, r)
	if err != nil {
		return nil, cmp.Or(context.Cause(ctx), err)
	}
	answer, err := awaitAnswer(ctx, l, path, id)
	if answer != nil {
		return answer, nil
	}
	return nil, errors.Join(cmp.Or(context.Cause(ctx), err), withdraw(ctx, l, id))
}

// awaitAnswer waits for the answer to a request, until ctx or the holder of the state at path ends.
func awaitAnswer(ctx context.Context, l *ledger.Ledger, path string, id int64) (json.RawMessage, error) {
	for look := 1; ; look++ {
		answer, err := answerTo(ctx, l, id)
		if answer != nil || err != nil {
			return answer, err
		}
		if look%checkRunEvery == 0 && !statefile.Running(path) {
			// The holder may have answered as its last act.
			if answer, err = answerTo(ctx, l, id); answer == nil {
				err = cmp.Or(err, ErrHolderGone)
			}
			return answer, err
		}
		if !sleep(ctx, askEvery) {
			return nil, context.Cause(ctx)
		}
	}
}

// leave puts a request into the ledger and returns its number.
func leave(ctx context.Context, l *ledger.Ledger, now func() time.Time, r Request) (id int64, err error) {
	args, err := json.Marshal(r)
	if err != nil {
		return 0, err
	}
	err = l.Write(ctx, func(tx *ledger.Tx) (err error) {
		id, err = tx.AddRequest(r.Kind, string(args), ledger.Millis(now()))
		return err
	})
	return id, err
}

// answerTo returns the answer to a request; nil: there is none yet.
func answerTo(ctx context.Context, l *ledger.Ledger, id int64) (json.RawMessage, error) {
	var r ledger.Request
	found := false
	err := l.Read(ctx, func(tx *ledger.Tx) (err error) {
		r, found, err = tx.Request(id)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, fmt.Errorf("request %d was forgotten without an answer", id)
	case r.Done == 0:
		return nil, nil
	}
	return json.RawMessage(r.Answer), nil
}

// withdraw takes a request back, also where ctx has ended.
func withdraw(ctx context.Context, l *ledger.Ledger, id int64) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return l.Write(ctx, func(tx *ledger.Tx) error { return tx.DropRequest(id) })
}

// answered is the answer to a request, until the ledger has it.
type answered struct {
	id   int64
	text string
}

// runRequests answers requests one after the other until ctx ends, beside the loop that scans and publishes: what it waits for,
// an endpoint or a disk that is full, keeps nobody else waiting.
func (e *Engine) runRequests(ctx context.Context) {
	var done *answered
	for ctx.Err() == nil {
		if done == nil {
			select {
			case <-ctx.Done():
				return
			case <-e.requests:
			}
		}
		var err error
		done, err = e.answerAll(ctx, done)
		if err != nil && ctx.Err() == nil {
			e.config.Log.Error("request not answered", "error", err)
			sleep(ctx, answerRetry)
		}
	}
}

// answerAll answers what waits, and returns the answer that could not be written down: what was done is not done again.
func (e *Engine) answerAll(ctx context.Context, done *answered) (*answered, error) {
	for ctx.Err() == nil {
		if done == nil {
			var err error
			if done, err = e.answerNext(ctx); done == nil || err != nil {
				return nil, err
			}
			wake(e.delivery)
		}
		err := e.config.Ledger.Write(ctx, func(tx *ledger.Tx) error {
			return tx.AnswerRequest(done.id, done.text, ledger.Millis(e.config.Now()))
		})
		if err != nil {
			return done, err
		}
		done = nil
	}
	return done, nil
}

// answerNext does what the oldest request asks that waits; nil: there is none.
func (e *Engine) answerNext(ctx context.Context) (*answered, error) {
	var waiting ledger.Request
	found := false
	err := e.config.Ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		waiting, found, err = tx.NextRequest()
		return err
	})
	if err != nil || !found {
		return nil, err
	}
	answer := e.answer(ctx, waiting.Args)
	if answer == nil {
		return nil, context.Cause(ctx)
	}
	text, err := json.Marshal(answer)
	return &answered{waiting.ID, string(e.config.Hide(text))}, err
}

// answer does what a request asks. One that was made with other settings than the daemon's is
// refused: its answer would not be about what the operator sees.
func (e *Engine) answer(ctx context.Context, args string) any {
	var r Request
	err := json.Unmarshal([]byte(args), &r)
	if err == nil {
		err = sameSettings(e.config.Settings, r.Settings)
	}
	if err != nil && e.daemon != nil && !sleep(ctx, staleWait) {
		return nil // the daemon takes up another config, perhaps the one that was meant: it answers anew
	}
	switch {
	case err != nil && r.Kind == KindApprove:
		return &ApproveReport{Status: StatusNotDone, Error: err.Error()}
	case err != nil && r.Kind == KindAdopt:
		return &AdoptReport{Status: StatusNotDone, Errors: []string{err.Error()}}
	case err != nil:
		return e.notBuilt(err)
	case r.Kind == KindApprove:
		return e.Approve(ctx, r.Approve)
	case r.Kind == KindAdopt && r.Adopt != nil:
		return e.Adopt(ctx, r.Adopt)
	case r.Kind == KindBuild:
		return e.Build(ctx, r.Build)
	}
	return e.notBuilt(fmt.Errorf("%q is nothing that this version can do", r.Kind))
}

func (e *Engine) notBuilt(err error) *BuildReport {
	r := e.newReport()
	r.AddError(err)
	return r
}
