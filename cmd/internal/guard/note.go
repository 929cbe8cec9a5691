package guard

import (
	"math"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
)

// Notes keep what articles were before one scan changed them. The zero Notes keep nothing. Close writes how many there were.
type Notes struct {
	tx     *ledger.Tx
	source string
	at     int64
	sum    ledger.PastSum
}

// Keep returns Notes for a scan of a source that began at a moment, in milliseconds.
func Keep(tx *ledger.Tx, source string, at int64) Notes { return Notes{tx: tx, source: source, at: at} }

// Note keeps what the article of a row was: old is the row before, empty for a new article. It keeps nothing where readers have the same
// afterwards.
func (n *Notes) Note(old, row *ledger.Article) error {
	if n.tx == nil {
		return nil
	}
	was, is := state(old, n.at), state(row, n.at)
	if same(was, is) {
		return nil
	}
	// An expiry comes near while the note is kept.
	c := compare(was, is, n.at, n.at+2*window.Milliseconds())
	n.sum.Removed += c.removed
	n.sum.Changed += c.changed
	n.sum.Added += c.added
	n.sum.Entered += c.entered
	was.Source, was.At, was.Article = n.source, n.at, row.ID
	return n.tx.PutPast(was)
}

// Close writes how much was changed.
func (n *Notes) Close() error {
	if n.sum == (ledger.PastSum{}) {
		return nil
	}
	return n.tx.AddPast(n.source, n.at, n.sum)
}

// Forget lets what readers have now be what is compared with: the operator has released a change of the source.
func Forget(tx *ledger.Tx, source string) error {
	return tx.KeepPasts(source, math.MaxInt64, math.MaxInt64)
}

// state returns what a row is to readers at a moment. The empty row is nothing to them.
func state(row *ledger.Article, at int64) *ledger.Past {
	return &ledger.Past{
		Shown: row.InFeed || row.InSitemap, Meant: placement.Meant(row, at), Expires: row.Expires,
		ContentDigest: row.ContentDigest, DigestVersion: row.DigestVersion, URL: row.URL,
	}
}

func same(was, is *ledger.Past) bool {
	if !was.Shown && !is.Shown {
		return was.Meant == is.Meant
	}
	return was.Shown == is.Shown && was.Meant == is.Meant && was.Expires == is.Expires && !differ(was, is)
}

// differ reports whether readers see other words, or another URL. Digests of different versions of the reader tell nothing.
func differ(was, is *ledger.Past) bool {
	return was.ContentDigest != is.ContentDigest && was.DigestVersion == is.DigestVersion || was.URL != is.URL
}

// counts are numbers of articles: those that readers have no longer, those with other words or another URL, those that some document is
// to show, now or later, and those that readers have now.
type counts struct{ removed, changed, added, entered int64 }

func (c *counts) add(d counts, sign int64) {
	c.removed += sign * d.removed
	c.changed += sign * d.changed
	c.added += sign * d.added
	c.entered += sign * d.entered
}

// compare counts what became of an article by a moment. One with a new expiry before soon counts as gone: nothing guards the clock.
func compare(was, is *ledger.Past, at, soon int64) (c counts) {
	had := had(was, is, at)
	has := is.Shown && (is.Expires == 0 || is.Expires == was.Expires || is.Expires > soon)
	c.removed = one(had && !has)
	c.changed = one(had && has && differ(was, is))
	c.added = one(is.Meant && !was.Meant)
	c.entered = one(!had && has)
	return c
}

// had reports whether readers had an article. One that has left at the expiry that it had then was to leave.
func had(was, is *ledger.Past, at int64) bool {
	return was.Shown && (is.Shown || was.Expires == 0 || was.Expires > at)
}

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
