package sql_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"herald/source/reader"
	rows "herald/source/sql"
)

// ids are columns that tell rows apart, with values in the order in which articles are then known: ascending by whole number, else by bytes.
var ids = []struct {
	kind, typed string
	values      []string // as SQL has them
}{
	{"postgres", "bigint", []string{"-9223372036854775808", "-10", "-9", "0", "7", "10", "9223372036854775807"}},
	{"postgres", "uuid", []string{"'00000000-0000-4000-8000-00000000000a'", "'0e000000-0000-4000-8000-000000000000'", "'f0000000-0000-4000-8000-000000000000'"}},
	{"postgres", `text collate "en-x-icu"`, []string{"'A'", "'B'", "'a'", "'a-b'", "'ab'", "'b'", `'b"c\d'`, "'가'"}},
	{"postgres", "char(4)", []string{"'B'", "'a'", "'ab'"}},
	{"postgres", "bytea", []string{`'\x00ff'`, `'\x01'`, `'\xff'`}},
	{"postgres", "numeric", []string{"1", "10", "2.5"}},
	{"postgres", "date", []string{"'2026-01-02'", "'2026-11-01'"}},
	{"mariadb", "bigint unsigned", []string{"0", "9", "10", "18446744073709551615"}},
	{"mariadb", "int", []string{"-10", "-9", "0", "7", "10"}},
	{"mariadb", "varchar(20) collate utf8mb4_general_ci", []string{"'B'", "'a'", "'a-b'", "'ab'", "'가'"}},
	{"mariadb", "varchar(20) character set euckr", []string{"'B'", "'a'", "'가'", "'나'"}},
	{"mariadb", "binary(2)", []string{"x'00ff'", "x'0100'", "x'ff00'"}},
	{"mariadb", "decimal(9,2)", []string{"1.00", "10.00", "2.50"}},
	{"sqlite", "integer", []string{"-9223372036854775808", "-10", "-9", "0", "7", "10", "9223372036854775807"}},
	{"sqlite", "text collate nocase", []string{"'A'", "'B'", "'a-b'", "'ab'", "'가'"}},
	{"sqlite", "", []string{"10", "'B'", "'a'"}},
	{"sqlite", "blob", []string{"x'41'", "'B'"}},
	{"sqlite", "numeric", []string{"1", "10", "2.5"}},
}

func TestKeysComeInOrder(t *testing.T) {
	for _, c := range ids {
		t.Run(c.kind+"/"+c.typed, func(t *testing.T) {
			d := kinds()[c.kind](t)
			d.do(t, "create table articles (id "+c.typed+" primary key, title varchar(100), version integer)")
			backwards := slices.Clone(c.values)
			slices.Reverse(backwards)
			for _, v := range backwards {
				d.do(t, fmt.Sprintf("insert into articles values (%s, %s, 1)", v, text(v)))
			}
			for _, cursor := range []string{"", "version"} {
				got := follow(d, rows.Config{Table: "articles", Cursor: cursor}).scan(t)
				var titles, want []string
				for _, key := range got.loaded {
					titles = append(titles, got.titles[key])
				}
				for _, v := range c.values {
					want = append(want, strings.Trim(text(v), "'"))
				}
				equal(t, "cursor "+cursor, titles, want...)
				s := d.open(t, rows.Config{Table: "articles"})
				for i, key := range got.loaded {
					if a, err := s.Load(t.Context(), key); err != nil || a.Title != want[i] || !strings.HasPrefix(a.Place, "archive: row ") {
						t.Errorf("Load(%q) by itself: got %+v, %v", key, a, err)
						continue
					} else if at, found := s.KeyAt(t.Context(), a.Place); !found || at != key {
						t.Errorf("KeyAt(%q): got %q, %t, want %q", a.Place, at, found, key)
					}
				}
			}
		})
	}
}

// text returns a value as a title.
func text(v string) string {
	return "'Nr. " + strings.NewReplacer("'", "", `\`, "/", `"`, "").Replace(v) + "'"
}

// Rows of one id that say the same are one article; where they differ it is refused, and its last good version stays.
func TestI3SeveralRowsOfOneID(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		d.do(t, "create table articles (id integer, title varchar(100), version integer)", "create table labels (article integer, tag varchar(100))",
			"insert into articles values (1, '하나', 1), (2, '둘', 1), (3, '셋', 1), (3, '셋', 1)",
			"insert into labels values (1, '강'), (1, '배'), (2, '배')")
		query := "select articles.*, labels.tag from articles left join labels on article = id"
		for _, cursor := range []string{"", "version"} {
			got := follow(d, rows.Config{Query: query, Cursor: cursor}).scan(t)
			equal(t, "listed", only(got.listed), "1", "2", "3")
			if len(got.refused) != 1 || !strings.Contains(got.refused[got.listed[0]], "archive: row 1: another row has the same id: ") {
				t.Errorf("cursor %q: got %q refused, want row 1", cursor, got.refused)
			}
		}
	})
}

// What has no id is no article; the scan says how many there are.
func TestRowsWithoutID(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		d.do(t, "create table articles (slug varchar(2000), title varchar(100))", "insert into articles values (null, '없음'), ('', '없음'), ('a', '하나')",
			"insert into articles values ('"+strings.Repeat("x", 1500)+"', '긴 글')")
		got := follow(d, rows.Config{Table: "articles"}).scan(t)
		equal(t, "listed", got.listed, "a")
		equal(t, "notes", got.notes, "3 rows have no slug, or one that is longer than 1024 bytes, and are left out")
	})
}

// The id is the first name that there is: mapped ones before ours.
func TestWhichColumnIsTheID(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		d.do(t, "create table articles (slug varchar(20), url varchar(20), ID integer, number integer, title varchar(20))", "insert into articles values ('s', '/u/', 1, 2, '하나')")
		for field, want := range map[string]string{"": "1", "id": "2"} {
			c := rows.Config{Table: "articles"}
			if field != "" {
				c.Reading = reader.Reading{Fields: map[string][]string{field: {"number"}}}
			}
			equal(t, "fields "+field, only(follow(d, c).scan(t).listed), want)
		}
	})
}
