package hold

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"herald/cmd/internal/ledger"
)

// Wanted is the holds that an operator lets through: those of IDs, or all, or without either the one that was shown last.
type Wanted struct {
	IDs   []int64  `json:"ids,omitempty"`
	All   bool     `json:"all,omitempty"`
	Shown []string `json:"shown,omitempty"` // Hold.Change of what this operator was shown last
}

// Asked reads which holds an operator asks for: their numbers, or all.
func Asked(args []string) (w Wanted, err error) {
	if len(args) == 1 && args[0] == "all" {
		return Wanted{All: true}, nil
	}
	for _, arg := range args {
		n, err := strconv.ParseInt(arg, 10, 64)
		if err != nil || n < 1 {
			return w, fmt.Errorf("%q is not a hold: give the numbers that herald status lists, or all", arg)
		}
		if !slices.Contains(w.IDs, n) {
			w.IDs = append(w.IDs, n)
		}
	}
	return w, nil
}

// Approve marks holds as released: all that are wanted, or none. The next scan or publication lets exactly these changes through,
// and nothing else. Where no number is said, only what the operator has seen is released: a hold is among the changes that were
// shown to this operator, or no other can have been meant, since all that came and went was before a command last reported.
func Approve(ctx context.Context, l *ledger.Ledger, w Wanted) (approved []Hold, err error) {
	err = l.Write(ctx, func(tx *ledger.Tx) error {
		holds, err := tx.Holds()
		if err != nil {
			return err
		}
		wanted, err := w.among(tx, holds)
		if err != nil {
			return err
		}
		for _, h := range wanted {
			h.Approved = true
			approved = append(approved, Of(h))
			if err := tx.PutHold(&h); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return approved, nil
}

// among returns the holds that are wanted.
func (w Wanted) among(tx *ledger.Tx, holds []ledger.Hold) ([]ledger.Hold, error) {
	switch {
	case w.All:
		return w.all(tx, holds)
	case len(w.IDs) == 0:
		h, err := w.last(tx, holds)
		if err != nil {
			return nil, err
		}
		return []ledger.Hold{h}, notBlocked(h)
	}
	var out []ledger.Hold
	for _, id := range w.IDs {
		i := slices.IndexFunc(holds, func(h ledger.Hold) bool { return h.ID == id })
		if i < 0 {
			return nil, fmt.Errorf("approve %d: there is no such hold, or its cause is gone; herald status lists those that stand", id)
		}
		if err := notBlocked(holds[i]); err != nil {
			return nil, err
		}
		out = append(out, holds[i])
	}
	return out, nil
}

// all returns every hold that approve can let through, once all of them were seen.
func (w Wanted) all(tx *ledger.Tx, holds []ledger.Hold) (out []ledger.Hold, err error) {
	seen, err := reported(tx)
	if err != nil {
		return nil, err
	}
	for _, h := range holds {
		if h.ID > seen && !slices.Contains(w.Shown, Of(h).Change) {
			return nil, fmt.Errorf("approve all: hold %d came since you last looked: %s; herald status lists all that stand", h.ID, h.Summary)
		}
		if h.Kind != Blocked {
			out = append(out, h)
		}
	}
	if len(out) == 0 && len(holds) > 0 {
		return nil, notBlocked(holds[0])
	}
	if len(out) == 0 {
		return nil, errNothingHeld
	}
	return out, nil
}

var errNothingHeld = errors.New("nothing is held")

// notBlocked refuses a hold that no approval lets through.
func notBlocked(h ledger.Hold) error {
	if h.Kind == Blocked {
		return fmt.Errorf("approve %d: %s", h.ID, h.Summary)
	}
	return nil
}

// last returns the hold that the operator was shown last: it must be the only one there is.
func (w Wanted) last(tx *ledger.Tx, holds []ledger.Hold) (ledger.Hold, error) {
	switch {
	case len(holds) == 0:
		return ledger.Hold{}, errNothingHeld
	case len(holds) > 1:
		return ledger.Hold{}, fmt.Errorf("%d changes are held: say which one; herald status lists them, and herald approve all lets through all that you were shown", len(holds))
	}
	h := holds[0]
	alone, err := cameAlone(tx, h.ID)
	if err == nil && !alone && !slices.Contains(w.Shown, Of(h).Change) {
		err = fmt.Errorf("approve: what is held may be another change than the one that you have seen: %s; herald approve %d lets it through", h.Summary, h.ID)
	}
	return h, err
}

// cameAlone reports whether a hold is the only one that has come since a command last reported the holds, or none has.
func cameAlone(tx *ledger.Tx, id int64) (bool, error) {
	last, err := tx.LastHold()
	if err != nil {
		return false, err
	}
	reported, err := reported(tx)
	return last <= reported || last == id && last == reported+1, err
}

func reported(tx *ledger.Tx) (int64, error) {
	text, err := tx.Meta(ledger.MetaHoldsReported)
	if err != nil || text == "" {
		return 0, err
	}
	return strconv.ParseInt(text, 10, 64)
}

// Report notes that a command reports the holds that stand: who reads its answer has seen them.
func Report(ctx context.Context, l *ledger.Ledger) error {
	var last, before int64
	err := l.Read(ctx, func(tx *ledger.Tx) (err error) {
		if last, err = tx.LastHold(); err == nil {
			before, err = reported(tx)
		}
		return err
	})
	if err != nil || last == before {
		return err
	}
	return l.Write(ctx, func(tx *ledger.Tx) error { return tx.SetMeta(ledger.MetaHoldsReported, strconv.FormatInt(last, 10)) })
}
