package jsonl

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"herald/source"
	"herald/source/reader"
)

// row returns a row as the file holds it now, and the index that knows it.
func (s *Source) row(ctx context.Context, key string) (*index, *row, []byte, error) {
	f, err := s.open()
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read %s: %v", s.config.Place, plain(err)) // not ErrNotExist: the source is gone, not the article
	}
	defer f.Close()
	if x := s.last.Load(); x != nil { // where it is still there, whatever else changed in the file
		if r := x.find(key); r != nil {
			if raw := x.read(f, r); raw != nil {
				return x, r, raw, nil
			}
		}
	}
	x, err := s.current(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil, nil, nil, ctx.Err()
		}
		return nil, nil, nil, fmt.Errorf("read %s: %v", s.config.Place, plain(err))
	}
	r := x.find(key)
	if r == nil {
		return nil, nil, nil, fmt.Errorf("read %s: the row %q: %w", s.config.Place, key, fs.ErrNotExist)
	}
	again, err := s.open()
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read %s: %v", s.config.Place, plain(err))
	}
	defer again.Close()
	if raw := x.read(again, r); raw != nil {
		return x, r, raw, nil
	}
	return nil, nil, nil, fmt.Errorf("read %s: the file changes while it is read", s.place(r.line))
}

// compose makes the article of a row.
func (s *Source) compose(x *index, r *row, raw []byte) (*source.Article, error) {
	place := s.place(r.line)
	if int(r.size) > maxRowBytes {
		return nil, &source.ArticleError{Place: place, Reason: errTooLong.Error(), Err: errTooLong}
	}
	fields, err := x.fields(x.decode(raw))
	if err == nil && isLineKey(r.key) {
		err = source.Refuse(0, 0, s.whyNoKey(x, raw))
	}
	if err != nil {
		return nil, at(place, err)
	}
	reading := s.config.Reading
	reading.Path = reader.RowPath(r.key, fields, reading)
	a, err := reader.ComposeRow(place, fields, reading)
	if err != nil {
		return nil, at(place, err)
	}
	a.Key = r.key
	for i := range a.Warnings {
		a.Warnings[i].Line = 0 // it is counted in a field; the place names the line of the row
	}
	return a, nil
}

// at sets the place of a refusal.
func at(place string, err error) error {
	var refused *source.ArticleError
	if errors.As(err, &refused) {
		refused.Place, refused.Line = place, 0
	}
	return err
}

// fields returns what a row says.
func (x *index) fields(row string) (map[string]any, error) {
	if x.table != nil {
		return x.table.fields(row)
	}
	return lineFields(row)
}

// whyNoKey says why a row is known by its line alone.
func (s *Source) whyNoKey(x *index, raw []byte) string {
	var key, why string
	if x.table != nil {
		cells, _ := x.table.cells(string(raw))
		key, why = x.table.keyOf(x, cells)
	} else if key, _ = s.wanted.keyOf(x, raw); key == "" {
		why = noKey
	} else {
		key, why = checkKey(key)
	}
	if why != "" {
		return why
	}
	first := x.find(key)
	if first == nil {
		return noKey
	}
	return fmt.Sprintf("the id %q is that of line %d too, which comes first; give each row its own", brief(key), first.line)
}

// brief cuts a text that a message repeats.
func brief(s string) string {
	if len(s) > 80 {
		return strings.ToValidUTF8(s[:80], "") + "…"
	}
	return s
}
