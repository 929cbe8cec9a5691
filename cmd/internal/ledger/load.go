package ledger

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"herald/cmd/internal/ledger/database"
	"herald/cmd/internal/ledger/dumpform"
	"herald/cmd/internal/ledger/sqlform"
	"herald/cmd/internal/ledger/statefile"
)

// ErrNotEmpty says that a dump was to be loaded into a ledger that holds something.
var ErrNotEmpty = errors.New("the ledger holds something already")

// maxDumpHeader bounds the first line of a dump.
const maxDumpHeader = 4 << 10

// OpenFor opens the state file at path for a dump that in begins with: with the schema that the dump has, where that is an
// older one and the file holds nothing yet. The next Open brings it up to date. What is no dump, or one of a newer schema, is
// left for Load to refuse.
func OpenFor(ctx context.Context, path string, in *bufio.Reader) (*Ledger, error) {
	begin, _ := in.Peek(maxDumpHeader)
	schema := dumpform.SchemaOf(begin)
	if schema <= 0 {
		return Open(ctx, path)
	}
	if !statefile.Exists(path) {
		return opened(database.Open(ctx, path, ourMigrations(), schema))
	}
	l, err := Open(ctx, path)
	if err != nil {
		return nil, err
	}
	older := false
	err = l.Read(ctx, func(tx *Tx) error {
		own, err := tx.schema()
		if err != nil || own <= schema {
			return err
		}
		_, err = tx.emptyTables(own)
		older = err == nil
		return ignore(err, ErrNotEmpty)
	})
	if err != nil || !older {
		return l, err
	}
	if err := errors.Join(l.Close(), statefile.Remove(path)); err != nil {
		return nil, err
	}
	return opened(database.Open(ctx, path, ourMigrations(), schema))
}

// ignore returns err unless it is what is expected.
func ignore(err, expected error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}

// Load fills an empty ledger with what Dump wrote, of this database or the other: all of it, or, if
// anything is wrong with it, nothing. A ledger that holds something is left as it is: ErrNotEmpty. A fault
// of the dump is named with its line.
func (l *Ledger) Load(ctx context.Context, r io.Reader) (d *Dumped, err error) {
	err = l.Write(ctx, func(t *Tx) error {
		schema, err := t.schema()
		if err != nil {
			return err
		}
		if err := t.KeepTerms(); err != nil { // those that were kept of the rows to come are made below
			return err
		}
		tables, err := t.emptyTables(schema)
		if err != nil {
			return err
		}
		d, err = dumpform.Read(r, schema, tables, func(table string, values []any) error {
			return t.exec(insertInto(table, tables[table]), values...)
		})
		if err != nil {
			return err
		}
		t.kinds = nil
		kinds, err := t.keptKinds()
		if err != nil {
			return err
		}
		return errors.Join(t.eachTerms(kinds, t.addTerms), t.remakeNames())
	})
	return d, err
}

// emptyTables returns the tables of a dump as the ledger has them, or ErrNotEmpty.
func (t *Tx) emptyTables(schema int64) (map[string][]dumpform.Column, error) {
	tables := map[string][]dumpform.Column{}
	for _, table := range dumpTables(schema) {
		switch some, err := t.has(table.name); {
		case err != nil:
			return nil, err
		case some:
			return nil, ErrNotEmpty
		}
		columns, err := t.columns(table.name)
		if err != nil {
			return nil, err
		}
		tables[table.name] = columns
	}
	return tables, nil
}

// insertInto returns the statement that adds a row.
func insertInto(table string, columns []dumpform.Column) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return "insert into " + table + " (" + strings.Join(names, ", ") + ") values (" + sqlform.Placeholders(1, len(names)) + ")"
}
