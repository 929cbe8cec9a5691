package sql_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"herald/source"
	"herald/source/reader"
	"herald/source/sourcetest"
	rows "herald/source/sql"
	"herald/source/sql/servertest"
)

// database is a database that tests write.
type database struct {
	dsn, dir string
	db       *sql.DB
	remove   func(t *testing.T) // makes it unreadable
}

// do runs statements.
func (d *database) do(t testing.TB, statements ...string) {
	t.Helper()
	for _, one := range statements {
		if _, err := d.db.Exec(one); err != nil {
			t.Fatalf("%s: %v", one, err)
		}
	}
}

// open returns a source of the database; c says what of it.
func (d *database) open(t testing.TB, c rows.Config) *rows.Source {
	t.Helper()
	c.DSN, c.Dir = d.dsn, d.dir
	if c.Name == "" {
		c.Name = "archive"
	}
	s, err := rows.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// other returns another database of the server.
func (d *database) other(t testing.TB, name string) *database {
	dsn := regexp.MustCompile(`dbname=\w+`).ReplaceAllString(d.dsn, "dbname="+name)
	db, err := sql.Open("pgx", dsn+"&client_encoding=UTF8")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return &database{dsn: dsn, db: db}
}

// sqlite returns a new file of SQLite.
func sqlite(t testing.TB) *database {
	dir := t.TempDir()
	path := filepath.Join(dir, "articles.db")
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(wal)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return &database{dsn: "sqlite:articles.db", dir: dir, db: db, remove: func(t *testing.T) {
		db.Close()
		if err := os.Rename(path, path+"-away"); err != nil {
			t.Fatal(err)
		}
	}}
}

func TestMain(m *testing.M) {
	code := m.Run()
	servertest.Stop()
	os.Exit(code)
}

// postgres returns a new database of Postgres.
func postgres(t testing.TB) *database {
	dsn, db := servertest.Postgres(t)
	return &database{dsn: dsn, db: db, remove: func(t *testing.T) {
		if _, err := db.Exec("drop table articles"); err != nil {
			t.Fatal(err)
		}
	}}
}

// mariadb returns a new database of MariaDB.
func mariadb(t testing.TB) *database {
	dsn, db := servertest.MariaDB(t)
	return &database{dsn: dsn, db: db, remove: func(t *testing.T) {
		if _, err := db.Exec("drop table articles"); err != nil {
			t.Fatal(err)
		}
	}}
}

// kinds are the databases that the suite runs over.
func kinds() map[string]func(t testing.TB) *database {
	return map[string]func(t testing.TB) *database{"sqlite": sqlite, "postgres": postgres, "mariadb": mariadb}
}

func TestRowsAreASource(t *testing.T) {
	for name, fresh := range kinds() {
		for _, cursor := range []string{"", "version"} {
			t.Run(name+"/"+cursor, func(t *testing.T) {
				sourcetest.Test(t, func(t *testing.T) *sourcetest.Origin { return origin(t, fresh(t), cursor) })
			})
		}
	}
}

// origin is a table of articles whose ids are texts.
func origin(t *testing.T, d *database, cursor string) *sourcetest.Origin {
	d.do(t, "create table articles (id varchar(100) primary key, title text, content text, date text, redirect_to text, version integer)")
	version := 0
	put := func(t *testing.T, id, title, content, date, to string) string {
		version++
		d.do(t, fmt.Sprintf("delete from articles where id = '%s'", id),
			fmt.Sprintf("insert into articles values ('%s', '%s', '%s', %s, %s, %d)", id, title, content, date, to, version))
		return id
	}
	return &sourcetest.Origin{
		Source:  d.open(t, rows.Config{Table: "articles", Cursor: cursor}),
		Put:     func(t *testing.T, name, title, body string) string { return put(t, name, title, body, "null", "null") },
		Refused: func(t *testing.T, name string) string { return put(t, name, "제목", "본문", "'언젠가'", "null") },
		Remove:  func(t *testing.T, key string) { d.do(t, fmt.Sprintf("delete from articles where id = '%s'", key)) },
		Break:   d.remove,
		NoArticle: func(t *testing.T) string {
			return put(t, "moved", "제목", "본문", "null", "'/a/'")
		},
		Otherwise: func(t *testing.T) source.Source {
			return d.open(t, rows.Config{Table: "articles", Cursor: cursor, Reading: reader.Reading{Pattern: "/:slug/"}})
		},
	}
}
