package sql_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"herald/source"
	"herald/source/reader"
	rows "herald/source/sql"
)

// fails lists a source, which must end with an error that says something.
func fails(t *testing.T, d *database, c rows.Config, want string) {
	t.Helper()
	_, err := follow(d, c).try(t)
	var refused *source.ArticleError
	if err == nil || !strings.Contains(err.Error(), want) || errors.As(err, &refused) || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%+v: got %v, want an error of the source with %q", c, err, want)
	}
}

// What is wrong with the settings or the database voids the scan, in words that say what to do.
func TestFaultsTeach(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		d.do(t, "create table articles (id integer primary key, title varchar(100), content text, changed varchar(30))",
			"create table authors (id integer primary key, name varchar(100))", "insert into articles values (1, '하나', 'x', '1')")
		fails(t, d, rows.Config{Table: "article"}, `did you mean "articles"?`)
		fails(t, d, rows.Config{Query: "select * from articels"}, `did you mean "articles"?`)
		fails(t, d, rows.Config{Query: "select id, titel from articles"}, `title`)
		fails(t, d, rows.Config{Table: "articles", Cursor: "change"}, `cursor: there is no column "change"; did you mean "changed"?`)
		fails(t, d, rows.Config{Table: "articles", Reading: reader.Reading{Fields: map[string][]string{"content": {"contents", "text"}}}}, `fields.content: there is no column "contents"; did you mean "content"?`)
		fails(t, d, rows.Config{Query: "select title from articles"}, `no column is named id, guid, url or slug; name the one that tells rows apart in fields, such as {id: title}`)
		fails(t, d, rows.Config{Query: "select * fro articles"}, `syntax`)
		if strings.HasPrefix(d.dsn, "sqlite:") {
			return // it gives columns of one name several
		}
		fails(t, d, rows.Config{Query: "select * from articles join authors on articles.id = authors.id"}, `in place of *`)
	})
}

// Settings that can never be right are faults of the config. None repeats a password.
func TestSettings(t *testing.T) {
	for _, c := range []rows.Config{
		{DSN: "oracle://u:geheim@h/d", Table: "a"}, {DSN: "geheim", Table: "a"}, {DSN: "mysql://u:geheim@h", Table: "a"}, {DSN: "mysql://u:geheim/x@h/d", Table: "a"},
		{DSN: "postgres://u:ge heim@h:x/d", Table: "a"}, {DSN: "postgres://u:geheim@h/d?sslmode=maybe", Table: "a"}, {DSN: "sqlite:", Table: "a"},
		{DSN: "sqlite:a"}, {DSN: "sqlite:a", Table: "a", Query: "select 1"}, {DSN: "sqlite:a", Query: "delete from articles"}, {DSN: "sqlite:a", Query: "-- x\nupdate a set b = 1"},
	} {
		if _, err := rows.New(c); err == nil || strings.Contains(err.Error(), "heim") {
			t.Errorf("%+v: got %v, want an error without the password", c, err)
		}
	}
	for _, query := range []string{"select 1", " -- x\nSELECT 1;", "/* x */ with a as (select 1) select * from a", "(select 1) union (select 2)", "values (1)", "select 1; -- that is all\n"} {
		if _, err := rows.New(rows.Config{DSN: "sqlite:a", Query: query}); err != nil {
			t.Errorf("%s: got %v, want no error", query, err)
		}
	}
}

// Nothing is ever written, whatever a query tries.
func TestQueriesThatWrite(t *testing.T) {
	for kind, queries := range map[string][]string{
		"postgres": {"with gone as (delete from articles returning *) select * from gone", "select *, forget() from articles", "select * from articles) as a; delete from articles; select * from (select * from articles"},
		"mariadb":  {"select *, nextval(numbers) as f from articles", "select * from articles) as a; delete from articles; select * from (select * from articles"},
		"sqlite":   {"select * from articles) as a; delete from articles; select * from (select * from articles"},
	} {
		t.Run(kind, func(t *testing.T) {
			d := kinds()[kind](t)
			d.do(t, "create table articles (id integer primary key, title varchar(100))", "insert into articles values (1, '하나')")
			switch kind {
			case "postgres":
				d.do(t, "create function forget() returns int language plpgsql as $$ begin delete from articles; return 1; end $$")
			case "mariadb":
				d.do(t, "create sequence numbers")
			}
			for _, query := range queries {
				if _, err := follow(d, rows.Config{Query: query}).try(t); err == nil {
					t.Errorf("%s: got no error", query)
				}
			}
			var n int
			if err := d.db.QueryRow("select count(*) from articles").Scan(&n); err != nil || n != 1 {
				t.Errorf("got %d articles, %v, want the one", n, err)
			}
		})
	}
}

