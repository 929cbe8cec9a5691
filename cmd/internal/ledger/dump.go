package ledger

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"herald/cmd/internal/ledger/dumpform"
)

// A dump is JSON Lines: a header, one flat object a row with its table under "table", and a
// footer that counts the rows, by which a cut dump is known. Numbers are numbers. Text and bytes
// are strings as they are; what is no UTF-8, and bytes that hold control characters, are
// {"base64": "…"}. So any bytes come back as they were.
const (
	dumpFormat = 1       // of the lines; the schema has a number of its own
	dumpHead   = "state" // "herald" in the header
	dumpEnd    = "end"   // "herald" in the footer
)

// Dumped says what a dump holds.
type Dumped struct {
	Schema int64            // the last migration of the ledger that was dumped
	Site   string           // the site.url that it last published for; "" is none yet
	At     time.Time        // when it was dumped
	Rows   int64            // of all tables
	Tables map[string]int64 // rows by table; one without rows is there with 0
}

type dumpHeader struct {
	Herald string    `json:"herald"`
	Format int       `json:"format"`
	Schema int64     `json:"schema"`
	Site   string    `json:"site"`
	At     time.Time `json:"at"`
}

type dumpFooter struct {
	Herald string           `json:"herald"`
	Rows   int64            `json:"rows"`
	Tables map[string]int64 `json:"tables"`
}

// dumpTable is a table with the columns that order its rows: those of its primary key, so that
// equal ledgers give equal dumps.
type dumpTable struct{ name, order string }

// dumpTables are the tables that travel. Stage, which each scan begins anew, and request, which is between two
// processes of this moment, mean nothing elsewhere; term and term_kind are made from article and what feeds ask for.
func dumpTables() []dumpTable {
	return []dumpTable{
		{"meta", "name"}, {"source", "name"}, {"hold", "id"}, {"article", "id"}, {"seen", "source, key"}, {"body", "article"},
		{"refusal", "source, key"}, {"sighting", "source, key"}, {"touched", "article"}, {"shard", "name"},
		{"receipt", "path"}, {"feed", "name"}, {"edition", "id"}, {"notice", "target, channel, url"},
	}
}

// columns returns those of a table as the schema has them.
func (t *Tx) columns(table string) ([]column, error) {
	s, err := t.stmt("select * from " + table + " where 1 = 0")
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(t.ctx)
	if err != nil {
		return nil, fmt.Errorf("state: %w", explain(err))
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, fmt.Errorf("state: %w", err)
	}
	var out []column
	for _, c := range types {
		k := dumpform.KindOf(c.DatabaseTypeName())
		if k == "" {
			return nil, fmt.Errorf("state: %s.%s is of the type %s, which a dump has no form for", table, c.Name(), c.DatabaseTypeName())
		}
		out = append(out, column{c.Name(), k})
	}
	return out, nil
}

// schema returns the number of the last migration.
func (t *Tx) schema() (int64, error) {
	return t.count("select coalesce(max(version_id), 0) from goose_db_version")
}

// column is a column of a table in a dump.
type column struct {
	name string
	kind dumpform.Kind
}

// Dump writes the ledger as it stands at one moment, for Load to read. It runs beside any writer,
// and holds one row at a time. at is noted in the header, to the second.
func (l *Ledger) Dump(ctx context.Context, w io.Writer, at time.Time) (*Dumped, error) {
	d := newDumper(w, at)
	if err := l.Read(ctx, d.all); err != nil {
		return nil, err
	}
	return &d.dumped, d.w.Flush()
}

type dumper struct {
	w      *bufio.Writer
	line   bytes.Buffer
	json   *json.Encoder // writes to line
	dumped Dumped
}

func newDumper(w io.Writer, at time.Time) *dumper {
	d := &dumper{w: bufio.NewWriterSize(w, 1<<16), dumped: Dumped{At: at.UTC().Truncate(time.Second), Tables: map[string]int64{}}}
	d.json = json.NewEncoder(&d.line)
	d.json.SetEscapeHTML(false)
	return d
}

func (d *dumper) all(tx *Tx) (err error) {
	if d.dumped.Schema, err = tx.schema(); err != nil {
		return err
	}
	if d.dumped.Site, err = tx.Meta("site_url"); err != nil {
		return err
	}
	if err := d.write(dumpHeader{dumpHead, dumpFormat, d.dumped.Schema, d.dumped.Site, d.dumped.At}); err != nil {
		return err
	}
	for _, table := range dumpTables() {
		if err := d.table(tx, table); err != nil {
			return err
		}
	}
	return d.write(dumpFooter{dumpEnd, d.dumped.Rows, d.dumped.Tables})
}

// write puts a line of its own.
func (d *dumper) write(v any) error {
	d.line.Reset()
	if err := d.json.Encode(v); err != nil {
		return err
	}
	return d.put()
}

func (d *dumper) put() error {
	_, err := d.w.Write(d.line.Bytes())
	return err
}

func (d *dumper) table(tx *Tx, table dumpTable) error {
	columns, err := tx.columns(table.name)
	if err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	d.dumped.Tables[table.name] = 0
	return tx.each("select * from "+table.name+" order by "+table.order, nil, func(rows *sql.Rows) error {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("state: %w", explain(err))
		}
		d.dumped.Tables[table.name]++
		d.dumped.Rows++
		return d.row(table.name, columns, values)
	})
}

func (d *dumper) row(table string, columns []column, values []any) error {
	d.line.Reset()
	d.line.WriteString(`{"table":"` + table + `"`)
	for i, c := range columns {
		d.line.WriteString(`,"` + c.name + `":`)
		v := dumpform.Value(values[i])
		if v == nil {
			return fmt.Errorf("state: %s.%s holds a %T, which a dump has no form for", table, c.name, values[i])
		}
		if err := d.json.Encode(v); err != nil {
			return err
		}
		d.line.Truncate(d.line.Len() - 1) // the end of line that Encode adds
	}
	d.line.WriteString("}\n")
	return d.put()
}
