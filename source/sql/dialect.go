package sql

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"strings"
	"time"
)

// errStop ends the reading of rows before their end.
var errStop = errors.New("stop")

// idle is how long a connection that nobody uses is kept.
const idle = 5 * time.Second

// connecting is the longest that a connection may take to be made.
const connecting = 15 * time.Second

// base is a database: how it is reached, and how messages name it, without user and password.
type base struct {
	dialect dialect
	label   string
}

var errNoAddress = errors.New("is not the address of a database: want postgres://user:password@host/database, mysql://user:password@host/database or sqlite:PATH; " +
	"in user and password, percent codes stand for characters such as @ and /")

// label names a database by its host and its own name.
func label(kind string, u *url.URL) string { return kind + " " + u.Host + u.Path }

// dialect is one kind of database: how it is reached, and what its SQL has of its own. Values come as texts, as the database writes them.
type dialect interface {
	// open returns a pool; it connects to nothing yet.
	open() (*sql.DB, error)
	// begin begins a read-only transaction that sees one snapshot. No statement in it may take longer than timeout, unless that is 0.
	begin(ctx context.Context, c *sql.Conn, timeout time.Duration) error
	// columns returns the columns that a statement has.
	columns(ctx context.Context, c *sql.Conn, statement string) ([]column, error)
	// each calls do with the values of each row, nil for NULL; they hold until do returns. An error of do ends it.
	each(ctx context.Context, c *sql.Conn, statement string, args []any, do func(row [][]byte) error) error
	// quote quotes a name.
	quote(name string) string
	// read returns the expression by which a column is read.
	read(c column) string
	// key returns how a column serves as key.
	key(c column) keyForm
	// among returns a condition that holds for the rows with some keys, and perhaps for others.
	among(k keyForm, keys []string) (condition string, args []any)
	// from returns a condition that holds where a column is not below a value, and the arguments of it.
	from(c column, value string) (condition string, args []any)
	// teach returns what an error of the server or of the connection means, in one line without secrets.
	teach(err error) (what string, kind trouble)
	// tables is a statement that returns the names of the tables that can be read.
	tables() string
}

// caller is a dialect whose server tells of changes.
type caller interface {
	// listen calls changed once it listens to a channel, and for each notification, until ctx ends or the connection is lost.
	listen(ctx context.Context, channel string, changed func()) error
}

// column is one column of the rows.
type column struct {
	name  string
	holds holding
	typed string // the name that the database has for its type
}

// holding is what the texts of a column are.
type holding uint8

const (
	text    holding = iota
	integer         // whole numbers
	boolean         // t or f
	object          // JSON
	list            // an array as Postgres writes it
	octets          // bytes; of Postgres, in hexadecimal digits
	instant         // a time in UTC that does not say so
	bits            // a number as bytes, the highest first
	other           // all else
)

// trouble is a kind of error that more can be said about.
type trouble uint8

const (
	unknown trouble = iota
	noTable
	noColumn
)

// keyForm is how a column serves as key. A key is the text of the value; whole numbers are filled up with zeros, so that their order is
// that of the bytes and an index on them serves.
type keyForm struct {
	column  column
	read    string // the expression whose text is the key
	order   string // the expression whose order is that of the keys' bytes
	sort    string // the same where few of the rows are listed, for a planner that would read all to have them in order; "": order
	compare string // what keys are compared with
}

// scanEach is dialect.each for drivers of database/sql.
func scanEach(ctx context.Context, c *sql.Conn, statement string, args []any, do func(row [][]byte) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	rows, err := c.QueryContext(ctx, statement, args...)
	if err != nil {
		return err
	}
	defer func() {
		cancel() // else the rest of the rows would be read
		rows.Close()
	}()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	values, raw, at := make([][]byte, len(names)), make([]sql.RawBytes, len(names)), make([]any, len(names))
	for i := range raw {
		at[i] = &raw[i]
	}
	for rows.Next() {
		if err := rows.Scan(at...); err != nil {
			return err
		}
		for i := range raw {
			values[i] = raw[i]
		}
		if err := do(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// typesOf is dialect.columns for drivers of database/sql.
func typesOf(ctx context.Context, c *sql.Conn, statement string, holds func(typed string) holding) ([]column, error) {
	rows, err := c.QueryContext(ctx, statement)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	all := make([]column, len(types))
	for i, t := range types {
		typed := strings.ToUpper(t.DatabaseTypeName())
		all[i] = column{name: t.Name(), typed: typed, holds: holds(typed)}
	}
	return all, rows.Err()
}

// marks returns n question marks for a list.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }
