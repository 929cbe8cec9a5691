package sql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteFile is a file of SQLite. It is never written, nor held open between two calls: another may take its place.
type sqliteFile struct{ path string }

func (d sqliteFile) open() (*sql.DB, error) {
	v := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(10000)", "query_only(1)"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: d.path}).EscapedPath()+"?"+v.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(-1)
	return db, nil
}

// begin begins: the first statement takes the snapshot. A statement ends with its context.
func (d sqliteFile) begin(ctx context.Context, c *sql.Conn, _ time.Duration) error {
	_, err := c.ExecContext(ctx, "begin")
	return err
}

func (d sqliteFile) columns(ctx context.Context, c *sql.Conn, statement string) ([]column, error) {
	return typesOf(ctx, c, statement, func(typed string) holding {
		switch { // as SQLite tells affinities: sqlite.org/datatype3.html section 3.1
		case strings.Contains(typed, "INT"):
			return integer
		case strings.Contains(typed, "CHAR"), strings.Contains(typed, "CLOB"), strings.Contains(typed, "TEXT"):
			return text
		}
		return other
	})
}

func (d sqliteFile) each(ctx context.Context, c *sql.Conn, statement string, args []any, do func(row [][]byte) error) error {
	return scanEach(ctx, c, statement, args, do)
}

func (d sqliteFile) quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// read takes a column's type away, by which the driver would read times into other texts.
func (d sqliteFile) read(c column) string { return "+" + d.quote(c.name) }

func (d sqliteFile) key(c column) keyForm {
	name := d.quote(c.name)
	switch c.holds {
	case integer:
		return keyForm{column: c, read: "+" + name, order: name, sort: "+" + name, compare: name}
	case text:
		return keyForm{column: c, read: "cast(" + name + " as text)", order: name + " collate binary", compare: name + " collate binary"}
	}
	as := "cast(" + name + " as text)"
	return keyForm{column: c, read: as, order: as + " collate binary", compare: as}
}

func (d sqliteFile) among(k keyForm, keys []string) (string, []any) {
	args := texts(keys)
	if k.column.holds == integer {
		args = k.numbers(keys)
	}
	return k.compare + " in (" + marks(len(args)) + ")", args
}

// from compares numbers with numbers: to SQLite every text is greater.
func (d sqliteFile) from(c column, value string) (string, []any) {
	condition := d.quote(c.name) + " >= ?"
	if n, err := strconv.ParseInt(value, 10, 64); err == nil && c.holds != text {
		return condition, []any{n}
	}
	if n, err := strconv.ParseFloat(value, 64); err == nil && c.holds != text {
		return condition, []any{n}
	}
	return condition, []any{value}
}

func (d sqliteFile) teach(err error) (string, trouble) {
	var from *sqlite.Error
	if !errors.As(err, &from) {
		return err.Error(), unknown
	}
	what := from.Error()
	if _, after, found := strings.Cut(what, ": "); found && strings.HasPrefix(what, "SQL logic error") {
		what = after
	}
	what = strings.TrimSuffix(what, fmt.Sprintf(" (%d)", from.Code()))
	switch {
	case strings.HasPrefix(what, "no such table"):
		return what, noTable
	case strings.HasPrefix(what, "no such column"):
		return what, noColumn
	}
	switch from.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return what + ": another program writes to it for long; in WAL mode readers need not wait", unknown
	case sqlite3.SQLITE_NOTADB:
		return "the file is not an SQLite database", unknown
	case sqlite3.SQLITE_CANTOPEN:
		if info, err := os.Stat(d.path); errors.Is(err, fs.ErrNotExist) {
			return "there is no such file", unknown
		} else if err == nil && info.IsDir() {
			return "it is a folder; a file of SQLite is wanted", unknown
		}
		return "the file cannot be opened: may herald read it, and in WAL mode the files beside it?", unknown
	case sqlite3.SQLITE_READONLY:
		return "the query writes, and herald only reads", unknown
	}
	return what, unknown
}

func (d sqliteFile) tables() string {
	return "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%'"
}
