package sql_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"herald/source"
	"herald/source/reader"
	rows "herald/source/sql"
)

// loadOne returns the only article of a table.
func loadOne(t *testing.T, d *database, c rows.Config) *source.Article {
	t.Helper()
	s := d.open(t, c)
	for e, err := range s.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		a, err := s.Load(t.Context(), e.Key)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	t.Fatal("there is no row")
	return nil
}

var seoul = time.FixedZone("Asia/Seoul", 9*60*60)

// Types are read as what they mean to each database.
func TestTypes(t *testing.T) {
	for kind, create := range map[string][]string{
		"postgres": {
			`create type mood as enum ('draft', 'live')`,
			`create table articles (id serial, title varchar(100), content bytea, status mood, tags text[], category json, author jsonb, date timestamptz, updated timestamp, published boolean, lang char(5), views numeric)`,
			`insert into articles values (1, '첫 소식', convert_to('<p>본문</p>', 'UTF8'), 'live', '{"강, 그리고 배",NULL,산}', '["소식"]', '{"name": "이슬"}', '2026-11-01 09:00:00+09', '2026-11-02 09:00:00', true, 'ko', 1.50)`,
		},
		"mariadb": {
			`create table articles (id int, title varchar(100) character set euckr, content mediumblob, status enum('draft', 'live'), tags json, category longtext, author json, date timestamp null, updated datetime, published bit(1), lang char(5), expires datetime)`,
			`set sql_mode = '', time_zone = '+09:00'; insert into articles values (1, '첫 소식', '<p>본문</p>', 'live', '["강, 그리고 배", "산"]', '["소식"]', '{"name": "이슬"}', '2026-11-01 09:00:00', '2026-11-02 09:00:00', b'1', 'ko', '0000-00-00 00:00:00')`,
		},
		"sqlite": {
			`create table articles (id integer, title varchar(100), content blob, status text, tags text, category text, author json, date timestamp, updated datetime, published boolean, lang text)`,
			`insert into articles values (1, '첫 소식', '<p>본문</p>', 'live', '["강, 그리고 배", "산"]', '["소식"]', '{"name": "이슬"}', '2026-11-01 00:00:00Z', '2026-11-02 09:00:00', 1, 'ko')`,
		},
	} {
		t.Run(kind, func(t *testing.T) {
			d := kinds()[kind](t)
			d.do(t, create...)
			a := loadOne(t, d, rows.Config{Table: "articles", Reading: reader.Reading{Zone: seoul}})
			got := fmt.Sprintf("%s %s %v %v %v %v %s %s %t", a.Title, a.Body.Text, a.Tags, a.Categories, a.Authors, a.Draft, a.Published.UTC().Format(time.RFC3339), a.Updated.UTC().Format(time.RFC3339), a.Expires.IsZero())
			want := "첫 소식 <p>본문</p> [강, 그리고 배 산] [소식] [{이슬  }] false 2026-11-01T00:00:00Z 2026-11-02T00:00:00Z true"
			if got != want || len(a.Warnings) > 0 {
				t.Errorf("got\n%s %v\nwant\n%s", got, a.Warnings, want)
			}
		})
	}
}

// fields maps columns, and a dot leads into JSON; a draft of the database stays one.
func TestFieldsAreMapped(t *testing.T) {
	each(t, func(t *testing.T, d *database) {
		d.do(t, "create table articles (nr integer, headline varchar(100), doc text, hidden varchar(5))",
			`insert into articles values (1, '[속보] 다리가 열렸다', '{"html": "<p>본문</p>", "labels": ["강"]}', 'true')`)
		a := loadOne(t, d, rows.Config{Table: "articles", Reading: reader.Reading{Fields: map[string][]string{
			"id": {"nr"}, "title": {"headline"}, "content": {"doc.html"}, "tags": {"doc.labels"}, "draft": {"hidden"},
		}}})
		if a.ID != "1" || a.Title != "[속보] 다리가 열렸다" || a.Body.Text != "<p>본문</p>" || !slices.Equal(a.Tags, []string{"강"}) || !a.Draft {
			t.Errorf("got %+v", a)
		}
	})
}

// A database in an old Korean encoding is read as what it means.
func TestC10DatabaseInEUCKR(t *testing.T) {
	d := postgres(t)
	d.do(t, "create database korean encoding 'EUC_KR' lc_collate 'C' lc_ctype 'C' template template0")
	k := d.other(t, "korean")
	k.do(t, "create table articles (id text, title text)", "insert into articles values ('나', '둘째'), ('가', '첫째')")
	got := follow(k, rows.Config{Table: "articles"}).scan(t)
	equal(t, "listed", got.listed, "가", "나")
	if got.titles["가"] != "첫째" {
		t.Errorf("got %q", got.titles)
	}
}
