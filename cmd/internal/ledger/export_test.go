package ledger

import (
	"context"
	"errors"
	"os"

	"database/sql"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/pressly/goose/v3"
)

// OpenPostgres opens a ledger in the schema that a connection string names. It is for tests: they
// keep the one SQL text honest until a state in Postgres is offered.
func OpenPostgres(ctx context.Context, dsn string) (*Ledger, error) {
	write, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	read, err := sql.Open("pgx", dsn+"&default_transaction_isolation=repeatable%20read&default_transaction_read_only=on")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	write.SetMaxOpenConns(1)
	read.SetMaxOpenConns(4)
	l := &Ledger{path: dsn, write: write, read: read}
	if err := migrate(ctx, write, goose.DialectPostgres, os.DirFS("."), "migrations/postgres"); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}
