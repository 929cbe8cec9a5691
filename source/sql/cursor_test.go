package sql_test

import (
	"strings"
	"testing"
	"time"

	"herald/config/schedule"
	rows "herald/source/sql"
)

// articles makes a table whose cursor is a time without a zone.
func articles(t *testing.T, d *database) {
	d.do(t, "create table articles (id integer primary key, title varchar(200), content text, changed timestamp null)")
}

func daily(t *testing.T) rows.Schedule {
	s, err := schedule.Parse("@daily", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Between full listings only what changed is listed and loaded, and nothing is gone; a full listing sees what is. Both hold over restarts: each scan is
// one of a new process.
func TestIncrements(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		articles(t, d)
		d.do(t, `insert into articles values (9, '아홉', 'x', '2026-11-10 09:00:00'), (10, '열', 'x', '2026-11-10 10:00:00'), (11, '열하나', 'x', '2026-11-10 11:00:00')`)
		r := follow(d, rows.Config{Table: "articles", Cursor: "changed", Full: daily(t)})
		equal(t, "first", only(r.scan(t).loaded), "9", "10", "11")
		got := r.scan(t)
		equal(t, "unchanged", only(got.listed), "11")
		equal(t, "unchanged", got.loaded)

		d.do(t, "update articles set title = '고친 아홉', changed = '2026-11-10 11:00:00' where id = 9", // as late as the last
			"insert into articles values (100, '백', 'x', '2026-11-10 12:00:00')", "delete from articles where id = 10")
		r.now = r.now.Add(time.Hour)
		got = r.scan(t)
		equal(t, "changed", only(got.loaded), "9", "100")
		equal(t, "changed", got.removed)
		if title := got.titles[got.loaded[0]]; title != "고친 아홉" {
			t.Errorf("got the title %q", title)
		}

		r.now = r.now.Add(10 * time.Hour)
		equal(t, "before midnight", r.scan(t).removed)
		r.now = r.now.Add(2 * time.Hour)
		got = r.scan(t)
		equal(t, "full", only(got.listed), "9", "11", "100")
		equal(t, "full", got.loaded)
		equal(t, "full", only(got.removed), "10")
		equal(t, "after the full one", only(r.scan(t).listed), "100")
		r.now = r.now.Add(-48 * time.Hour) // the clock was set back: nothing waits for days
		equal(t, "earlier", only(r.scan(t).listed), "9", "11", "100")
	})
}

// A transaction may commit late what it changed early: rows from shortly before the last cursor are listed, and loaded where they are others.
func TestWhatCommitsLate(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		articles(t, d)
		d.do(t, `insert into articles values (1, '하나', 'x', '2026-11-10 10:00:00'), (2, '둘', 'x', '2026-11-10 11:00:00')`)
		r := follow(d, rows.Config{Table: "articles", Cursor: "changed", Full: daily(t)})
		r.scan(t)
		d.do(t, `insert into articles values (3, '셋', 'x', '2026-11-10 10:56:00')`)
		equal(t, "late", only(r.scan(t).loaded), "3")
		equal(t, "again", r.scan(t).loaded)
	})
}

// NULL says that a row never changed: it is read once, and again once it has a value.
func TestCursorsThatAreNull(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		articles(t, d)
		d.do(t, `insert into articles values (1, '하나', 'x', null), (2, '둘', 'x', '2026-11-10 11:00:00')`)
		r := follow(d, rows.Config{Table: "articles", Cursor: "changed", Full: daily(t)})
		equal(t, "first", only(r.scan(t).loaded), "1", "2")
		equal(t, "again", r.scan(t).loaded)
		d.do(t, `insert into articles values (3, '셋', 'x', null)`)
		equal(t, "new", only(r.scan(t).loaded), "3")
		d.do(t, `update articles set title = '고침', changed = '2026-11-10 11:00:00' where id = 1`)
		equal(t, "changed", only(r.scan(t).loaded), "1")
	})
}

// All cursors NULL: every scan lists all rows and loads none.
func TestNoCursorYet(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		articles(t, d)
		d.do(t, `insert into articles values (1, '하나', 'x', null)`)
		r := follow(d, rows.Config{Table: "articles", Cursor: "changed", Full: daily(t)})
		equal(t, "first", only(r.scan(t).loaded), "1")
		d.do(t, `insert into articles values (2, '둘', 'x', '2026-11-10 11:00:00')`)
		equal(t, "second", only(r.scan(t).loaded), "2")
		equal(t, "third", r.scan(t).loaded)
	})
}

