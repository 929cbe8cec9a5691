package hold

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"herald/cmd/internal/ledger"
)

// Approve marks a hold as released. The next scan or publication lets exactly that change through, and nothing else. id 0 means the one
// that the operator was shown last: it must be the only one there is, and either be among the changes that were shown to this operator
// (see Hold.Change), or no other can have been meant: all that came and went was before a command last reported.
func Approve(ctx context.Context, l *ledger.Ledger, id int64, shown []string) (Hold, error) {
	var out Hold
	err := l.Write(ctx, func(tx *ledger.Tx) error {
		holds, err := tx.Holds()
		if err != nil {
			return err
		}
		h, err := named(tx, holds, id, shown)
		if err != nil {
			return err
		}
		if h.Kind == Blocked {
			return fmt.Errorf("approve hold %d: %s", h.ID, h.Summary)
		}
		h.Approved = true
		out = Of(h)
		return tx.PutHold(&h)
	})
	return out, err
}

// named returns the hold that is meant.
func named(tx *ledger.Tx, holds []ledger.Hold, id int64, shown []string) (ledger.Hold, error) {
	i := slices.IndexFunc(holds, func(h ledger.Hold) bool { return h.ID == id })
	switch {
	case id != 0 && i < 0:
		return ledger.Hold{}, fmt.Errorf("approve hold %d: there is no such hold, or its cause is gone", id)
	case id != 0:
		return holds[i], nil
	case len(holds) == 0:
		return ledger.Hold{}, errors.New("approve: nothing is held")
	case len(holds) > 1:
		return ledger.Hold{}, fmt.Errorf("%d changes are held: say which one; herald status lists them", len(holds))
	}
	h := holds[0]
	alone, err := cameAlone(tx, h.ID)
	if err == nil && !alone && !slices.Contains(shown, Of(h).Change) {
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
