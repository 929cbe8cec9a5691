package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"slices"
	"time"

	"herald/cmd/internal/ledger/dumpform"
)

// Dumped says what a dump holds.
type Dumped = dumpform.Dumped

// dumpTable is a table with the columns that order its rows: those of its primary key, so that
// equal ledgers give equal dumps, and the schema that made it.
type dumpTable struct {
	name, order string
	since       int64
}

// dumpTables are the tables of a schema that travel. Stage, which each scan begins anew, and request, which is between two
// processes of this moment, mean nothing elsewhere; term and name are made from article, for what feeds and links ask for.
func dumpTables(schema int64) []dumpTable {
	all := []dumpTable{
		{"meta", "name", 1}, {"source", "name", 1}, {"hold", "id", 1}, {"article", "id", 1}, {"seen", "source, key", 1}, {"body", "article", 1},
		{"refusal", "source, key", 1}, {"sighting", "source, key", 1}, {"touched", "article", 1}, {"shard", "name", 1},
		{"receipt", "path", 1}, {"feed", "name", 1}, {"edition", "id", 1}, {"notice", "target, channel, url", 1},
		{"pause", "target, channel", 2}, {"awaited", "article", 5}, {"past", "source, at, article", 6}, {"past_sum", "source, at", 6},
		{"value", "kind, value", 7}, {"kept", "feed, article", 7}, {"term_kind", "kind", 7},
		{"archive", "feed", 8}, {"archive_page", "feed, number", 8},
	}
	return slices.DeleteFunc(all, func(t dumpTable) bool { return t.since > schema })
}

// columns returns those of a table as the schema has them.
func (t *Tx) columns(table string) ([]dumpform.Column, error) {
	types, err := t.conn.Columns(table)
	if err != nil {
		return nil, err
	}
	var out []dumpform.Column
	for _, c := range types {
		k := dumpform.KindOf(c.DatabaseTypeName())
		if k == "" {
			return nil, fmt.Errorf("state: %s.%s is of the type %s, which a dump has no form for", table, c.Name(), c.DatabaseTypeName())
		}
		out = append(out, dumpform.Column{Name: c.Name(), Kind: k})
	}
	return out, nil
}

// schema returns the number of the last migration.
func (t *Tx) schema() (int64, error) {
	return t.count("select coalesce(max(version_id), 0) from goose_db_version")
}

// Dump writes the ledger as it stands at one moment, for Load to read. It runs beside any writer,
// and holds one row at a time. at is noted in the header, to the second.
func (l *Ledger) Dump(ctx context.Context, w io.Writer, at time.Time) (*Dumped, error) {
	d := dumpform.NewWriter(w)
	err := l.Read(ctx, func(tx *Tx) error {
		schema, err := tx.schema()
		if err != nil {
			return err
		}
		site, err := tx.Meta("site_url")
		if err != nil {
			return err
		}
		if err := d.Head(schema, site, at.UTC().Truncate(time.Second)); err != nil {
			return err
		}
		for _, table := range dumpTables(schema) {
			if err := tx.dump(d, table); err != nil {
				return err
			}
		}
		return d.End()
	})
	if err != nil {
		return nil, err
	}
	return &d.Dumped, nil
}

// dump writes the rows of a table.
func (t *Tx) dump(d *dumpform.Writer, table dumpTable) error {
	columns, err := t.columns(table.name)
	if err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	d.Table(table.name)
	return t.each("select * from "+table.name+" order by "+table.order, nil, func(rows *sql.Rows) error {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("state: %w", explain(err))
		}
		if err := d.Row(table.name, columns, values); err != nil {
			return fmt.Errorf("state: %w", err)
		}
		return nil
	})
}
