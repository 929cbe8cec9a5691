package ledger

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"herald/cmd/internal/ledger/dumpform"
)

// ErrNotEmpty says that a dump was to be loaded into a ledger that holds something.
var ErrNotEmpty = errors.New("the ledger holds something already")

// maxDumpLine bounds one row, with its body in base64.
const maxDumpLine = 256 << 20

// Load fills an empty ledger with what Dump wrote, of this database or the other: all of it, or, if
// anything is wrong with it, nothing. A ledger that holds something is left as it is: ErrNotEmpty. A fault
// of the dump is named with its line.
func (l *Ledger) Load(ctx context.Context, r io.Reader) (*Dumped, error) {
	d := loading{scan: bufio.NewScanner(r), dumped: Dumped{Tables: map[string]int64{}}}
	if err := l.Write(ctx, d.into); err != nil {
		return nil, err
	}
	return &d.dumped, nil
}

// into fills an empty ledger.
func (d *loading) into(t *Tx) (err error) {
	if d.schema, err = t.schema(); err != nil {
		return err
	}
	if d.tables, err = t.emptyTables(); err != nil {
		return err
	}
	d.put = t.exec
	if err := t.KeepTerms(); err != nil { // those of the rows to come are made when they are asked for
		return err
	}
	return d.all()
}

// loadTable is a table of an empty ledger, with room for one row.
type loadTable struct {
	columns []column
	insert  string
	values  []any
}

// emptyTables returns the tables of a dump as the ledger has them, or ErrNotEmpty.
func (t *Tx) emptyTables() (map[string]*loadTable, error) {
	tables := map[string]*loadTable{}
	for _, table := range dumpTables() {
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
		names := make([]string, len(columns))
		for i, c := range columns {
			names[i] = c.name
		}
		insert := "insert into " + table.name + " (" + strings.Join(names, ", ") + ") values (" + placeholders(1, len(names)) + ")"
		tables[table.name] = &loadTable{columns, insert, make([]any, len(columns))}
	}
	return tables, nil
}

// loading is a dump that is being read. It knows of the ledger what it must have, and puts each row.
type loading struct {
	scan   *bufio.Scanner
	line   int
	schema int64
	tables map[string]*loadTable
	put    func(insert string, values ...any) error
	dumped Dumped
}

// all reads header, rows and footer; nothing may follow.
func (d *loading) all() error {
	for name := range d.tables {
		d.dumped.Tables[name] = 0
	}
	d.scan.Buffer(nil, maxDumpLine)
	ended := false
	for d.scan.Scan() {
		d.line++
		var err error
		switch {
		case d.line == 1:
			err = d.header()
		case ended:
			err = errors.New("the dump goes on behind its footer")
		default:
			ended, err = d.one()
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", d.line, err)
		}
	}
	switch err := d.scan.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("line %d: longer than %d MB", d.line+1, maxDumpLine>>20)
	case err != nil:
		return err
	case d.line == 0:
		return errors.New("it is empty, and no dump of a state")
	case !ended:
		return fmt.Errorf("line %d: the dump ends here without its footer: it was cut, get it whole", d.line)
	}
	return nil
}

func (d *loading) header() error {
	var h dumpHeader
	if err := json.Unmarshal(d.scan.Bytes(), &h); err != nil || h.Herald != dumpHead {
		return errors.New("no header of a dump: herald state dump writes what can be loaded")
	}
	if h.Format != dumpFormat {
		return fmt.Errorf("the dump has format %d, this herald reads format %d: load it with the herald that wrote it", h.Format, dumpFormat)
	}
	if h.Schema != d.schema {
		return fmt.Errorf("the dump has schema %d, this herald has schema %d: load it with the herald that wrote it", h.Schema, d.schema)
	}
	d.dumped.Schema, d.dumped.Site, d.dumped.At = h.Schema, h.Site, h.At
	return nil
}

// one takes one line in; end says that it was the footer.
func (d *loading) one() (end bool, err error) {
	text := d.scan.Bytes()
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		if cut := (*json.SyntaxError)(nil); errors.As(err, &cut) && cut.Offset == int64(len(text)) {
			return false, errors.New("the dump was cut in this line: get it whole")
		}
		return false, fmt.Errorf("no row of a dump: %w", err)
	}
	if !utf8.Valid(text) || dumpform.LoneSurrogate(text) {
		return false, errors.New("not UTF-8: the dump was changed on its way")
	}
	if _, is := fields["herald"]; is {
		return true, d.footer(text)
	}
	var name string
	if err := json.Unmarshal(fields["table"], &name); err != nil {
		return false, errors.New("no row of a dump: it names no table")
	}
	table := d.tables[name]
	if table == nil {
		return false, fmt.Errorf("table %q is not known", name)
	}
	if err := table.read(fields); err != nil {
		return false, fmt.Errorf("%s.%w", name, err)
	}
	if err := d.put(table.insert, table.values...); err != nil {
		return false, fmt.Errorf("%s: %w", name, err)
	}
	d.dumped.Tables[name]++
	d.dumped.Rows++
	return false, nil
}

// read takes the values of a row, exactly one for each column.
func (t *loadTable) read(fields map[string]json.RawMessage) (err error) {
	for i, c := range t.columns {
		raw, is := fields[c.name]
		if !is {
			return fmt.Errorf("%s is missing", c.name)
		}
		if t.values[i], err = dumpform.Parse(raw, c.kind); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		delete(fields, c.name)
	}
	delete(fields, "table")
	if len(fields) > 0 {
		return fmt.Errorf("%s is not known", slices.Min(slices.Collect(maps.Keys(fields))))
	}
	return nil
}

func (d *loading) footer(text []byte) error {
	var f dumpFooter
	if err := json.Unmarshal(text, &f); err != nil || f.Herald != dumpEnd {
		return errors.New("no footer of a dump")
	}
	for _, table := range dumpTables() {
		if want, got := f.Tables[table.name], d.dumped.Tables[table.name]; want != got {
			return fmt.Errorf("the footer counts %d rows of %s and the dump holds %d: lines are missing or were added", want, table.name, got)
		}
	}
	if f.Rows != d.dumped.Rows {
		return fmt.Errorf("the footer counts %d rows and the dump holds %d: lines are missing or were added", f.Rows, d.dumped.Rows)
	}
	return nil
}
