package ledger

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// changes are the statements of one transaction that give no rows. They go to the driver past database/sql,
// which costs half as much again for each as SQLite needs to bind it.
type changes struct {
	conn  *sql.Conn
	short context.Context // never ends
	bare  bool            // the database takes "?" for a placeholder
	stmts map[string]driver.StmtExecContext
	args  []driver.NamedValue
}

// exec runs a statement unless ctx is over, and tells how many rows changed. The end of ctx rolls the transaction
// back, and what came behind that would stand by itself: so it is asked where nothing can come between.
func (c *changes) exec(ctx context.Context, query string, args []any) (n int64, err error) {
	c.args = c.args[:0]
	for i, arg := range args {
		v, err := driver.DefaultParameterConverter.ConvertValue(arg)
		if err != nil {
			return 0, fmt.Errorf("argument %d: %w", i+1, err)
		}
		c.args = append(c.args, driver.NamedValue{Ordinal: i + 1, Value: v})
	}
	err = c.conn.Raw(func(conn any) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err = c.run(conn, query)
		return err
	})
	return n, err
}

func (c *changes) run(conn any, query string) (int64, error) {
	s := c.stmts[query]
	if s == nil {
		text := query
		if c.bare {
			text = bare(query)
		}
		made, err := conn.(driver.ConnPrepareContext).PrepareContext(c.short, text)
		if err != nil {
			return 0, err
		}
		s = made.(driver.StmtExecContext)
		c.stmts[query] = s
	}
	result, err := s.ExecContext(c.short, c.args)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// bare gives a statement whose placeholders stand in order, each once, with "?" for each: SQLite's driver asks for
// the name of each that has one whenever it binds it. Any other statement stays as it is.
func bare(query string) string {
	var out strings.Builder
	rest := query
	for n := 1; ; n++ {
		before, after, more := strings.Cut(rest, "$")
		out.WriteString(before)
		if !more {
			return out.String()
		}
		digits := len(after) - len(strings.TrimLeft(after, "0123456789"))
		if after[:digits] != strconv.Itoa(n) {
			return query
		}
		out.WriteString("?")
		rest = after[digits:]
	}
}

func (c *changes) close() error {
	return c.conn.Raw(func(any) (err error) {
		for _, s := range c.stmts {
			err = errors.Join(err, s.(driver.Stmt).Close())
		}
		return err
	})
}
