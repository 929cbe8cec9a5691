package hold_test

import (
	"path/filepath"
	"strings"
	"testing"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/ledger"
)

// desk is a ledger with what its operator does.
type desk struct {
	t     *testing.T
	l     *ledger.Ledger
	shown []string
}

func newDesk(t *testing.T) *desk {
	l, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), "herald.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return &desk{t: t, l: l}
}

func (d *desk) write(f func(tx *ledger.Tx) error) {
	d.t.Helper()
	if err := d.l.Write(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

// held puts a change of a source on hold, in the place of another one of that source.
func (d *desk) held(source, change string) {
	d.write(func(tx *ledger.Tx) error {
		_, _, err := hold.Ensure(tx, ledger.Hold{Kind: hold.Removed, Subject: source, Signature: hold.Signature(change), Summary: change}, 1000)
		return err
	})
}

func (d *desk) gone(source string) {
	d.write(func(tx *ledger.Tx) error { return hold.DropOf(tx, source, hold.Removed) })
}

// reads is what a reading command shows to this operator alone.
func (d *desk) reads() {
	d.shown = nil
	d.write(func(tx *ledger.Tx) error {
		holds, err := tx.Holds()
		for _, h := range holds {
			d.shown = append(d.shown, hold.Of(h).Change)
		}
		return err
	})
}

// builds is a command that reports to whoever asked.
func (d *desk) builds() {
	if err := hold.Report(d.t.Context(), d.l); err != nil {
		d.t.Fatal(err)
	}
}

// Without a number only what was shown last is released: where another change may have been meant, nothing is.
func TestApproveReleasesWhatWasShown(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(d *desk)
		want string // the summary that is released; "": none
	}{
		{"the first hold", func(d *desk) { d.held("posts", "eight") }, "eight"},
		{"another took its place after it was shown", func(d *desk) { d.held("posts", "eight"); d.reads(); d.held("posts", "twenty") }, ""},
		{"another took its place, and was shown", func(d *desk) { d.held("posts", "eight"); d.held("posts", "twenty"); d.reads() }, "twenty"},
		{"another took its place, and a build showed it", func(d *desk) { d.held("posts", "eight"); d.builds(); d.held("posts", "twenty"); d.builds() }, "twenty"},
		{"a build showed the first, and two came since", func(d *desk) {
			d.held("posts", "eight")
			d.builds()
			d.held("posts", "nine")
			d.held("posts", "ten")
		}, ""},
		{"it vanished, and another came", func(d *desk) { d.held("posts", "eight"); d.reads(); d.gone("posts"); d.held("posts", "six") }, ""},
		{"it vanished, and another source's came", func(d *desk) { d.held("posts", "eight"); d.reads(); d.gone("posts"); d.held("local", "all") }, ""},
		{"one of two vanished, which came last", func(d *desk) { d.held("posts", "eight"); d.held("local", "all"); d.gone("local") }, ""},
		{"the same change came again after it was shown", func(d *desk) { d.held("posts", "eight"); d.reads(); d.gone("posts"); d.held("posts", "eight") }, "eight"},
		{"two are held", func(d *desk) { d.held("posts", "eight"); d.held("local", "all"); d.reads(); d.builds() }, ""},
		{"none is", func(d *desk) { d.held("posts", "eight"); d.builds(); d.gone("posts") }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			c.do(d)
			h, err := approve(d, hold.Wanted{Shown: d.shown})
			if h.Summary != c.want || (err == nil) != (c.want != "") {
				t.Errorf("released %q (%v), want %q", h.Summary, err, c.want)
			}
			d.write(func(tx *ledger.Tx) error {
				holds, err := tx.Holds()
				for _, h := range holds {
					if h.Approved != (h.Summary == c.want) {
						t.Errorf("%q is released: %v", h.Summary, h.Approved)
					}
				}
				return err
			})
		})
	}
}

// The refusal names the change and the number that releases it.
func TestARefusalNamesTheNumber(t *testing.T) {
	d := newDesk(t)
	d.held("posts", "eight go")
	d.held("posts", "twenty go")
	if _, err := approve(d, hold.Wanted{}); err == nil || !strings.Contains(err.Error(), "twenty go; herald approve 2 ") {
		t.Errorf("%v", err)
	}
	if h, err := approve(d, hold.Wanted{IDs: []int64{2}}); err != nil || h.Summary != "twenty go" {
		t.Errorf("%+v %v", h, err)
	}
	if _, err := approve(d, hold.Wanted{IDs: []int64{1}}); err == nil || !strings.Contains(err.Error(), "no such hold") {
		t.Errorf("%v", err)
	}
}

// approve returns the only hold that was released.
func approve(d *desk, w hold.Wanted) (h hold.Hold, err error) {
	all, err := hold.Approve(d.t.Context(), d.l, w)
	if len(all) > 0 {
		h = all[0]
	}
	return h, err
}

// Several are released by their numbers, or all that were seen: where one cannot be, none is.
func TestApproveReleasesSeveral(t *testing.T) {
	for _, c := range []struct {
		name     string
		wanted   hold.Wanted
		reported bool
		shown    bool
		released int
		refusal  string
	}{
		{"two of three", hold.Wanted{IDs: []int64{1, 3}}, false, false, 2, ""},
		{"one of them is none", hold.Wanted{IDs: []int64{1, 7}}, false, false, 0, "approve 7: there is no such hold"},
		{"all, unseen", hold.Wanted{All: true}, false, false, 0, "hold 1 came since you last looked: eight"},
		{"all that a build reported", hold.Wanted{All: true}, true, false, 3, ""},
		{"all that were shown", hold.Wanted{All: true}, false, true, 3, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			d.held("posts", "eight")
			d.held("local", "all")
			d.held("notes", "two")
			if c.reported {
				d.builds()
			}
			if c.shown {
				d.reads()
				c.wanted.Shown = d.shown
			}
			got, err := hold.Approve(t.Context(), d.l, c.wanted)
			if len(got) != c.released || (err == nil) != (c.refusal == "") || err != nil && !strings.Contains(err.Error(), c.refusal) {
				t.Errorf("released %d (%v), want %d (%s)", len(got), err, c.released, c.refusal)
			}
			d.write(func(tx *ledger.Tx) error {
				holds, err := tx.Holds()
				stand := 0
				for _, h := range holds {
					if h.Approved {
						stand++
					}
				}
				if stand != c.released {
					t.Errorf("%d are noted as released, want %d", stand, c.released)
				}
				return err
			})
		})
	}
}
