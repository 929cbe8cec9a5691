package records

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"herald/cmd/internal/ledger/sqlform"
	"herald/cmd/internal/ledger/trouble"
)

// Table describes how the rows of a table are kept in a struct: the names of its columns and, in their order, a pointer
// to what holds each. Its queries follow from that. The primary key comes first.
type Table[R any] struct {
	name   string
	fields func(*R) []any
	SQL    sqlform.Statements // over its rows
}

// New returns the description of a table whose primary key is the first column, or so many.
func New[R any](name string, keys int, columns string, fields func(*R) []any) *Table[R] {
	return &Table[R]{name, fields, sqlform.Describe(name, keys, columns)}
}

// Each calls f for the rows that the end of a query picks.
func (b *Table[R]) Each(c *Conn, f func(*R) error, which string, args ...any) error {
	return c.Each(b.SQL.Selects+which, args, func(rows *sql.Rows) error {
		r := new(R)
		fields := b.fields(r)
		if err := rows.Scan(fields...); err != nil {
			return b.named(fmt.Errorf("state: %w", trouble.Explain(err)), fields)
		}
		return f(r)
	})
}

// All returns the rows that the end of a query picks.
func (b *Table[R]) All(c *Conn, which string, args ...any) (out []R, err error) {
	err = b.Each(c, func(r *R) error { out = append(out, *r); return nil }, which, args...)
	return out, err
}

// One returns the row that the end of a query picks, nil if there is none.
func (b *Table[R]) One(c *Conn, which string, args ...any) (*R, error) {
	r := new(R)
	fields := b.fields(r)
	if found, err := c.Row(b.SQL.Selects+which, args, fields...); err != nil || !found {
		return nil, b.named(err, fields)
	}
	return r, nil
}

// Found is One by value.
func (b *Table[R]) Found(c *Conn, which string, args ...any) (r R, found bool, err error) {
	p, err := b.One(c, which, args...)
	if err != nil || p == nil {
		return r, false, err
	}
	return *p, true, nil
}

// Pages calls f for the rows that the end of a query picks, in the order of their numbers and in pages, so that f may
// write. The last parameter of the query is the number behind which a page begins, from at first.
func (b *Table[R]) Pages(c *Conn, f func(*R) error, from int64, which string, args ...any) error {
	for {
		page, err := b.All(c, which+" limit 500", append(args, from)...)
		if err != nil || len(page) == 0 {
			return err
		}
		for i := range page {
			if err := f(&page[i]); err != nil {
				return err
			}
		}
		from = *b.fields(&page[len(page)-1])[0].(*int64)
	}
}

// Put writes a row in the place of the one of its key.
func (b *Table[R]) Put(c *Conn, r *R) error { return c.Exec(b.SQL.Upsert, b.Values(r)...) }

// named adds to an error which row contradicts itself.
func (b *Table[R]) named(err error, fields []any) error {
	if !errors.Is(err, trouble.ErrDamaged) {
		return err
	}
	for cause := err; cause != nil; cause = errors.Unwrap(cause) {
		err = cause // without what the query says of it
	}
	return fmt.Errorf("state: %s %v: %w", b.name, sqlform.Parameters(fields[:1])[0], err)
}

// List returns the rows of a query; fields are pointers to what holds its columns.
func List[V any](c *Conn, fields func(*V) []any, query string, args ...any) (out []V, err error) {
	err = c.Each(query, args, func(rows *sql.Rows) error {
		var v V
		err := rows.Scan(fields(&v)...)
		out = append(out, v)
		return err
	})
	return out, err
}

// Itself are the fields of a query of one column.
func Itself[V any](v *V) []any { return []any{v} }

// Values returns the columns of a row as the parameters of a statement.
func (b *Table[R]) Values(r *R) []any { return sqlform.Parameters(b.fields(r)) }

// InJSON is the form of what a column keeps as JSON; of points to it.
func InJSON(of any) sqlform.Form { return inJSON{of} }

// inJSON points to what a column keeps as JSON.
type inJSON struct{ of any }

// Scan takes the text.
func (j inJSON) Scan(v any) error {
	if err := json.Unmarshal(sqlform.Bytes(v), j.of); err != nil {
		return fmt.Errorf("%w; %w", err, trouble.ErrDamaged)
	}
	return nil
}

// Value returns the text.
func (j inJSON) Value() any {
	text, err := json.Marshal(j.of)
	if err != nil {
		panic(err) // strings and lists of strings always marshal
	}
	return string(text)
}
