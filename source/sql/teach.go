package sql

import (
	"context"
	"database/sql"
	"errors"
	"regexp"
	"slices"
	"time"

	"herald/source/near"
)

// teach returns an error of the database in words that say what to do.
func (s *Source) teach(ctx context.Context, err error) error {
	what, kind := s.base.dialect.teach(err)
	switch {
	case kind == noTable:
		what += s.nearTable(ctx)
	case kind == noColumn && s.config.Query != "":
		what += s.nearColumn(ctx, what)
	}
	return errors.New(what)
}

// nearTable says which table may have been meant.
func (s *Source) nearTable(ctx context.Context) string {
	name := s.config.Table
	if name == "" {
		if m := fromTable.FindStringSubmatch(s.config.Query); m != nil {
			name = m[1]
		}
	}
	return near.DidYouMean(name, s.names(ctx, s.base.dialect.tables()))
}

// nearColumn says which column of the first table of the query may have been meant.
func (s *Source) nearColumn(ctx context.Context, what string) string {
	table, column := fromTable.FindStringSubmatch(s.config.Query), missing.FindStringSubmatch(what)
	if table == nil || column == nil {
		return ""
	}
	var all []string
	_ = s.apart(ctx, func(ctx context.Context, c *sql.Conn) error {
		columns, err := s.base.dialect.columns(ctx, c, "select * from "+table[1]+" limit 0")
		for _, one := range columns {
			all = append(all, one.name)
		}
		return err
	})
	return near.DidYouMean(column[1], all)
}

var (
	fromTable = regexp.MustCompile("(?i)\\bfrom\\s+([\\w.\"`]+)")
	missing   = regexp.MustCompile("(?i)column:? [\"'`]?(?:\\w+\\.)?(\\w+)")
)

// names returns the texts of a statement's first column; what cannot be read is left out.
func (s *Source) names(ctx context.Context, statement string) (all []string) {
	_ = s.apart(ctx, func(ctx context.Context, c *sql.Conn) error {
		return s.base.dialect.each(ctx, c, statement, nil, func(values [][]byte) error {
			if all = append(all, string(values[0])); len(all) == 1000 {
				return errStop
			}
			return nil
		})
	})
	slices.Sort(all)
	return all
}

// apart is transaction for what only helps a message.
func (s *Source) apart(ctx context.Context, do func(ctx context.Context, c *sql.Conn) error) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return s.transaction(ctx, func(c *sql.Conn) error { return do(ctx, c) })
}
