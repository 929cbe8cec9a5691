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

func TestBarePlaceholders(t *testing.T) {
	for query, want := range map[string]string{
		"delete from seen":                               "delete from seen",
		"insert into t values ($1, $2,$3)":               "insert into t values (?, ?,?)",
		"values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) do $11": "values (?,?,?,?,?,?,?,?,?,?) do ?",
		"update t set a = $2 where id = $1":              "update t set a = $2 where id = $1",
		"where a = $1 or b = $1":                         "where a = $1 or b = $1",
		"where a = $10":                                  "where a = $10",
		"where a = $1 and b = $a":                        "where a = $1 and b = $a",
	} {
		if got := ledger.Bare(query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}
