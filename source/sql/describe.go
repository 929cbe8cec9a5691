package sql

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"herald/source/reader"
)

// describe returns the shape of the rows.
func (s *Source) describe(ctx context.Context, c *sql.Conn) (*shape, error) {
	columns, err := s.base.dialect.columns(ctx, c, "select * from "+s.from+" limit 0")
	if err != nil {
		return nil, err
	}
	x := &shape{columns: columns}
	for i, one := range columns {
		if slices.ContainsFunc(columns[:i], func(c column) bool { return c.name == one.name }) {
			return nil, faulty("two columns are named %q: name the columns that are wanted in place of *", one.name)
		}
	}
	if err := s.findKey(x); err != nil {
		return nil, err
	}
	if s.config.Cursor != "" {
		at := x.find(s.config.Cursor)
		if at < 0 {
			return nil, faulty("cursor: there is no column %q%s", s.config.Cursor, x.nearest(s.config.Cursor))
		}
		x.cursor = &x.columns[at]
	}
	if err := s.checkFields(x); err != nil {
		return nil, err
	}
	x.of = digest(s.base.label, s.config.Query, s.config.Table, s.config.Cursor, x.described())
	x.parsed = s.parsed(x)
	x.sort()
	s.mu.Lock()
	s.shape = x
	s.mu.Unlock()
	return x, nil
}

// findKey finds the column that tells rows apart: the first of the names of the id, the address and the slug that is there.
func (s *Source) findKey(x *shape) error {
	names := reader.RowKeys(s.config.Reading)
	for _, name := range names {
		if x.at = x.find(name); x.at >= 0 {
			x.key = s.base.dialect.key(x.columns[x.at])
			return nil
		}
	}
	return faulty("no column is named id, guid, url or slug; name the one that tells rows apart in fields, such as {id: %s}", x.columns[0].name)
}

// checkFields reports a field for which none of the columns that fields names is there.
func (s *Source) checkFields(x *shape) error {
	fields := s.config.Reading.Fields
	for _, ours := range slices.Sorted(maps.Keys(fields)) {
		theirs := fields[ours]
		there := slices.ContainsFunc(theirs, func(name string) bool {
			head, _, _ := strings.Cut(name, ".")
			return x.find(name) >= 0 || x.find(head) >= 0
		})
		if !there && len(theirs) > 0 {
			return faulty("fields.%s: there is no column %q%s", ours, theirs[0], x.nearest(theirs[0]))
		}
	}
	return nil
}

// structured are the fields whose texts may be JSON.
var structured = []string{"categories", "category", "tags", "tag", "author", "authors", "image", "enclosure", "enclosures", "translations", "transcript", "person", "value"}

// parsed tells the columns whose texts may be JSON: those of fields that are lists or maps, and those into which a dot leads.
func (s *Source) parsed(x *shape) []bool {
	all := make([]bool, len(x.columns))
	mark := func(name string) {
		if i := x.find(name); i >= 0 {
			all[i] = true
		}
	}
	for _, name := range structured {
		mark(name)
	}
	for ours, theirs := range s.config.Reading.Fields {
		for _, name := range theirs {
			if head, _, dotted := strings.Cut(name, "."); dotted {
				mark(head)
			} else if slices.Contains(structured, ours) {
				mark(name)
			}
		}
	}
	return all
}
