package ledger

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"herald/cmd/internal/ledger/sqlform"
)

// table describes how the rows of a table are kept in a struct: the names of its columns and, in their order, a pointer
// to what holds each. Its queries follow from that. The primary key comes first.
type table[R any] struct {
	name   string
	fields func(*R) []any
	sql    sqlform.Statements
}

// newTable returns the description of a table whose primary key is the first column, or so many.
func newTable[R any](name string, keys int, columns string, fields func(*R) []any) *table[R] {
	return &table[R]{name, fields, sqlform.Describe(name, keys, columns)}
}

// each calls f for the rows that the end of a query picks.
func (b *table[R]) each(t *Tx, f func(*R) error, which string, args ...any) error {
	return t.each(b.sql.Selects+which, args, func(rows *sql.Rows) error {
		r := new(R)
		fields := b.fields(r)
		if err := rows.Scan(fields...); err != nil {
			return b.named(fmt.Errorf("state: %w", explain(err)), fields)
		}
		return f(r)
	})
}

// all returns the rows that the end of a query picks.
func (b *table[R]) all(t *Tx, which string, args ...any) (out []R, err error) {
	err = b.each(t, func(r *R) error { out = append(out, *r); return nil }, which, args...)
	return out, err
}

// one returns the row that the end of a query picks, nil if there is none.
func (b *table[R]) one(t *Tx, which string, args ...any) (*R, error) {
	r := new(R)
	fields := b.fields(r)
	if found, err := t.row(b.sql.Selects+which, args, fields...); err != nil || !found {
		return nil, b.named(err, fields)
	}
	return r, nil
}

// found is one by value.
func (b *table[R]) found(t *Tx, which string, args ...any) (r R, found bool, err error) {
	p, err := b.one(t, which, args...)
	if err != nil || p == nil {
		return r, false, err
	}
	return *p, true, nil
}

// pages calls f for the rows that the end of a query picks, in the order of their numbers and in pages, so that f may
// write. The last parameter of the query is the number behind which a page begins, from at first.
func (b *table[R]) pages(t *Tx, f func(*R) error, from int64, which string, args ...any) error {
	for {
		page, err := b.all(t, which+" limit 500", append(args, from)...)
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

// put writes a row in the place of the one of its key.
func (b *table[R]) put(t *Tx, r *R) error { return t.exec(b.sql.Upsert, b.values(r)...) }

// named adds to an error which row contradicts itself.
func (b *table[R]) named(err error, fields []any) error {
	if !errors.Is(err, ErrDamaged) {
		return err
	}
	for cause := err; cause != nil; cause = errors.Unwrap(cause) {
		err = cause // without what the query says of it
	}
	return fmt.Errorf("state: %s %v: %w", b.name, sqlform.Parameters(fields[:1])[0], err)
}

// list returns the rows of a query; fields are pointers to what holds its columns.
func list[V any](t *Tx, fields func(*V) []any, query string, args ...any) (out []V, err error) {
	err = t.each(query, args, func(rows *sql.Rows) error {
		var v V
		err := rows.Scan(fields(&v)...)
		out = append(out, v)
		return err
	})
	return out, err
}

// itself are the fields of a query of one column.
func itself[V any](v *V) []any { return []any{v} }

// ids returns the numbers that a query picks.
func (t *Tx) ids(query string, args ...any) ([]int64, error) {
	return list(t, itself[int64], query, args...)
}

// values returns the columns of a row as the parameters of a statement.
func (b *table[R]) values(r *R) []any { return sqlform.Parameters(b.fields(r)) }

// blob is a string that a column keeps as bytes, fixed an array.
type (
	blob  = sqlform.Blob
	fixed = sqlform.Fixed
)

// inJSON points to what a column keeps as JSON.
type inJSON struct{ of any }

// Scan takes the text.
func (j inJSON) Scan(v any) error {
	if err := json.Unmarshal(sqlform.Bytes(v), j.of); err != nil {
		return fmt.Errorf("%w; %w", err, ErrDamaged)
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
