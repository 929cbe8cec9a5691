package dumpform

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// A dump is JSON Lines: a header, one flat object a row with its table under "table", and a
// footer that counts the rows, by which a cut dump is known. Numbers are numbers. Text and bytes
// are strings as they are; what is no UTF-8, and bytes that hold control characters, are
// {"base64": "…"}. So any bytes come back as they were.
const (
	format = 1       // of the lines; the schema has a number of its own
	head   = "state" // "herald" in the header
	end    = "end"   // "herald" in the footer
)

// Dumped says what a dump holds.
type Dumped struct {
	Schema int64            // the last migration of the ledger that was dumped
	Site   string           // the site.url that it last published for; "" is none yet
	At     time.Time        // when it was dumped, to the second
	Rows   int64            // of all tables
	Tables map[string]int64 // rows by table; one without rows is there with 0
}

// Column is a column of a table.
type Column struct {
	Name string
	Kind Kind
}

type header struct {
	Herald string    `json:"herald"`
	Format int       `json:"format"`
	Schema int64     `json:"schema"`
	Site   string    `json:"site"`
	At     time.Time `json:"at"`
}

type footer struct {
	Herald string           `json:"herald"`
	Rows   int64            `json:"rows"`
	Tables map[string]int64 `json:"tables"`
}

// Writer writes a dump, and holds one row at a time.
type Writer struct {
	Dumped Dumped // what was written so far

	w    *bufio.Writer
	line bytes.Buffer
	json *json.Encoder // writes to line
}

// NewWriter returns a Writer of a dump without tables.
func NewWriter(w io.Writer) *Writer {
	d := &Writer{w: bufio.NewWriterSize(w, 1<<16), Dumped: Dumped{Tables: map[string]int64{}}}
	d.json = json.NewEncoder(&d.line)
	d.json.SetEscapeHTML(false)
	return d
}

// Head writes the header.
func (d *Writer) Head(schema int64, site string, at time.Time) error {
	d.Dumped.Schema, d.Dumped.Site, d.Dumped.At = schema, site, at
	return d.write(header{head, format, schema, site, at})
}

// Table begins a table; its rows follow.
func (d *Writer) Table(name string) { d.Dumped.Tables[name] = 0 }

// Row writes a row of a table: its values in the order of columns.
func (d *Writer) Row(table string, columns []Column, values []any) error {
	d.Dumped.Tables[table]++
	d.Dumped.Rows++
	d.line.Reset()
	d.line.WriteString(`{"table":"` + table + `"`)
	for i, c := range columns {
		d.line.WriteString(`,"` + c.Name + `":`)
		v := Value(values[i])
		if v == nil {
			return fmt.Errorf("%s.%s holds a %T, which a dump has no form for", table, c.Name, values[i])
		}
		if err := d.json.Encode(v); err != nil {
			return err
		}
		d.line.Truncate(d.line.Len() - 1) // the end of line that Encode adds
	}
	d.line.WriteString("}\n")
	return d.put()
}

// End writes the footer.
func (d *Writer) End() error {
	if err := d.write(footer{end, d.Dumped.Rows, d.Dumped.Tables}); err != nil {
		return err
	}
	return d.w.Flush()
}

// write puts a line of its own.
func (d *Writer) write(v any) error {
	d.line.Reset()
	if err := d.json.Encode(v); err != nil {
		return err
	}
	return d.put()
}

func (d *Writer) put() error {
	_, err := d.w.Write(d.line.Bytes())
	return err
}
