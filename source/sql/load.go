package sql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"herald/source"
	"herald/source/reader"
)

// maxRowBytes is the largest row that is read.
const maxRowBytes = 32 << 20

// Load reads one row: as the listing saw it that goes on, else as it is now. An *source.ArticleError refuses it. reader.ErrNotArticle: it is
// none. An error that is fs.ErrNotExist: the row is gone. Any other error: the database cannot be read.
func (s *Source) Load(ctx context.Context, key string) (*source.Article, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r := s.rows.take(key, s.config.Now())
	if r == nil {
		var err error
		if r, err = s.fetch(ctx, key); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	x := s.shape
	s.mu.Unlock()
	return s.compose(x, key, r)
}

// fetch reads a row, and some that are likely to be asked for next.
func (s *Source) fetch(ctx context.Context, key string) (*row, error) {
	select {
	case <-s.fetching:
		defer func() { s.fetching <- struct{}{} }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if r := s.rows.take(key, s.config.Now()); r != nil { // fetched meanwhile
		return r, nil
	}
	if timeout := s.config.Timeout; timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, timeout, fmt.Errorf("read %s: a row was not read within the timeout of %s", s.base.label, timeout))
		defer cancel()
	}
	rows, err := s.read(ctx, s.listed.batch(key))
	if err != nil {
		return nil, err
	}
	wanted := rows[key]
	if wanted == nil {
		return nil, fmt.Errorf("read %s: %w", s.place(key), fs.ErrNotExist)
	}
	delete(rows, key)
	for other, r := range rows {
		s.rows.put(other, r)
	}
	return wanted, nil
}

// read reads the rows with some keys.
func (s *Source) read(ctx context.Context, keys []string) (map[string]*row, error) {
	rows := make(map[string]*row, len(keys))
	err := s.session(ctx, func(c *sql.Conn) error {
		s.mu.Lock()
		x := s.shape
		s.mu.Unlock()
		if x == nil {
			var err error
			if x, err = s.describe(ctx, c); err != nil {
				return err
			}
		}
		d, wanted := s.base.dialect, map[string]bool{}
		for _, key := range keys {
			wanted[key] = true
		}
		where, args := d.among(x.key, keys)
		if len(args) == 0 {
			return nil // keys that no row can have
		}
		statement := "select " + strings.Join(append([]string{x.key.read}, x.reads(d)...), ", ") + " from " + s.from + " where " + where
		return d.each(ctx, c, statement, args, func(values [][]byte) error {
			key := x.key.keyOf(values[0])
			switch r := rows[key]; {
			case !wanted[key]:
			case r == nil:
				rows[key] = newRow(values[1:], s.config.Now())
			default:
				r.twice = r.twice || !r.same(values[1:])
			}
			return nil
		})
	})
	return rows, err
}

// compose makes the article of a row.
func (s *Source) compose(x *shape, key string, r *row) (*source.Article, error) {
	place := s.place(key)
	switch {
	case r.size > maxRowBytes:
		return nil, &source.ArticleError{Place: place, Reason: fmt.Sprintf("the row is larger than %d MB", maxRowBytes>>20)}
	case r.twice:
		return nil, &source.ArticleError{Place: place, Reason: fmt.Sprintf("another row has the same %s: where a join repeats rows, group them by it; else name the column that tells rows apart in fields, such as {id: number}", x.key.column.name)}
	}
	values := make([]any, len(x.columns))
	for i, at := range x.sorted {
		values[i] = x.columns[at].value(r.values[at], x.parsed[at])
	}
	reading := s.config.Reading
	reading.Path = pathOf(x.key.valueOf(key), slugOf(x, r, reading.Fields["slug"]))
	a, err := reader.ComposeColumns(place, x.names, values, reading)
	if err != nil {
		var refused *source.ArticleError
		if errors.As(err, &refused) {
			refused.Place, refused.Line, refused.Column = place, 0, 0
		}
		return nil, err
	}
	a.Key = key
	for i := range a.Warnings {
		a.Warnings[i].Line, a.Warnings[i].Column = 0, 0 // they are counted in a field
	}
	return a, nil
}

// place names a row as messages do.
func (s *Source) place(key string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shape != nil {
		key = s.shape.key.valueOf(key)
	}
	return s.config.Name + ": row " + brief(key)
}

// WhyNot returns why a row is no article: see source.Explainer.
func (s *Source) WhyNot(ctx context.Context, key string) (why string, found bool) {
	_, err := s.Load(ctx, key)
	var skipped *reader.SkipError
	var refused *source.ArticleError
	switch {
	case errors.As(err, &skipped):
		return skipped.Why, true
	case errors.As(err, &refused):
		return "", true
	}
	return "", err == nil
}

// KeyAt returns the key of a row as messages name it ("archive: row 12"), or as its id has it: see source.Placed. Whether the row is still there is
// not asked.
func (s *Source) KeyAt(ctx context.Context, place string) (key string, found bool) {
	id, ours := strings.CutPrefix(strings.TrimPrefix(place, s.config.Name+": "), "row ")
	if !ours && (id == "" || strings.Trim(id, "-0123456789") != "") {
		return "", false
	}
	s.mu.Lock()
	x := s.shape
	s.mu.Unlock()
	if x == nil {
		err := s.session(ctx, func(c *sql.Conn) (err error) {
			x, err = s.describe(ctx, c)
			return err
		})
		if err != nil { // most ids are numbers
			x = &shape{key: keyForm{column: column{holds: integer}}}
		}
	}
	if key = x.key.keyOf([]byte(id)); key == "" {
		key = id
	}
	return key, true
}

// slugOf returns the slug of a row; "": it has none.
func slugOf(x *shape, r *row, theirs []string) string {
	for _, name := range append(theirs[:len(theirs):len(theirs)], "slug") {
		if i := x.find(name); i >= 0 {
			if slug := strings.TrimSpace(r.values[i].String); slug != "" {
				return slug
			}
		}
	}
	return ""
}

// pathOf returns where the article of a row stands as a file would: by its slug, else by its key, of an address by its path. What follows
// a dot in it is no extension unless it is one of an article's.
func pathOf(key, slug string) string {
	name := key
	if slug != "" {
		name = slug
	}
	if _, after, isAddress := strings.Cut(name, "://"); isAddress {
		if _, below, found := strings.Cut(after, "/"); found {
			name, _, _ = strings.Cut(below, "#")
			name, _, _ = strings.Cut(name, "?")
		}
	}
	name = strings.Trim(name, "/")
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdx", ".html", ".htm", ".txt":
		return name
	}
	return name + ".txt"
}
