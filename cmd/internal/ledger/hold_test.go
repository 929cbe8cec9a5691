package ledger_test

import (
	"reflect"
	"testing"

	"herald/cmd/internal/ledger"
)

func TestHoldsHaveNumbersForEver(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		first := ledger.Hold{Kind: "removed", Subject: "posts", Signature: digestOf("s"), Summary: "요약", Detail: []string{"missing 가.md"}, Since: 5}
		second := ledger.Hold{Kind: "added", Subject: "posts"}
		write(t, l, func(tx *ledger.Tx) error {
			if err := tx.PutHold(&first); err != nil {
				return err
			}
			return tx.PutHold(&second)
		})
		first.Approved = true
		write(t, l, func(tx *ledger.Tx) error { return tx.PutHold(&first) })
		if got := get(t, l, (*ledger.Tx).Holds); first.ID != 1 || second.ID != 2 || !reflect.DeepEqual(got, []ledger.Hold{first, second}) {
			t.Errorf("%+v", got)
		}
		third := ledger.Hold{Kind: "changed"}
		write(t, l, func(tx *ledger.Tx) error {
			if err := tx.DropHold(2); err != nil {
				return err
			}
			return tx.PutHold(&third)
		})
		if third.ID != 3 {
			t.Errorf("a number was used again: %d", third.ID)
		}
	})
}

func TestRequests(t *testing.T) {
	onBoth(t, func(t *testing.T, l *ledger.Ledger) {
		next := func() (r ledger.Request, found bool) {
			read(t, l, func(tx *ledger.Tx) (err error) {
				r, found, err = tx.NextRequest()
				return err
			})
			return r, found
		}
		if _, found := next(); found {
			t.Error("a request out of nothing")
		}
		var ids [3]int64
		write(t, l, func(tx *ledger.Tx) (err error) {
			for i := range ids {
				if ids[i], err = tx.AddRequest("build", `{"가":1}`, int64(i)); err != nil {
					return err
				}
			}
			return tx.DropRequest(ids[0])
		})
		if r, found := next(); !found || r != (ledger.Request{ID: ids[1], Kind: "build", Args: `{"가":1}`, Created: 1}) {
			t.Errorf("%v %+v", found, r)
		}
		const hour = 3600_000
		write(t, l, func(tx *ledger.Tx) error { return tx.AnswerRequest(ids[1], "답", 10) })
		if r, _ := next(); r.ID != ids[2] {
			t.Errorf("next %+v", r)
		}
		read(t, l, func(tx *ledger.Tx) error {
			r, found, err := tx.Request(ids[1])
			if !found || r.Answer != "답" || r.Done != 10 {
				t.Errorf("%v %+v", found, r)
			}
			return err
		})
		write(t, l, func(tx *ledger.Tx) error { return tx.AnswerRequest(ids[2], "답", hour+11) })
		read(t, l, func(tx *ledger.Tx) error {
			_, found, err := tx.Request(ids[1])
			if found {
				t.Error("an old answer is kept")
			}
			return err
		})
	})
}
