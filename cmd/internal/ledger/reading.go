package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"

	"herald/cmd/internal/ledger/migrations"
	"herald/cmd/internal/ledger/sqlform"
	"herald/cmd/internal/ledger/statefile"
)

// OpenReading opens the state file at path without a trace, beside whoever writes it: nothing is written there, and Write
// fails. A state of an older schema is read as a copy that is brought up to date.
func OpenReading(ctx context.Context, path string) (*Ledger, error) {
	v, err := statefile.Open(path)
	if err != nil {
		return nil, err
	}
	if v.Copy {
		return openCopy(ctx, path, v)
	}
	l, current, err := openView(ctx, path, v)
	if err == nil && current {
		return l, nil
	}
	// It is of an older schema, or may not be read in its place: of the latter a copy is the only way.
	if v, err = statefile.Copied(path); err != nil {
		return nil, err
	}
	return openCopy(ctx, path, v)
}

// OpenCopy opens a private copy of the state file at path, which Close removes; an empty one where there is no state.
func OpenCopy(ctx context.Context, path string) (*Ledger, error) {
	v, err := statefile.Copied(path)
	if err != nil {
		return nil, err
	}
	return openCopy(ctx, path, v)
}

// openCopy opens a copy that is ours to write; errors name the state.
func openCopy(ctx context.Context, path string, v *statefile.View) (*Ledger, error) {
	l, err := openFile(ctx, v.Path, math.MaxInt64)
	if err != nil {
		return nil, unopened(path, errors.Join(err, v.Close()))
	}
	l.view = v
	return l, nil
}

// openView opens a state in its place, and reports whether its schema is ours.
func openView(ctx context.Context, path string, v *statefile.View) (l *Ledger, current bool, err error) {
	db, err := sql.Open("sqlite", sqlform.Reading(path, v.Parameters...))
	if err != nil {
		return nil, false, err
	}
	db.SetMaxOpenConns(4)
	l = &Ledger{path: path, read: db, write: db, view: v}
	if current, err = l.current(ctx); err != nil || !current {
		_ = l.Close()
	}
	return l, current, err
}

// Join opens the state file at path beside the process that holds it, which has brought it up to date: its schema stays
// as it is, and one that is not ours is refused.
func Join(ctx context.Context, path string) (*Ledger, error) {
	l, err := join(path)
	if err != nil {
		return nil, unopened(path, err)
	}
	switch current, err := l.current(ctx); {
	case err != nil:
		return nil, unopened(path, errors.Join(err, l.Close()))
	case !current:
		return nil, errors.Join(fmt.Errorf("the herald that holds state %s is of another version: restart it with this one", path), l.Close())
	}
	return l, nil
}

// current reports whether a state has the schema of this program.
func (l *Ledger) current(ctx context.Context) (current bool, err error) {
	newest, err := migrations.Newest()
	if err != nil {
		return false, err
	}
	err = l.Read(ctx, func(tx *Tx) error {
		own, err := tx.schema()
		current = own == newest
		return err
	})
	return current, err
}
