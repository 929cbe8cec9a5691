// Package ledger is the durable memory: what we know of articles, what we have published, and who
// was told. It lives in one SQLite file.
//
// Times are int64 milliseconds since 1970 UTC, 0 meaning none; keys, ids and URLs are kept as
// bytes, so that any bytes are held and their order is byte order. All writing goes through
// Write, one transaction at a time; reading goes beside it through Read. A Ledger may be used by
// several goroutines at once; a Tx by one.
package ledger

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"herald/cmd/internal/ledger/copies"
	"herald/cmd/internal/ledger/database"
	"herald/cmd/internal/ledger/notice"
	"herald/cmd/internal/ledger/pairs"
	"herald/cmd/internal/ledger/records"
	"herald/cmd/internal/ledger/sqlform"
	"herald/cmd/internal/ledger/trouble"
)

//go:embed migrations/sqlite/*.sql
var migrations embed.FS

// Ledger is an open state file.
type Ledger struct{ db *database.DB }

// Open opens the state file at path and brings its schema up to date; a missing file is made.
// Close it when done.
func Open(ctx context.Context, path string) (*Ledger, error) {
	return opened(database.Open(ctx, path, ourMigrations(), database.Newest))
}

// OpenReading opens the state file at path without a trace, beside whoever writes it: nothing is written there, and Write
// fails. A state of an older schema is read as a copy that is brought up to date.
func OpenReading(ctx context.Context, path string) (*Ledger, error) {
	return opened(database.OpenReading(ctx, path, ourMigrations()))
}

// OpenCopy opens a private copy of the state file at path, which Close removes; an empty one where there is no state.
func OpenCopy(ctx context.Context, path string) (*Ledger, error) {
	return opened(database.OpenCopy(ctx, path, ourMigrations()))
}

// Join opens the state file at path beside the process that holds it. Its schema stays as it is, and one that is not ours is
// refused.
func Join(ctx context.Context, path string) (*Ledger, error) {
	return opened(database.Join(ctx, path, ourMigrations()))
}

func opened(db *database.DB, err error) (*Ledger, error) {
	if err != nil {
		return nil, err
	}
	return &Ledger{db}, nil
}

func ourMigrations() fs.FS {
	ours, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil { // the name is a constant
		panic(err)
	}
	return ours
}

// ErrDamaged says that the state contradicts itself.
var ErrDamaged = trouble.ErrDamaged

// explain adds what an operator can do to an error of the database.
func explain(err error) error { return trouble.Explain(err) }

// Close releases the file.
func (l *Ledger) Close() error { return l.db.Close() }

// Tx is an open transaction, for writing or for reading one moment.
type Tx struct {
	conn *records.Conn
	pairs.Finder

	lastArticle int64          // the highest id given; 0: not looked up yet
	kinds       []TermKind     // whose terms are kept; nil: not looked up yet
	named       *bool          // names are kept; nil: not looked up yet
	changed     map[Value]bool // values of articles that were changed; nil: none was
	receipts    []Receipt      // all; nil: not read yet, or changed since
}

// Write runs f in a transaction that is committed, durably, when f returns nil, and rolled back
// otherwise. Inside f the Ledger itself must not be used: there is one connection.
func (l *Ledger) Write(ctx context.Context, f func(*Tx) error) error {
	return l.run(ctx, l.db.Write, f)
}

// Read runs f in a transaction that sees one moment and can write nothing.
func (l *Ledger) Read(ctx context.Context, f func(*Tx) error) error { return l.run(ctx, l.db.Read, f) }

func (l *Ledger) run(ctx context.Context, db *sql.DB, f func(*Tx) error) (err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("state: %w", explain(err))
	}
	conn := records.In(ctx, tx)
	t := &Tx{conn: conn, Finder: pairs.In(conn)}
	err = f(t)
	if err == nil {
		err = t.putChanges()
	}
	if err != nil {
		if undone := tx.Rollback(); !errors.Is(undone, sql.ErrTxDone) {
			err = errors.Join(err, undone)
		}
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("state: %w", explain(err))
	}
	return nil
}

func (t *Tx) exec(query string, args ...any) error { return t.conn.Exec(query, args...) }

// change is exec that returns how many rows changed.
func (t *Tx) change(query string, args ...any) (int64, error) { return t.conn.Change(query, args...) }

// row scans the one row of a query; found is false when there is none.
func (t *Tx) row(query string, args []any, dest ...any) (found bool, err error) {
	return t.conn.Row(query, args, dest...)
}

// errEnough ends a query whose other rows nobody wants.
var errEnough = errors.New("enough")

// each calls f for every row of a query; f must not use the Tx for writing what it iterates over.
func (t *Tx) each(query string, args []any, f func(*sql.Rows) error) error {
	return t.conn.Each(query, args, f)
}

func (t *Tx) count(query string, args ...any) (int64, error) { return t.conn.Count(query, args...) }

// has reports whether a table has a row that the rest of a query picks.
func (t *Tx) has(which string, args ...any) (bool, error) { return t.conn.Has(which, args...) }

// ids returns the numbers that a query picks.
func (t *Tx) ids(query string, args ...any) ([]int64, error) {
	return records.List(t.conn, records.Itself[int64], query, args...)
}

// blob is a string that a column keeps as bytes, fixed an array.
type (
	blob  = sqlform.Blob
	fixed = sqlform.Fixed
)

func bit(b bool) int64 { return sqlform.Bit(b) }

// Copies keeps the entries whose article another source leads.
func (t *Tx) Copies() copies.Table { return copies.In(t.conn) }

// Notices are what targets are to hear, and heard.
func (t *Tx) Notices() notice.Table { return notice.In(t.conn) }

// Millis returns t in the ledger's unit; the zero time is 0.
func Millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// Time returns a ledger time back, in UTC; 0 is the zero time.
func Time(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
