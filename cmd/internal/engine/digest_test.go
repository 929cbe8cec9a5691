package engine_test

import (
	"fmt"
	"testing"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
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

// A new version of the reader, whose digests are others, changes no date and tells nobody; what an editor changes later
// does.
func TestANewVersionOfTheDigestIsNoChange(t *testing.T) {
	n := newNewsroom(t)
	for i := range 12 {
		n.write(fmt.Sprintf("글-%02d.md", i), article(fmt.Sprintf("글 %d", i), "글"))
	}
	n.pass()
	n.deliver()
	n.world.heard()
	before := n.documents()
	n.must(n.ledger.Write(t.Context(), func(tx *ledger.Tx) error {
		return tx.All(func(row *ledger.Article) error {
			row.DigestVersion--
			if row.ID%3 != 0 { // more than the guard lets through
				row.ContentDigest[0]++
				row.Digest = placement.Digest(row)
			}
			row.ToldURL.Digest, row.ToldTopic.Digest = row.Digest, row.Digest
			return tx.Put(row)
		})
	}))
	n.tweak = append(n.tweak, func(s *settings) { s.Sources[0].ReadAs += "2" })
	n.open()
	scan, _ := n.pass()
	if scan.Hold != nil {
		t.Fatalf("held: %+v", scan.Hold)
	}
	for name, body := range n.documents() {
		if body != before[name] {
			t.Errorf("%s: got\n%s\nwant\n%s", name, body, before[name])
		}
	}
	n.deliver()
	if urls, topics := n.world.heard(); len(urls)+len(topics) > 0 {
		t.Errorf("told of %q and %q, want nobody told", urls, topics)
	}
	for _, i := range []int{0, 2} { // one whose digest was another, and one whose was not
		n.write(fmt.Sprintf("글-%02d.md", i), article(fmt.Sprintf("글 %d", i), "다른 글"))
	}
	if scan, _ := n.pass(); scan.Changed != 2 {
		t.Errorf("got %d changed, want 2", scan.Changed)
	}
	n.deliver()
	if urls, _ := n.world.heard(); len(urls) != 2 {
		t.Errorf("told of %q, want the two that an editor changed", urls)
	}
}
