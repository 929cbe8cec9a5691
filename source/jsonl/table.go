package jsonl

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"herald/source"
)

// table takes up the rows of CSV.
func (b *building) table(in *bufio.Reader) error {
	t, line, err := b.header(in)
	if err != nil || t == nil {
		return err
	}
	b.index.table = t
	spool := &spool{from: in}
	records := csv.NewReader(bufio.NewReaderSize(spool, 64<<10))
	records.Comma, records.FieldsPerRecord, records.ReuseRecord = t.comma, -1, true
	start := b.at
	for {
		before := records.InputOffset()
		cells, err := records.Read()
		raw, at := spool.take(records.InputOffset() - before)
		at += start
		line += bytes.Count(raw[:len(raw)-len(bytes.TrimLeft(raw, "\r\n"))], []byte("\n"))
		whole := bytes.HasSuffix(raw, []byte("\n"))
		row := bytes.TrimLeft(raw, "\r\n")
		at += int64(len(raw) - len(row))
		row = bytes.TrimRight(row, "\r\n")
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, errTooLong):
			return fmt.Errorf("line %d: the row is larger than %d MB; is a quote not closed?", line, maxRowBytes>>20)
		case err != nil && !isParseError(err):
			return err
		case err != nil && (bytes.IndexByte(row, '\n') >= 0 || !whole && bytes.Count(row, []byte{'"'})%2 == 1): // where rows end is unknown
			return fmt.Errorf("line %d: a quote is not closed, or one in a field is not written twice: %w", line, errUnfinished)
		case err == nil && !whole && len(cells) < len(t.columns):
			return fmt.Errorf("line %d: %w", line, errUnfinished)
		}
		if !t.isBlank(cells) {
			key, why := t.keyOf(b.index, cells)
			if err := b.add(row, at, line, key, why); err != nil {
				return err
			}
		}
		line += bytes.Count(row, []byte("\n")) + 1
	}
}

func isParseError(err error) bool {
	var bad *csv.ParseError
	return errors.As(err, &bad)
}

// header reads the header line, which may have blank lines before it; nil: the file holds nothing. line is that of what follows.
func (b *building) header(in *bufio.Reader) (t *table, line int, err error) {
	var room []byte
	for line = 1; ; line++ {
		raw, size, err := readLine(in, &room)
		if err != nil && err != io.EOF {
			return nil, 0, err
		}
		at := b.at
		b.at += size
		head := bytes.TrimRight(raw, "\r\n")
		if len(bytes.TrimSpace(head)) > 0 {
			t := &table{head: bytes.Clone(head), at: at}
			return t, line + 1, b.readHeader(t, line)
		}
		if err == io.EOF {
			return nil, 0, nil
		}
	}
}

func (b *building) readHeader(t *table, line int) error {
	text := b.index.decode(t.head)
	t.comma = commaOf(text)
	records := csv.NewReader(strings.NewReader(text))
	records.Comma = t.comma
	cells, err := records.Read()
	if err != nil {
		return fmt.Errorf("line %d: the header line is no CSV", line)
	}
	for _, cell := range cells {
		t.columns = append(t.columns, strings.TrimSpace(cell))
	}
	for _, name := range b.wanted.names {
		for i := range t.columns {
			if sameKey([]byte(t.columns[i]), name) {
				t.keys = append(t.keys, i)
			}
		}
	}
	if len(t.keys) == 0 {
		return fmt.Errorf("line %d: the header line names no column id, guid, url or slug; name the one that tells rows apart in fields, such as {id: number}", line)
	}
	return nil
}

// commaOf returns the delimiter that a header line has most often outside quotes.
func commaOf(head string) rune {
	best, most, quoted := ',', 0, false
	counts := map[rune]int{}
	for _, r := range head {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && (r == ',' || r == ';' || r == '\t'):
			counts[r]++
		}
	}
	for _, r := range ",;\t" {
		if counts[r] > most {
			best, most = r, counts[r]
		}
	}
	return best
}

// isBlank reports whether a row says nothing: spreadsheets write rows of delimiters alone.
func (t *table) isBlank(cells []string) bool {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return len(cells) > 0
}

// keyOf returns the key of a row, or why it has none.
func (t *table) keyOf(x *index, cells []string) (key, why string) {
	for _, i := range t.keys {
		if i < len(cells) && strings.TrimSpace(cells[i]) != "" {
			return checkKey(strings.TrimSpace(x.decode([]byte(cells[i]))))
		}
	}
	return "", noKey
}

// cells reads one row.
func (t *table) cells(row string) ([]string, error) {
	records := csv.NewReader(strings.NewReader(row))
	records.Comma, records.FieldsPerRecord = t.comma, -1
	cells, err := records.Read()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return cells, source.Refuse(0, bad.Column, "a quote stands where none may: put the field in quotes and write each quote in it twice")
	}
	return cells, err
}

// fields returns the cells of a row by the names of their columns. Empty ones say nothing.
func (t *table) fields(row string) (map[string]any, error) {
	cells, err := t.cells(row)
	if err != nil {
		return nil, err
	}
	if len(cells) != len(t.columns) {
		return nil, source.Refuse(0, 0, fmt.Sprintf("the row has %d fields and the header line %d", len(cells), len(t.columns)))
	}
	fields := map[string]any{}
	for i, cell := range cells {
		if name := t.columns[i]; name != "" && strings.TrimSpace(cell) != "" {
			fields[name] = cell
		}
	}
	return fields, nil
}

// spool hands on what it reads and keeps it until it is taken. It ends where too much is kept.
type spool struct {
	from io.Reader
	kept []byte
	base int64 // offset of kept
}

func (s *spool) Read(p []byte) (int, error) {
	if len(s.kept) > maxRowBytes {
		return 0, errTooLong
	}
	n, err := s.from.Read(p)
	s.kept = append(s.kept, p[:n]...)
	return n, err
}

// take returns the next n bytes and their offset. They hold until the next Read.
func (s *spool) take(n int64) (taken []byte, at int64) {
	taken, at = s.kept[:n], s.base
	s.kept = s.kept[n:]
	s.base += n
	return taken, at
}
