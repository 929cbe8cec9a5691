package ledger_test

import (
	"os"
	"testing"

	"herald/cmd/internal/ledger"
	"herald/source/sql/servertest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	servertest.Stop()
	os.Exit(code)
}

// openPostgres returns a ledger in a new schema. Where the machine has no Postgres the test is
// skipped; CI counts that as a failure.
func openPostgres(t *testing.T) *ledger.Ledger {
	t.Helper()
	l, err := ledger.OpenPostgres(t.Context(), servertest.Schema(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}
