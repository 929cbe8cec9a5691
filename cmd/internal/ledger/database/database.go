// Package database opens the state's file: for writing, with its schema brought up to date; beside the process that holds it; or
// for reading without a trace.
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"herald/cmd/internal/ledger/sqlform"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/ledger/trouble"
)

// DB is an open state.
type DB struct {
	Path  string
	Write *sql.DB // one connection; of a state that is only read, it writes nothing
	Read  *sql.DB // it writes nothing

	view *statefile.View // how a state is read that is not ours to write; nil: it is
}

// Close releases the file.
func (d *DB) Close() error {
	err := errors.Join(d.Read.Close(), d.Write.Close())
	if d.view != nil {
		err = errors.Join(err, d.view.Close())
	}
	return err
}

// Newest is the version of the newest schema.
const Newest = math.MaxInt64

// ErrNewer says that a later version wrote the state.
var ErrNewer = errors.New("the state was written by a newer herald")

// Open opens the file at path for writing, and brings its schema up to a version, or to the newest where there is no such. A missing
// file is made. migrations are the files that make one schema of another.
func Open(ctx context.Context, path string, migrations fs.FS, version int64) (*DB, error) {
	d, err := open(ctx, path, migrations, version)
	return d, named(path, err)
}

func open(ctx context.Context, path string, migrations fs.FS, version int64) (*DB, error) {
	_ = statefile.Create(path) // where that fails, SQLite says why
	d, err := join(path)
	if err != nil {
		return nil, err
	}
	if err := Migrate(ctx, d.Write, goose.DialectSQLite3, migrations, version); err != nil {
		return nil, errors.Join(trouble.Unfit(err), d.Close())
	}
	return d, nil
}

func named(path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("open state %s: %w", path, err)
}

// join opens a file as it is.
func join(path string) (*DB, error) {
	d := &DB{Path: path}
	var err error
	if d.Write, err = sql.Open("sqlite", sqlform.File(path, "_txlock=immediate", "_pragma=synchronous(FULL)", "_pragma=cache_size(3000)")); err != nil {
		return nil, err
	}
	d.Write.SetMaxOpenConns(1)
	if d.Read, err = sql.Open("sqlite", sqlform.File(path, "_pragma=query_only(1)", "_pragma=cache_size(750)")); err != nil {
		return nil, errors.Join(err, d.Write.Close())
	}
	d.Read.SetMaxOpenConns(4)
	return d, nil
}

// Migrate brings a schema up to a version, or to the newest where there is no such. One that is newer than that is ErrNewer.
func Migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect, migrations fs.FS, version int64) error {
	p, err := goose.NewProvider(dialect, db, migrations)
	if err != nil {
		return err
	}
	sources := p.ListSources()
	newest := sources[len(sources)-1].Version
	now, err := p.GetDBVersion(ctx)
	switch {
	case err != nil:
	case now > newest:
		return fmt.Errorf("%w: its schema is %d, that of this herald %d; use the herald that wrote it", ErrNewer, now, newest)
	case version < newest:
		_, err = p.UpTo(ctx, version)
	default:
		_, err = p.Up(ctx)
	}
	return err
}
