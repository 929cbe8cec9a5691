package sql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
)

// postgres is a database of Postgres. All that is asked of it goes without prepared statements, so that a pooler may stand between, and all
// values come as texts, so that every type of an extension can be read.
type postgres struct{ config *pgx.ConnConfig }

func newPostgres(dsn string) (*base, error) {
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, errNoAddress // the cause repeats parts of it
	}
	c.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	c.OnNotice = func(*pgconn.PgConn, *pgconn.Notice) {}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = connecting
	}
	return &base{dialect: postgres{c}, label: "postgres " + c.Host + "/" + c.Database}, nil
}

func (d postgres) open() (*sql.DB, error) {
	db := stdlib.OpenDB(*d.config)
	db.SetConnMaxIdleTime(idle)
	return db, nil
}

// begin sets what a result depends on for this transaction alone.
func (d postgres) begin(ctx context.Context, c *sql.Conn, timeout time.Duration) error {
	statement := fmt.Sprintf("begin isolation level repeatable read read only; set local statement_timeout = %d; "+
		"set local idle_in_transaction_session_timeout = 0; set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; "+
		"set local bytea_output = 'hex'; set local client_encoding = 'UTF8'", timeout.Milliseconds())
	_, err := c.ExecContext(ctx, statement)
	return err
}

// ask sends one statement and calls do with what comes.
func (d postgres) ask(ctx context.Context, c *sql.Conn, statement string, args []any, do func(*pgconn.ResultReader) error) error {
	values := make([][]byte, len(args))
	for i, arg := range args {
		values[i] = []byte(arg.(string))
	}
	return c.Raw(func(from any) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		r := from.(*stdlib.Conn).Conn().PgConn().ExecParams(ctx, statement, values, nil, nil, nil)
		err := do(r)
		if err != nil {
			cancel() // else the rest of the rows would be read
		}
		if _, errEnd := r.Close(); err == nil {
			err = errEnd
		}
		return err
	})
}

func (d postgres) each(ctx context.Context, c *sql.Conn, statement string, args []any, do func(row [][]byte) error) error {
	return d.ask(ctx, c, statement, args, func(r *pgconn.ResultReader) error {
		for r.NextRow() {
			if err := do(r.Values()); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d postgres) columns(ctx context.Context, c *sql.Conn, statement string) (all []column, err error) {
	types := pgtype.NewMap()
	err = d.ask(ctx, c, statement, nil, func(r *pgconn.ResultReader) error {
		r.NextRow()
		for _, f := range r.FieldDescriptions() {
			one := column{name: f.Name, typed: fmt.Sprint(f.DataTypeOID), holds: other}
			switch f.DataTypeOID {
			case pgtype.Int2OID, pgtype.Int4OID, pgtype.Int8OID:
				one.holds = integer
			case pgtype.TextOID, pgtype.VarcharOID:
				one.holds = text
			case pgtype.BoolOID:
				one.holds = boolean
			case pgtype.JSONOID, pgtype.JSONBOID:
				one.holds = object
			case pgtype.ByteaOID:
				one.holds = octets
			case pgtype.TimestamptzOID:
				one.holds = instant
			default:
				if t, known := types.TypeForOID(f.DataTypeOID); known && strings.HasPrefix(t.Name, "_") {
					one.holds = list
				}
			}
			all = append(all, one)
		}
		return nil
	})
	return all, err
}

func (d postgres) quote(name string) string { return pgx.Identifier{name}.Sanitize() }

func (d postgres) read(c column) string { return "herald_rows." + d.quote(c.name) }

func (d postgres) key(c column) keyForm {
	name := d.read(c)
	switch {
	case c.holds == integer:
		return keyForm{column: c, read: name, order: name, compare: name + " = any($1::bigint[])"}
	case c.typed == fmt.Sprint(pgtype.UUIDOID):
		return keyForm{column: c, read: name, order: name, compare: name + " = any($1::uuid[])"}
	case c.holds == text:
		return keyForm{column: c, read: name, order: name + ` collate "C"`, compare: name + " = any($1::text[])"}
	}
	as := name + "::text"
	return keyForm{column: c, read: as, order: as + ` collate "C"`, compare: as + " = any($1::text[])"}
}

func (d postgres) among(k keyForm, keys []string) (string, []any) {
	var members []string
	if k.column.holds == integer {
		for _, n := range k.numbers(keys) {
			if n, isInt := n.(int64); isInt {
				members = append(members, fmt.Sprint(n))
			}
		}
	} else {
		for _, key := range keys {
			if k.column.typed == fmt.Sprint(pgtype.UUIDOID) && !isUUID(key) || strings.Contains(key, "\x00") {
				continue
			}
			members = append(members, `"`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(key)+`"`)
		}
	}
	if len(members) == 0 {
		return "", nil
	}
	return k.compare, []any{"{" + strings.Join(members, ",") + "}"}
}

// isUUID reports whether a key is spelled as Postgres does.
func isUUID(key string) bool {
	return len(key) == 36 && strings.Trim(key, "0123456789abcdef-") == ""
}

func (d postgres) from(c column, value string) (string, []any) {
	if c.holds == text {
		return d.read(c) + ` collate "C" >= $1`, []any{value}
	}
	return d.read(c) + " >= $1", []any{value}
}

func (d postgres) teach(err error) (string, trouble) {
	var said *pgconn.PgError
	if !errors.As(err, &said) {
		return ofConnection(err), unknown
	}
	what := said.Message
	if said.Hint != "" {
		what += " (" + said.Hint + ")"
	}
	switch said.Code {
	case "42P01":
		return what, noTable
	case "42703":
		return what, noColumn
	case "57014":
		return "the query took longer than the source's timeout: an index on the id and the cursor makes it faster; or raise timeout", unknown
	case "25006":
		return what + ": herald only reads", unknown
	case "42501":
		return what + ": grant its user select", unknown
	case "28P01", "28000":
		return what + ": look at user and password of dsn", unknown
	case "42702":
		return what + ": name the columns that are wanted in place of *", unknown
	case "40001":
		return what + ": a standby gave up the query for changes of its primary; raise max_standby_streaming_delay there, or read the primary", unknown
	}
	return what, unknown
}

// ofConnection returns what is wrong with a connection, without its settings.
func ofConnection(err error) string {
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) && connect.Unwrap() != nil {
		err = connect.Unwrap()
	}
	var op *net.OpError
	switch {
	case errors.As(err, &op) && op.Op == "dial":
		return op.Error() + ": is the database running, and does dsn name its host and port?"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), op != nil:
		return "the connection was lost while it was read; the next scan tries again"
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return "the database did not answer in time"
	}
	return err.Error()
}

func (d postgres) tables() string {
	return "select case when schemaname = any(current_schemas(false)) then '' else schemaname || '.' end || name from " +
		"(select schemaname, tablename as name from pg_tables union all select schemaname, viewname from pg_views) as t " +
		"where schemaname not in ('pg_catalog', 'information_schema')"
}
