// Package hold keeps the changes that wait for the operator. A hold is recomputed by whoever holds the
// change: an equal change keeps its number, another one replaces it, and one whose cause is gone is
// dropped. Approving releases exactly the change that the hold was made for.
package hold

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"herald/cmd/internal/ledger"
	"herald/source"
)

// The kinds of holds.
const (
	Emptied   = "emptied"
	Removed   = "removed"
	Changed   = "changed"
	Added     = "added"
	Gone      = "gone" // a source left the config
	SiteURL   = "site_url"
	Foreign   = "foreign"
	Blocked   = "blocked" // what stands at a document's path must be moved away: nobody can let the document replace it
	Vanishing = "vanishing"
)

// ScanKinds returns the kinds of holds over what a scan found.
func ScanKinds() []string { return []string{Emptied, Removed, Changed, Added} }

// Hold is a change that waits for the operator.
type Hold struct {
	ID      int64     `json:"id"`
	Change  string    `json:"change"`           // names the very change: those of equal changes are equal
	Kind    string    `json:"kind"`             // removed, changed, added, emptied, site_url, foreign, blocked, vanishing
	Subject string    `json:"subject"`          // the source's name, a document's path, the site's URL
	Summary string    `json:"summary"`          // one line
	Detail  []string  `json:"detail,omitempty"` // the first lines of what it holds
	Since   time.Time `json:"since"`
	Ends    string    `json:"ends"` // when it vanishes by itself, in words
}

// Of returns a hold of the ledger as operators see it.
func Of(h ledger.Hold) Hold {
	return Hold{ID: h.ID, Change: hex.EncodeToString(h.Signature[:]), Kind: h.Kind, Subject: h.Subject, Summary: h.Summary, Detail: h.Detail, Since: ledger.Time(h.Since), Ends: ends(h.Kind)}
}

// Offered returns what may be approved, as completions offer it: each number with its summary, and "all".
func Offered(ctx context.Context, l *ledger.Ledger) (all []string, err error) {
	err = l.Read(ctx, func(tx *ledger.Tx) error {
		holds, err := tx.Holds()
		for _, h := range holds {
			all = append(all, fmt.Sprintf("%d\t%s", h.ID, h.Summary))
		}
		return err
	})
	if len(all) > 0 {
		all = append(all, "all\teach that was shown")
	}
	return all, err
}

// Remedy returns the summary with what lets the hold through, where that is a command.
func (h Hold) Remedy() string {
	if h.Kind == Blocked {
		return h.Summary
	}
	return fmt.Sprintf("%s (herald approve %d lets it through)", h.Summary, h.ID)
}

// ends says when a hold of a kind vanishes by itself: every scan and publication looks again.
func ends(kind string) string {
	switch kind {
	case Emptied, Removed:
		return "it goes away by itself once the articles are back"
	case Changed:
		return "it goes away by itself once the articles read as before"
	case Added:
		return "it goes away by itself once the new articles are gone again"
	case Gone:
		return "it goes away by itself once the source is in the config again"
	case SiteURL:
		return "it goes away by itself once site.url is the old one again"
	case Foreign:
		return "it goes away by itself once the file is moved away or adopted"
	case Vanishing:
		return "it goes away by itself once the config publishes that path again, or aliases name it"
	}
	return "it goes away by itself once what stands there is moved away"
}

// Drop removes holds whose cause is gone.
func Drop(tx *ledger.Tx, holds []ledger.Hold) error {
	for _, h := range holds {
		if err := tx.DropHold(h.ID); err != nil {
			return err
		}
	}
	return nil
}

// DropOf removes the holds of a subject ("": of any) that are of one of the kinds.
func DropOf(tx *ledger.Tx, subject string, kinds ...string) error {
	holds, err := tx.HoldsOf(subject, kinds...)
	return errors.Join(err, Drop(tx, holds))
}

// Ensure keeps a hold under the number that the same change had before, and reports whether the
// operator has released exactly it. now is in milliseconds.
func Ensure(tx *ledger.Tx, want ledger.Hold, now int64) (h Hold, approved bool, err error) {
	existing, err := tx.HoldsOf(want.Subject, want.Kind)
	if err != nil {
		return Hold{}, false, err
	}
	want.Since = now - now%1000
	for _, h := range existing {
		if h.Signature == want.Signature {
			return Of(h), h.Approved, nil
		}
	}
	err = errors.Join(Drop(tx, existing), tx.PutHold(&want))
	return Of(want), false, err
}

// EnsureAll makes the holds of one kind those that are wanted: others of the kind are dropped, their cause is gone. It
// returns the holds that wait, and the subjects that are released: by the operator, or all with force.
func EnsureAll(tx *ledger.Tx, kind string, want []ledger.Hold, now int64, force bool) (waiting []Hold, released []string, err error) {
	existing, err := tx.HoldsOf("", kind)
	if err != nil {
		return nil, nil, err
	}
	stale := slices.DeleteFunc(existing, func(h ledger.Hold) bool {
		return slices.ContainsFunc(want, func(w ledger.Hold) bool { return w.Subject == h.Subject })
	})
	if err := Drop(tx, stale); err != nil {
		return nil, nil, err
	}
	for _, w := range want {
		h, approved, err := Ensure(tx, w, now)
		if err != nil {
			return nil, nil, err
		}
		if !approved && !force {
			waiting = append(waiting, h)
			continue
		}
		released = append(released, w.Subject)
		if err := tx.DropHold(h.ID); err != nil {
			return nil, nil, err
		}
	}
	return waiting, released, nil
}

// Signature returns a digest of the parts that make a change what it is.
func Signature(parts ...string) (d source.Digest) {
	sum := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(sum, "%q\n", p)
	}
	copy(d[:], sum.Sum(nil))
	return d
}
