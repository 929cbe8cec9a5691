package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"herald/cmd/internal/ledger"
)

// request is what a command asks of the daemon that holds the state.
type request struct {
	Kind   string       `json:"kind"`   // build or approve
	Config string       `json:"config"` // digest of the config that the command was given
	Build  buildOptions `json:"build,omitzero"`
	Hold   int64        `json:"hold,omitempty"`
}

const (
	askEvery  = 100 * time.Millisecond // how often an answer is looked for
	lockEvery = 10                     // at each such look it is asked whether the holder still lives
)

// errHolderGone says that the process that held the state ended without an answer.
var errHolderGone = errors.New("the process that held the state has ended")

// ask leaves a request in the ledger and waits for the daemon's answer.
func (a *app) ask(ctx context.Context, w *wired, r request) (json.RawMessage, error) {
	l, err := ledger.Open(ctx, w.config.State.Abs)
	if err != nil {
		return nil, notDone(err)
	}
	defer l.Close()
	r.Config = w.digest
	args, err := json.Marshal(r)
	if err != nil {
		return nil, notDone(err)
	}
	var id int64
	err = l.Write(ctx, func(tx *ledger.Tx) (err error) {
		id, err = tx.AddRequest(r.Kind, string(args), ledger.Millis(a.now()))
		return err
	})
	if err != nil {
		return nil, notDone(err)
	}
	for look := 1; ; look++ {
		answer, err := answerTo(ctx, l, id)
		if answer != nil || err != nil {
			return answer, err
		}
		if look%lockEvery == 0 && !held(w.config.State.Abs) {
			// The holder may have answered as its last act.
			if answer, err := answerTo(ctx, l, id); answer != nil || err != nil {
				return answer, err
			}
			return nil, errors.Join(errHolderGone, withdraw(ctx, l, id))
		}
		if !sleep(ctx, askEvery) {
			return nil, notDone(errors.Join(context.Cause(ctx), withdraw(ctx, l, id)))
		}
	}
}

func answerTo(ctx context.Context, l *ledger.Ledger, id int64) (json.RawMessage, error) {
	var r ledger.Request
	found := false
	err := l.Read(ctx, func(tx *ledger.Tx) (err error) {
		r, found, err = tx.Request(id)
		return err
	})
	switch {
	case err != nil:
		return nil, notDone(err)
	case !found:
		return nil, notDone(fmt.Errorf("request %d was forgotten without an answer", id))
	case r.Done == 0:
		return nil, nil
	}
	return json.RawMessage(r.Answer), nil
}

// held reports whether some process has the instance lock.
func held(state string) bool {
	lock, err := ledger.TryLock(state)
	if err != nil {
		return true
	}
	return lock.Unlock() != nil
}

func withdraw(ctx context.Context, l *ledger.Ledger, id int64) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	return l.Write(ctx, func(tx *ledger.Tx) error { return tx.DropRequest(id) })
}

// obey answers the oldest request that waits; false where there is none.
func (h *house) obey(ctx context.Context) (bool, error) {
	var waiting ledger.Request
	found := false
	err := h.ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
		waiting, found, err = tx.NextRequest()
		return err
	})
	if err != nil || !found {
		return false, err
	}
	text, err := json.Marshal(h.answer(ctx, waiting.Args))
	if err != nil {
		return false, err
	}
	return true, h.ledger.Write(ctx, func(tx *ledger.Tx) error {
		return tx.AnswerRequest(waiting.ID, string(text), ledger.Millis(h.app.now()))
	})
}

// answer does what a request asks. One that was made with another config than the daemon's is
// refused: its answer would not be about what the operator sees.
func (h *house) answer(ctx context.Context, args string) any {
	var r request
	err := json.Unmarshal([]byte(args), &r)
	if err == nil && r.Config != h.digest {
		err = errors.New("the running herald works with another config or an older one: restart it to take up the change")
	}
	switch {
	case err != nil && r.Kind == "approve":
		return approveReport{Status: statusNotDone, Error: err.Error()}
	case err != nil:
		return buildReport{Status: statusNotDone, Errors: []string{err.Error()}, Outputs: h.config.Publish.To.Abs, Told: toldBy(h.config.Notify)}
	case r.Kind == "approve":
		return h.approve(ctx, r.Hold)
	}
	return h.build(ctx, r.Build)
}
