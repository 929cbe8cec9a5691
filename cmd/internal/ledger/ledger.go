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

	"herald/cmd/internal/ledger/database"
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
	tx    *sql.Tx
	ctx   context.Context
	short context.Context // ctx that never ends: the driver starts a goroutine for each statement under one that may
	stmts map[string]*sql.Stmt

	lastArticle int64          // the highest id given; 0: not looked up yet
	kinds       []TermKind     // whose terms are kept; nil: not looked up yet
	named       *bool          // names are kept; nil: not looked up yet
	changed     map[Value]bool // values of articles that were changed; nil: none was
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
	t := &Tx{tx: tx, ctx: ctx, short: context.WithoutCancel(ctx), stmts: map[string]*sql.Stmt{}}
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

func (t *Tx) stmt(query string) (*sql.Stmt, error) {
	if err := t.ctx.Err(); err != nil {
		return nil, err
	}
	if s := t.stmts[query]; s != nil {
		return s, nil
	}
	s, err := t.tx.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("state: %w", explain(err))
	}
	t.stmts[query] = s
	return s, nil
}

func (t *Tx) exec(query string, args ...any) error {
	_, err := t.change(query, args...)
	return err
}

// change is exec that returns how many rows changed.
func (t *Tx) change(query string, args ...any) (int64, error) {
	s, err := t.stmt(query)
	if err != nil {
		return 0, err
	}
	result, err := s.ExecContext(t.short, args...)
	switch {
	case err != nil && t.ctx.Err() != nil:
		return 0, t.ctx.Err() // its end has rolled the transaction back
	case err != nil:
		return 0, fmt.Errorf("state: %w", explain(err))
	}
	return result.RowsAffected()
}

// row scans the one row of a query; found is false when there is none.
func (t *Tx) row(query string, args []any, dest ...any) (found bool, err error) {
	s, err := t.stmt(query)
	if err != nil {
		return false, err
	}
	switch err := s.QueryRowContext(t.short, args...).Scan(dest...); {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("state: %w", explain(err))
	}
	return true, nil
}

// errEnough ends a query whose other rows nobody wants.
var errEnough = errors.New("enough")

// each calls f for every row of a query; f must not use the Tx for writing what it iterates over.
func (t *Tx) each(query string, args []any, f func(*sql.Rows) error) error {
	s, err := t.stmt(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(t.ctx, args...)
	if err != nil {
		return fmt.Errorf("state: %w", explain(err))
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("state: %w", explain(err))
	}
	return nil
}

func (t *Tx) count(query string, args ...any) (int64, error) {
	var n int64
	_, err := t.row(query, args, &n)
	return n, err
}

// has reports whether a table has a row that the rest of a query picks.
func (t *Tx) has(which string, args ...any) (bool, error) {
	n, err := t.count("select count(*) from (select 1 from "+which+" limit 1) as one", args...)
	return n > 0, err
}

func bit(b bool) int64 { return sqlform.Bit(b) }

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
