package sqlform_test

import (
	"strings"
	"sync"
	"testing"

	"herald/cmd/internal/ledger/sqlform"
)

// What was packed or could not be read before leaves no trace in what comes next, whoever packs beside it.
func TestDeflateAgainAndAgain(t *testing.T) {
	texts := []string{"", "가", strings.Repeat("나루터 ", 5000), "\x00\xff", strings.Repeat("x", 100_000)}
	first := make([]string, len(texts))
	for i, text := range texts {
		packed, err := sqlform.Deflate(text)
		if err != nil {
			t.Fatal(err)
		}
		first[i] = string(packed)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for n := range 200 {
				i := n % len(texts)
				packed, err := sqlform.Deflate(texts[i])
				if err != nil || string(packed) != first[i] {
					t.Errorf("text %d is packed into other bytes: %v", i, err)
				}
				if n%7 == 0 {
					if _, err := sqlform.Inflate([]byte("no such thing")); err == nil {
						t.Error("what was not packed is unpacked")
					}
				}
				if text, err := sqlform.Inflate(packed); err != nil || text != texts[i] {
					t.Errorf("text %d comes back as another: %v", i, err)
				}
			}
		})
	}
	all.Wait()
}
