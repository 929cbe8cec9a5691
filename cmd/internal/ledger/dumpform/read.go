package dumpform

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"unicode/utf8"
)

// maxLine bounds one row, with its body in base64.
const maxLine = 256 << 20

// reading is a dump that is being read.
type reading struct {
	scan   *bufio.Scanner
	line   int
	schema int64
	tables map[string][]Column
	put    func(table string, values []any) error
	dumped Dumped
}

// Read reads a dump of a schema with the tables given, and hands on each row: its table and its values in the order of
// columns, each int64, string or []byte. A fault of the dump is named with its line; rows may have been handed on before.
func Read(r io.Reader, schema int64, tables map[string][]Column, put func(table string, values []any) error) (*Dumped, error) {
	d := reading{scan: bufio.NewScanner(r), schema: schema, tables: tables, put: put, dumped: Dumped{Tables: map[string]int64{}}}
	if err := d.all(); err != nil {
		return nil, err
	}
	return &d.dumped, nil
}

// SchemaOf returns the schema of the dump that a text begins with; 0 where it is none.
func SchemaOf(begin []byte) int64 {
	line, _, _ := bytes.Cut(begin, []byte("\n"))
	var h header
	if err := json.Unmarshal(line, &h); err != nil || h.Herald != head {
		return 0
	}
	return h.Schema
}

// all reads header, rows and footer; nothing may follow.
func (d *reading) all() error {
	for name := range d.tables {
		d.dumped.Tables[name] = 0
	}
	d.scan.Buffer(nil, maxLine)
	ended := false
	for d.scan.Scan() {
		d.line++
		var err error
		switch {
		case d.line == 1:
			err = d.head()
		case ended:
			err = errors.New("the dump goes on after its footer")
		default:
			ended, err = d.one()
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", d.line, err)
		}
	}
	switch err := d.scan.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("line %d: longer than %d MB", d.line+1, maxLine>>20)
	case err != nil:
		return err
	case d.line == 0:
		return errors.New("it is empty, and no dump of a state")
	case !ended:
		return fmt.Errorf("line %d: the dump ends here without its footer: it was cut, get it whole", d.line)
	}
	return nil
}

func (d *reading) head() error {
	var h header
	if err := json.Unmarshal(d.scan.Bytes(), &h); err != nil || h.Herald != head {
		return errors.New("no header of a dump: herald state dump writes what can be loaded")
	}
	if h.Format != format {
		return fmt.Errorf("the dump has format %d, this herald reads format %d: load it with the herald that wrote it", h.Format, format)
	}
	if h.Schema != d.schema {
		return fmt.Errorf("the dump has schema %d, this herald has schema %d: load it with the herald that wrote it", h.Schema, d.schema)
	}
	d.dumped.Schema, d.dumped.Site, d.dumped.At = h.Schema, h.Site, h.At
	return nil
}

// one takes one line in; end says that it was the footer.
func (d *reading) one() (end bool, err error) {
	text := d.scan.Bytes()
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		if cut := (*json.SyntaxError)(nil); errors.As(err, &cut) && cut.Offset == int64(len(text)) {
			return false, errors.New("the dump was cut in this line: get it whole")
		}
		return false, fmt.Errorf("no row of a dump: %w", err)
	}
	if !utf8.Valid(text) || LoneSurrogate(text) {
		return false, errors.New("not UTF-8: the dump was changed on its way")
	}
	if _, is := fields["herald"]; is {
		return true, d.foot(text)
	}
	var name string
	if err := json.Unmarshal(fields["table"], &name); err != nil {
		return false, errors.New("no row of a dump: it names no table")
	}
	columns := d.tables[name]
	if columns == nil {
		return false, fmt.Errorf("table %q is not known", name)
	}
	values, err := valuesOf(columns, fields)
	if err != nil {
		return false, fmt.Errorf("%s.%w", name, err)
	}
	if err := d.put(name, values); err != nil {
		return false, fmt.Errorf("%s: %w", name, err)
	}
	d.dumped.Tables[name]++
	d.dumped.Rows++
	return false, nil
}

// valuesOf returns the values of a row, exactly one for each column.
func valuesOf(columns []Column, fields map[string]json.RawMessage) (values []any, err error) {
	values = make([]any, len(columns))
	for i, c := range columns {
		raw, is := fields[c.Name]
		if !is {
			return nil, fmt.Errorf("%s is missing", c.Name)
		}
		if values[i], err = Parse(raw, c.Kind); err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name, err)
		}
		delete(fields, c.Name)
	}
	delete(fields, "table")
	if len(fields) > 0 {
		return nil, fmt.Errorf("%s is not known", slices.Min(slices.Collect(maps.Keys(fields))))
	}
	return values, nil
}

func (d *reading) foot(text []byte) error {
	var f footer
	if err := json.Unmarshal(text, &f); err != nil || f.Herald != end {
		return errors.New("no footer of a dump")
	}
	for _, table := range slices.Sorted(maps.Keys(d.tables)) {
		if want, got := f.Tables[table], d.dumped.Tables[table]; want != got {
			return fmt.Errorf("the footer counts %d rows of %s and the dump holds %d: lines are missing or were added", want, table, got)
		}
	}
	if f.Rows != d.dumped.Rows {
		return fmt.Errorf("the footer counts %d rows and the dump holds %d: lines are missing or were added", f.Rows, d.dumped.Rows)
	}
	return nil
}
