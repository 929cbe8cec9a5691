package engine_test

import (
	"testing"

	"herald/cmd/internal/ledger"
	"herald/source/reader"
)

// Each row says which version of the digest it holds.
func TestRowsHoldTheVersionOfTheirDigest(t *testing.T) {
	n := newNewsroom(t)
	n.write("a.md", article("처음부터", "글"))
	n.pass()
	n.write("b.md", article("나중에", "글"))
	n.pass()
	n.must(n.ledger.Read(t.Context(), func(tx *ledger.Tx) error {
		return tx.All(func(row *ledger.Article) error {
			if row.DigestVersion != reader.DigestVersion {
				t.Errorf("%s: got version %d, want %d", row.Key, row.DigestVersion, reader.DigestVersion)
			}
			return nil
		})
	}))
}
