package sql

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log"
	"net/url"
	"strings"
	"time"

	driverpkg "github.com/go-sql-driver/mysql"
)

// mySQL is a database of MySQL or MariaDB.
type mySQL struct{ config *driverpkg.Config }

// newMySQL reads mysql://user:password@host:port/database?settings. Settings are those of the driver; what would let a query do more than
// read is left out.
func newMySQL(dsn string) (*base, error) {
	u, err := url.Parse(dsn)
	if err != nil || u.Path == "" || u.Path == "/" {
		return nil, errNoAddress
	}
	address := "(" + u.Host + ")"
	if u.Port() == "" && u.Host != "" {
		address = "(" + u.Host + ":3306)"
	}
	settings := u.Query()
	net := "tcp"
	if socket := settings.Get("socket"); socket != "" {
		net, address = "unix", "("+socket+")"
		settings.Del("socket")
	} else if u.Host == "" {
		return nil, errNoAddress
	}
	for _, name := range []string{"multiStatements", "allowAllFiles", "parseTime", "loc", "charset", "collation", "interpolateParams"} {
		settings.Del(name)
	}
	c, err := driverpkg.ParseDSN(net + address + "/" + url.PathEscape(strings.TrimPrefix(u.Path, "/")) + "?" + settings.Encode())
	if err != nil {
		return nil, errNoAddress
	}
	c.User = u.User.Username()
	c.Passwd, _ = u.User.Password()
	c.InterpolateParams, c.Logger = true, log.New(io.Discard, "", 0)
	if c.Timeout == 0 {
		c.Timeout = connecting
	}
	if err := c.Apply(driverpkg.Charset("utf8mb4", "")); err != nil {
		return nil, err
	}
	return &base{dialect: mySQL{c}, label: label("mysql", u)}, nil
}

func (d mySQL) open() (*sql.DB, error) {
	connector, err := driverpkg.NewConnector(d.config)
	if err != nil {
		return nil, errNoAddress
	}
	db := sql.OpenDB(connector)
	db.SetConnMaxIdleTime(idle)
	return db, nil
}

// begin bounds statements as the server's kind does. The server waits for us to read as long as a statement may take.
func (d mySQL) begin(ctx context.Context, c *sql.Conn, timeout time.Duration) error {
	var version string
	if err := c.QueryRowContext(ctx, "select version()").Scan(&version); err != nil {
		return err
	}
	bound := fmt.Sprintf("max_execution_time = %d", timeout.Milliseconds())
	if strings.Contains(version, "MariaDB") {
		bound = fmt.Sprintf("max_statement_time = %f", timeout.Seconds())
	}
	patience := max(60, int(timeout.Seconds()))
	for _, statement := range []string{
		fmt.Sprintf("set session %s, time_zone = '+00:00', net_write_timeout = %d, net_read_timeout = %d", bound, patience, patience),
		"set session transaction isolation level repeatable read",
		"start transaction with consistent snapshot, read only",
	} {
		if _, err := c.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func (d mySQL) columns(ctx context.Context, c *sql.Conn, statement string) ([]column, error) {
	return typesOf(ctx, c, statement, func(typed string) holding {
		switch typed = strings.TrimPrefix(typed, "UNSIGNED "); typed {
		case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT", "YEAR":
			return integer
		case "CHAR", "VARCHAR", "TEXT", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "ENUM", "SET":
			return text
		case "JSON":
			return object
		case "BINARY", "VARBINARY", "BLOB", "TINYBLOB", "MEDIUMBLOB", "LONGBLOB":
			return octets
		case "TIMESTAMP":
			return instant
		case "BIT":
			return bits
		}
		return other
	})
}

func (d mySQL) each(ctx context.Context, c *sql.Conn, statement string, args []any, do func(row [][]byte) error) error {
	return scanEach(ctx, c, statement, args, do)
}

func (d mySQL) quote(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

func (d mySQL) read(c column) string { return d.quote(c.name) }

func (d mySQL) key(c column) keyForm {
	name := d.quote(c.name)
	switch c.holds {
	case integer:
		return keyForm{column: c, read: name, order: name, compare: name}
	case octets: // ids as bytes are read as hexadecimal digits
		return keyForm{column: c, read: "lower(hex(" + name + "))", order: name, compare: name}
	case text:
		return keyForm{column: c, read: name, order: "cast(convert(" + name + " using utf8mb4) as binary)", compare: name}
	}
	as := "cast(" + name + " as char)"
	return keyForm{column: c, read: as, order: "cast(" + as + " as binary)", compare: as}
}

func (d mySQL) among(k keyForm, keys []string) (string, []any) {
	args := texts(keys)
	switch k.column.holds {
	case integer:
		args = k.numbers(keys)
	case octets:
		args = fromHex(keys)
	}
	return k.compare + " in (" + marks(len(args)) + ")", args
}

func (d mySQL) from(c column, value string) (string, []any) {
	return d.quote(c.name) + " >= ?", []any{value}
}

func (d mySQL) teach(err error) (string, trouble) {
	var said *driverpkg.MySQLError
	if !errors.As(err, &said) {
		if errors.Is(err, driverpkg.ErrInvalidConn) || errors.Is(err, driver.ErrBadConn) {
			err = io.ErrUnexpectedEOF
		}
		return ofConnection(err), unknown
	}
	switch said.Number {
	case 1146:
		return said.Message, noTable
	case 1054:
		return said.Message, noColumn
	case 1969, 3024:
		return "the query took longer than the source's timeout: an index on the id and the cursor makes it faster; or raise timeout", unknown
	case 1792:
		return said.Message + ": herald only reads", unknown
	case 1142, 1143:
		return said.Message + ": grant its user select", unknown
	case 1044, 1045:
		return said.Message + ": look at user and password of dsn", unknown
	case 1060:
		return said.Message + ": name the columns that are wanted in place of *", unknown
	}
	return said.Message, unknown
}

func (d mySQL) tables() string {
	return "select table_name from information_schema.tables where table_schema = database()"
}
