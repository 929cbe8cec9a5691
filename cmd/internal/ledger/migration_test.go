package ledger_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"herald/cmd/internal/ledger"
	"herald/source/sql/servertest"
)

var update = flag.Bool("update", false, "write testdata/schema-N.jsonl of the newest schema anew")

// schemaFile is a state as a dump: that of the first schema was made by its program, each later one is what its
// migration makes of the one before. They stay as they are for ever.
func schemaFile(version int64) string { return fmt.Sprintf("testdata/schema-%d.jsonl", version) }

func newest(t *testing.T) int64 {
	n, err := strconv.ParseInt(schema, 10, 64)
	must(t, err)
	return n
}

// eachDatabase runs a test with the place of an empty database of either kind.
func eachDatabase(t *testing.T, test func(t *testing.T, at string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "herald.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, servertest.Schema(t)) })
}

// openAt opens a database with the migrations up to a version.
func openAt(t *testing.T, at string, version int64) *ledger.Ledger {
	t.Helper()
	l, err := ledger.OpenAt(t.Context(), at, version)
	must(t, err)
	t.Cleanup(func() { l.Close() })
	return l
}

// load fills an empty database with the state of a version.
func load(t *testing.T, at string, version int64) {
	t.Helper()
	state, err := os.ReadFile(schemaFile(version))
	must(t, err)
	_, err = openAt(t, at, version).Load(t.Context(), strings.NewReader(string(state)))
	must(t, err)
}

// Each migration makes of the state before it what it is to make.
func TestMigrationsApplyOneAfterAnother(t *testing.T) {
	if *update && newest(t) == 1 {
		l := openFile(t)
		fill(t, l)
		must(t, os.WriteFile(schemaFile(1), []byte(dump(t, l)), 0o644))
	}
	for version := range newest(t) {
		version++
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, at string) {
				load(t, at, max(version-1, 1))
				got := dump(t, openAt(t, at, version))
				if *update && version == newest(t) {
					must(t, os.WriteFile(schemaFile(version), []byte(got), 0o644))
				}
				if want, err := os.ReadFile(schemaFile(version)); err != nil || got != string(want) {
					t.Errorf("%v: got\n%s\nwant\n%s", err, got, want)
				}
			})
		})
	}
}

// The newest program makes the same of a state of any schema, and of its own.
func TestTheNewestProgramTakesUpEveryState(t *testing.T) {
	want, err := os.ReadFile(schemaFile(newest(t)))
	must(t, err)
	for version := range newest(t) {
		version++
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			eachDatabase(t, func(t *testing.T, at string) {
				load(t, at, version)
				open := ledger.Open
				if strings.HasPrefix(at, "postgres:") {
					open = ledger.OpenPostgres
				}
				l, err := open(t.Context(), at)
				must(t, err)
				defer l.Close()
				if got := dump(t, l); got != string(want) {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
				put(t, l, row("새.md", 1_800_000_000_000)) // and it works with it
				found := get(t, l, func(tx *ledger.Tx) ([]*ledger.Article, error) { return tx.Find("가/나.md", 2) })
				if len(found) != 1 || found[0].Shown.Title != "제목 가/나.md" {
					t.Errorf("got %+v, want the article of 가/나.md", found)
				}
			})
		})
	}
}
