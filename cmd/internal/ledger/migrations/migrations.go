// Package migrations brings the schema of a state file up to date. Each file below sqlite is one step, and its namesake below postgres the
// same step in the words of that database, which only tests open.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
)

//go:embed sqlite/*.sql
var files embed.FS

// ErrNewer says that a later version wrote the state.
var ErrNewer = errors.New("the state was written by a newer herald")

// Apply takes the steps that a state file lacks, up to a version, or all where there is no such.
func Apply(ctx context.Context, db *sql.DB, version int64) error {
	steps, err := fs.Sub(files, "sqlite")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, steps)
	if err != nil {
		return err
	}
	all := p.ListSources()
	newest := all[len(all)-1].Version
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

// Newest returns the schema that all steps together make.
func Newest() (int64, error) {
	steps, err := files.ReadDir("sqlite")
	if err != nil {
		return 0, err
	}
	number, _, _ := strings.Cut(steps[len(steps)-1].Name(), "_")
	return strconv.ParseInt(number, 10, 64)
}
