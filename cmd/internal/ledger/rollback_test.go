package ledger_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"herald/cmd/internal/ledger"
)

// The end of a context rolls a transaction back at once; what it still tries must not stand by itself.
func TestNothingIsWrittenBehindARollback(t *testing.T) {
	path := filepath.Join(t.TempDir(), "herald.db")
	open := func() *ledger.Ledger {
		l, err := ledger.Open(t.Context(), path)
		must(t, err)
		t.Cleanup(func() { l.Close() })
		return l
	}
	l, beside := open(), open()
	ctx, cancel := context.WithCancel(t.Context())
	err := l.Write(ctx, func(tx *ledger.Tx) error {
		must(t, tx.SetMeta("a", "1"))
		cancel()
		write(t, beside, func(tx *ledger.Tx) error { return tx.SetMeta("b", "1") }) // waits for the rollback
		return tx.SetMeta("a", "2")
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled write: %v", err)
	}
	for name, want := range map[string]string{"a": "", "b": "1"} {
		if got := get(t, l, func(tx *ledger.Tx) (string, error) { return tx.Meta(name) }); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