// O7: a database that hangs ends the scan in time: a server ends the statement, and SQLite, which has no time of its own for it, with the scan.
func TestO7AQueryThatTakesTooLong(t *testing.T) {
	for kind, query := range map[string]string{
		"postgres": "select id, title, pg_sleep(60)::text as x from articles", "mariadb": "select id, title, sleep(60) as x from articles",
		"sqlite": "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) as id from n",
	} {
		t.Run(kind, func(t *testing.T) {
			d := kinds()[kind](t)
			d.do(t, "create table articles (id integer primary key, title varchar(100))", "insert into articles values (1, '하나')")
			s := d.open(t, rows.Config{Query: query, Timeout: time.Second})
			within, want := time.Minute, "timeout"
			if kind == "sqlite" {
				within, want = time.Second, "the time of the scan is over"
			}
			ctx, cancel := context.WithTimeoutCause(t.Context(), within, errors.New("the time of the scan is over"))
			defer cancel()
			var last error
			for _, err := range s.List(ctx) {
				last = err
			}
			if last == nil || !strings.Contains(last.Error(), want) {
				t.Errorf("got %v, want an error that says %q", last, want)
			}
		})
	}
}

// O7: a connection that is lost in the middle of a listing voids it.
func TestO7AConnectionThatIsLost(t *testing.T) {
	for kind, kill := range map[string]string{
		"postgres": "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend' and datname = current_database()",
		"mariadb":  "begin not atomic declare n bigint; select id into n from information_schema.processlist where db = database() and id <> connection_id() and info like '%herald_rows%' limit 1; execute immediate concat('kill ', n); end",
	} {
		t.Run(kind, func(t *testing.T) {
			d := kinds()[kind](t)
			d.do(t, "create table articles (id integer primary key, title varchar(100), content text)")
			body := strings.Repeat("가", 3000)
			for i := range 40 {
				var all []string
				for j := range 100 {
					all = append(all, fmt.Sprintf("(%d, '글', '%s')", i*100+j, body))
				}
				d.do(t, "insert into articles values "+strings.Join(all, ","))
			}
			s := d.open(t, rows.Config{Table: "articles"})
			n, killed := 0, false
			var last error
			for _, err := range s.List(t.Context()) {
				if n++; !killed {
					killed = true
					d.do(t, kill)
				}
				last = err
			}
			if last == nil || n > 4000 || !strings.Contains(last.Error(), "connection") {
				t.Errorf("got %d rows, then %v, want the error of a connection", n, last)
			}
			if got := follow(d, rows.Config{Table: "articles"}).scan(t); len(got.listed) != 4000 {
				t.Errorf("got %d rows after it, want 4000", len(got.listed))
			}
		})
	}
}

// A listing is one moment of the database, whatever happens meanwhile.
func TestAListingIsOneMoment(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		d.do(t, "create table articles (id integer primary key, title varchar(100), version integer)")
		var all []string
		for i := range 3000 {
			all = append(all, fmt.Sprintf("(%d, '글 %d', 1)", i, i))
		}
		d.do(t, "insert into articles values "+strings.Join(all, ","))
		s := d.open(t, rows.Config{Table: "articles", Cursor: "version"})
		n := 0
		for e, err := range s.List(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if n == 0 {
				d.do(t, "delete from articles where id > 10", "update articles set version = 2", "insert into articles values (5000, '새 글', 2)")
			}
			if n++; !strings.HasSuffix(e.Fingerprint, "/1") {
				t.Fatalf("got the fingerprint %q of %s, want that of the beginning", e.Fingerprint, e.Key)
			}
		}
		if n != 3000 {
			t.Errorf("got %d rows, want the 3000 of the beginning", n)
		}
	})
}

// A file of SQLite that another takes the place of is read as it is now.
func TestAFileThatIsReplaced(t *testing.T) {
	d, next := sqlite(t), sqlite(t)
	for i, one := range []*database{d, next} {
		one.do(t, "pragma journal_mode = delete", "create table articles (id integer primary key, title text)", fmt.Sprintf("insert into articles values (%d, '글')", i+1))
		one.db.Close()
	}
	r := follow(d, rows.Config{Table: "articles"})
	equal(t, "before", only(r.scan(t).listed), "1")
	s := d.open(t, rows.Config{Table: "articles"})
	for range s.List(t.Context()) {
	}
	if err := os.Rename(filepath.Join(next.dir, "articles.db"), filepath.Join(d.dir, "articles.db")); err != nil {
		t.Fatal(err)
	}
	for e, err := range s.List(t.Context()) {
		if err != nil || only([]string{e.Key})[0] != "2" {
			t.Errorf("got %q, %v, want the row of the new file", e.Key, err)
		}
	}
	if err := os.WriteFile(filepath.Join(d.dir, "articles.db"), []byte("no database at all, and long enough to look like one"), 0o644); err != nil {
		t.Fatal(err)
	}
	fails(t, d, rows.Config{Table: "articles"}, "not an SQLite database")
}
