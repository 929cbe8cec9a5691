package guard

import (
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
)

// Note keeps what the article of a row was before a scan that began at a moment changed it: old is the row before, empty for a new
// article. It keeps nothing where readers have the same afterwards. Times are milliseconds.
func Note(tx *ledger.Tx, old, row *ledger.Article, at int64) error {
	was, is := state(old, at), state(row, at)
	if same(was, is) {
		return nil
	}
	was.Source, was.At, was.Article = row.Source, at, row.ID
	return tx.PutPast(was)
}

// Forget lets what readers have now be what is compared with: the operator has released a change of the source ("": of all).
func Forget(tx *ledger.Tx, source string) error { return tx.ForgetPasts(source) }

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
