package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"herald/cmd/internal/ledger/sqlform"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/ledger/trouble"
)

// OpenReading opens the file at path without a trace, beside whoever writes it. One of an older schema is read as a copy that is brought
// up to date.
func OpenReading(ctx context.Context, path string, migrations fs.FS) (*DB, error) {
	v, err := statefile.Open(path)
	if err != nil {
		return nil, err
	}
	if v.Copy {
		return openCopy(ctx, path, v, migrations)
	}
	d, current, err := openView(ctx, path, v, migrations)
	if err == nil && current {
		return d, nil
	}
	return OpenCopy(ctx, path, migrations) // it is of an older schema, or cannot be read in its place
}

// OpenCopy opens a private copy of the file at path, which may be written and which Close removes; an empty one where there is
// no file.
func OpenCopy(ctx context.Context, path string, migrations fs.FS) (*DB, error) {
	v, err := statefile.Copied(path)
	if err != nil {
		return nil, err
	}
	return openCopy(ctx, path, v, migrations)
}

// openCopy opens a copy that is ours to write; errors name the state.
func openCopy(ctx context.Context, path string, v *statefile.View, migrations fs.FS) (*DB, error) {
	d, err := open(ctx, v.Path, migrations, Newest)
	if err != nil {
		return nil, named(path, errors.Join(err, v.Close()))
	}
	d.view = v
	return d, nil
}

// openView opens a file in its place, and reports whether its schema is the newest.
func openView(ctx context.Context, path string, v *statefile.View, migrations fs.FS) (d *DB, current bool, err error) {
	db, err := sql.Open("sqlite", sqlform.Reading(path, v.Parameters...))
	if err != nil {
		return nil, false, err
	}
	db.SetMaxOpenConns(4)
	d = &DB{Path: path, Read: db, Write: db, view: v}
	if current, err = d.current(ctx, migrations); err != nil || !current {
		_ = d.Close()
	}
	return d, current, err
}

// Join opens the file at path for writing beside the process that holds it, which has brought its schema up to date: one that is
// not the newest is refused, and stays as it is.
func Join(ctx context.Context, path string, migrations fs.FS) (*DB, error) {
	d, err := join(path)
	if err != nil {
		return nil, named(path, err)
	}
	switch current, err := d.current(ctx, migrations); {
	case err != nil:
		return nil, named(path, errors.Join(trouble.Explain(err), d.Close()))
	case !current:
		return nil, errors.Join(fmt.Errorf("the herald that holds state %s is of another version: restart it with this one", path), d.Close())
	}
	return d, nil
}

// current reports whether a file has the newest schema.
func (d *DB) current(ctx context.Context, migrations fs.FS) (bool, error) {
	files, err := fs.Glob(migrations, "*.sql")
	if err != nil || len(files) == 0 {
		return false, err
	}
	newest, _, _ := strings.Cut(files[len(files)-1], "_")
	own := int64(0)
	err = d.Read.QueryRowContext(ctx, "select coalesce(max(version_id), 0) from goose_db_version").Scan(&own)
	return fmt.Sprintf("%05d", own) == newest, err
}
