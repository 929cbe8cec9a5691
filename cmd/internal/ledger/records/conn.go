// Package records asks the database within one transaction: statements that are prepared once, and tables whose rows are
// kept in structs.
package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"herald/cmd/internal/ledger/trouble"
)

// Conn is an open transaction that statements run in. Errors of the database say what an operator can do. It is used by one
// goroutine at a time.
type Conn struct {
	tx    *sql.Tx
	ctx   context.Context
	short context.Context // ctx that never ends: the driver starts a goroutine for each statement under one that may
	stmts map[string]*sql.Stmt
}

// In returns a Conn for a transaction that was begun with ctx.
func In(ctx context.Context, tx *sql.Tx) *Conn {
	return &Conn{tx: tx, ctx: ctx, short: context.WithoutCancel(ctx), stmts: map[string]*sql.Stmt{}}
}

// Stmt returns a statement, prepared once for the transaction.
func (c *Conn) Stmt(query string) (*sql.Stmt, error) {
	if err := c.ctx.Err(); err != nil {
		return nil, err
	}
	if s := c.stmts[query]; s != nil {
		return s, nil
	}
	s, err := c.tx.PrepareContext(c.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("state: %w", trouble.Explain(err))
	}
	c.stmts[query] = s
	return s, nil
}

// Exec runs a statement that returns no rows.
func (c *Conn) Exec(query string, args ...any) error {
	_, err := c.Change(query, args...)
	return err
}

// Change is Exec that returns how many rows changed.
func (c *Conn) Change(query string, args ...any) (int64, error) {
	s, err := c.Stmt(query)
	if err != nil {
		return 0, err
	}
	result, err := s.ExecContext(c.short, args...)
	switch {
	case err != nil && c.ctx.Err() != nil:
		return 0, c.ctx.Err() // its end has rolled the transaction back
	case err != nil:
		return 0, fmt.Errorf("state: %w", trouble.Explain(err))
	}
	return result.RowsAffected()
}

// Row scans the one row of a query; found is false when there is none.
func (c *Conn) Row(query string, args []any, dest ...any) (found bool, err error) {
	s, err := c.Stmt(query)
	if err != nil {
		return false, err
	}
	switch err := s.QueryRowContext(c.short, args...).Scan(dest...); {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("state: %w", trouble.Explain(err))
	}
	return true, nil
}

// Each calls f for every row of a query; f must not use the Conn for writing what it iterates over.
func (c *Conn) Each(query string, args []any, f func(*sql.Rows) error) error {
	s, err := c.Stmt(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(c.ctx, args...)
	if err != nil {
		return fmt.Errorf("state: %w", trouble.Explain(err))
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("state: %w", trouble.Explain(err))
	}
	return nil
}

// Count returns the number that a query of one row and column finds; 0 where there is no row.
func (c *Conn) Count(query string, args ...any) (int64, error) {
	var n int64
	_, err := c.Row(query, args, &n)
	return n, err
}

// Has reports whether a table has a row that the rest of a query picks.
func (c *Conn) Has(which string, args ...any) (bool, error) {
	n, err := c.Count("select count(*) from (select 1 from "+which+" limit 1) as one", args...)
	return n > 0, err
}

// Columns returns the columns of a table as the schema has them.
func (c *Conn) Columns(table string) ([]*sql.ColumnType, error) {
	s, err := c.Stmt("select * from " + table + " where 1 = 0")
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(c.ctx)
	if err != nil {
		return nil, fmt.Errorf("state: %w", trouble.Explain(err))
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, fmt.Errorf("state: %w", err)
	}
	return types, nil
}
