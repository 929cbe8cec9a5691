// Package sqlform is the forms in which columns keep what Go has no type of SQL for, and the statements that follow from the
// names of columns.
package sqlform

import "database/sql"

// Form is a field that a column keeps in another form.
type Form interface {
	sql.Scanner
	Value() any // what a statement takes
}

// Parameters puts in the place of each pointer what a statement takes for what it points to.
func Parameters(fields []any) []any {
	for i, f := range fields {
		switch f := f.(type) {
		case *int64:
			fields[i] = *f
		case *int:
			fields[i] = int64(*f)
		case *string:
			fields[i] = *f
		case *bool:
			fields[i] = Bit(*f)
		case Form:
			fields[i] = f.Value()
		}
	}
	return fields
}

// Blob is a string that a column keeps as bytes.
type Blob string

// Scan takes the bytes.
func (b *Blob) Scan(v any) error { *b = Blob(Bytes(v)); return nil }

// Value returns the bytes.
func (b *Blob) Value() any { return []byte(*b) }

// Fixed is an array that a column keeps as bytes.
type Fixed []byte

// Scan takes the bytes.
func (f Fixed) Scan(v any) error { copy(f, Bytes(v)); return nil }

// Value returns the bytes.
func (f Fixed) Value() any { return []byte(f) }

// Bytes returns what a column of bytes or text holds.
func Bytes(v any) []byte {
	if text, is := v.(string); is {
		return []byte(text)
	}
	b, _ := v.([]byte)
	return b
}

// Bit returns a boolean as both databases keep it.
func Bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