// A row that claims to be of the future hides no row that changes now.
func TestACursorInTheFuture(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		articles(t, d)
		d.do(t, `insert into articles values (1, '하나', 'x', '2037-01-01 00:00:00'), (2, '둘', 'x', '2026-11-19 11:00:00')`)
		r := follow(d, rows.Config{Table: "articles", Cursor: "changed", Full: daily(t)})
		r.scan(t)
		d.do(t, `update articles set title = '고침', changed = '2026-11-20 11:59:00' where id = 2`)
		equal(t, "now", only(r.scan(t).loaded), "2")
		equal(t, "again", r.scan(t).loaded)
	})
}

// A row that changed a moment ago may change once more in the same second: it is read again.
func TestTwoChangesInOneSecond(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		articles(t, d)
		d.do(t, `insert into articles values (1, '하나', 'x', '2026-11-20 11:59:59')`)
		r := follow(d, rows.Config{Table: "articles", Cursor: "changed", Full: daily(t)})
		r.scan(t)
		d.do(t, `update articles set title = '고침' where id = 1`)
		r.now = r.now.Add(time.Minute)
		equal(t, "changed once more", only(r.scan(t).loaded), "1")
		equal(t, "again", r.scan(t).loaded)
	})
}

// Cursors that count are numbers: 9 comes before 10.
func TestCursorsThatCount(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		d.do(t, "create table articles (id integer primary key, title varchar(200), version bigint)",
			"insert into articles values (1, '하나', 9), (2, '둘', 5000)")
		r := follow(d, rows.Config{Table: "articles", Cursor: "version", Full: daily(t)})
		r.scan(t)
		d.do(t, "update articles set title = '고침', version = 10000 where id = 1", "insert into articles values (3, '셋', 100)")
		got := r.scan(t)
		equal(t, "changed", only(got.loaded), "1")
		d.do(t, "update articles set title = '고침', version = 9500 where id = 2") // it committed late
		equal(t, "late", only(r.scan(t).loaded), "2")
	})
}

// Other columns, or another query, are read anew and whole, and see what is gone.
func TestAnotherShapeIsReadAnew(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		articles(t, d)
		d.do(t, `insert into articles values (1, '하나', 'x', '2026-11-10 10:00:00'), (2, '둘', 'x', '2026-11-10 11:00:00')`)
		r := follow(d, rows.Config{Table: "articles", Cursor: "changed", Full: daily(t)})
		r.scan(t)
		d.do(t, "alter table articles add column tags varchar(100)", "delete from articles where id = 1")
		got := r.scan(t)
		equal(t, "another column", only(got.loaded), "2")
		equal(t, "another column", only(got.removed), "1")
		r.config.Table, r.config.Query = "", "select * from articles"
		equal(t, "another query", only(r.scan(t).loaded), "2")
	})
}

// An increment reads no body of what did not change.
func TestUnchangedReadsNoBody(t *testing.T) {
	d := postgres(t)
	articles(t, d)
	d.do(t, `create function body(text) returns text stable language plpgsql as $$ begin if $1 = 'never' then raise 'a body was read'; end if; return $1; end $$`,
		`insert into articles values (1, '하나', 'x', '2026-11-10 10:00:00'), (2, '둘', 'x', '2026-11-10 10:00:00')`)
	r := follow(d, rows.Config{Query: "select id, title, changed, body(content) as content from articles", Cursor: "changed", Full: daily(t)})
	r.scan(t)
	d.do(t, "update articles set content = 'never'")
	equal(t, "unchanged", only(r.scan(t).listed), "1", "2")
	r.now = r.now.Add(24 * time.Hour)
	equal(t, "full", only(r.scan(t).listed), "1", "2")
	d.do(t, "update articles set changed = '2026-11-10 11:00:00'")
	if _, err := r.try(t); err == nil || !strings.Contains(err.Error(), "a body was read") {
		t.Errorf("got %v, want the error of a body", err)
	}
}
