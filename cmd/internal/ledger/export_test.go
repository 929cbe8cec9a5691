package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/pressly/goose/v3"

	"herald/cmd/internal/ledger/database"
	"herald/cmd/internal/ledger/dumpform"
	"herald/cmd/internal/ledger/sqlform"
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
	l := &Ledger{&database.DB{Path: dsn, Write: write, Read: read}}
	if err := database.Migrate(ctx, write, goose.DialectPostgres, os.DirFS("migrations/postgres"), database.Newest); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// OpenAt opens the database at a path or connection string with the migrations up to version, and none that follow.
func OpenAt(ctx context.Context, at string, version int64) (*Ledger, error) {
	driver, name, dialect, folder := "sqlite", sqlform.File(at), goose.DialectSQLite3, "migrations/sqlite"
	if strings.HasPrefix(at, "postgres:") {
		driver, name, dialect, folder = "pgx", at, goose.DialectPostgres, "migrations/postgres"
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		return nil, err
	}
	p, err := goose.NewProvider(dialect, db, os.DirFS(folder))
	if err == nil {
		_, err = p.UpTo(ctx, version)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Ledger{&database.DB{Path: at, Write: db, Read: db}}, nil
}

// Path returns the file that the ledger lives in.
func (l *Ledger) Path() string { return l.db.Path }

// Reload reads a dump of the tables refusal and touched, and writes what it has read. No database
// takes part.
func Reload(dump []byte, schema string) (again []byte, err error) {
	number, _ := strconv.ParseInt(schema, 10, 64)
	tables := map[string][]dumpform.Column{
		"refusal": {{Name: "source", Kind: dumpform.Text}, {Name: "key", Kind: dumpform.Bytes}, {Name: "reason", Kind: dumpform.Text}, {Name: "since", Kind: dumpform.Number}},
		"touched": {{Name: "article", Kind: dumpform.Number}},
	}
	type row struct {
		table  string
		values []any
	}
	var rows []row
	d, err := dumpform.Read(bytes.NewReader(dump), number, tables, func(table string, values []any) error {
		rows = append(rows, row{table, values})
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := dumpform.NewWriter(&out)
	err = w.Head(d.Schema, d.Site, d.At)
	for table := range tables {
		w.Table(table)
	}
	for _, r := range rows {
		err = errors.Join(err, w.Row(r.table, tables[r.table], r.values))
	}
	err = errors.Join(err, w.End())
	return out.Bytes(), err
}

// Tables returns all tables that a ledger has, as its database lists them.
func (l *Ledger) Tables(ctx context.Context) (names []string, err error) {
	catalog := "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
	if strings.HasPrefix(l.db.Path, "postgres:") {
		catalog = "select table_name from information_schema.tables where table_schema = current_schema()"
	}
	err = l.Read(ctx, func(tx *Tx) error {
		return tx.each(catalog, nil, func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&name)
			names = append(names, name)
			return err
		})
	})
	return names, err
}

// Raw returns the rows of a table as the database holds them, each value with its type.
func (l *Ledger) Raw(ctx context.Context, table string) (out []string, err error) {
	err = l.Read(ctx, func(tx *Tx) error {
		return tx.each("select * from "+table, nil, func(rows *sql.Rows) error {
			names, err := rows.Columns()
			if err != nil {
				return err
			}
			values, into := make([]any, len(names)), make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			err = rows.Scan(into...)
			for i, v := range values {
				values[i] = fmt.Sprintf("%s %T %q", names[i], v, fmt.Sprint(v))
			}
			out = append(out, fmt.Sprint(values...))
			return err
		})
	})
	slices.Sort(out)
	return out, err
}

// Plan returns how SQLite finds what NewestOf gives.
func (l *Ledger) Plan(ctx context.Context, w Where, limit int) (steps []string, err error) {
	err = l.Read(ctx, func(tx *Tx) error {
		query, args, err := tx.newestQuery(w, limit)
		if err != nil {
			return err
		}
		return tx.each("explain query plan "+query, args, func(rows *sql.Rows) error {
			var id, parent, unused int
			var step string
			err := rows.Scan(&id, &parent, &unused, &step)
			steps = append(steps, step)
			return err
		})
	})
	return steps, err
}

// Writes counts the rows that f changes, on SQLite.
func (t *Tx) Writes(f func() error) (int64, error) {
	before, err := t.count("select total_changes()")
	if err != nil {
		return 0, err
	}
	if err := f(); err != nil {
		return 0, err
	}
	after, err := t.count("select total_changes()")
	return after - before, err
}

// SetSchema notes another schema in a state file.
func SetSchema(path string, version int64) error {
	l, err := Join(context.Background(), path)
	if err != nil {
		return err
	}
	err = l.Write(context.Background(), func(t *Tx) error {
		return t.exec("insert into goose_db_version (version_id, is_applied) values ($1, 1)", version)
	})
	return errors.Join(err, l.Close())
}
