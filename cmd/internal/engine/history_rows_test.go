package engine_test

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"herald/cmd/internal/intake"
	"herald/source"
	"herald/source/jsonl"
	"herald/source/reader"
	rows "herald/source/sql"
)

// rowColumns are those of a table of articles, and of a file; slugColumns those of one that knows its rows by their slugs.
var (
	slugColumns = strings.Fields("slug title content date categories tags author lang draft robots sitemap feed canonical_url image expires minor last_modified_at")
	rowColumns  = append([]string{"id", "permalink"}, slugColumns...)
)

// row is a story by the names of its fields.
func (s story) row() map[string]string {
	all := maps.Clone(s.meta)
	all["slug"], all["content"] = s.slug(), s.html()
	return all
}

// shelf holds stories in memory.
type shelf struct{ all map[string]story } // by name

func newShelf() shelf { return shelf{map[string]story{}} }

func (h shelf) put(s story) { h.all[s.name] = s }

func (h shelf) drop(s story) { delete(h.all, s.name) }

// sorted returns the stories by name.
func (h shelf) sorted() (all []story) {
	for _, name := range slices.Sorted(maps.Keys(h.all)) {
		all = append(all, h.all[name])
	}
	return all
}

// rowFile is a file of JSON Lines or CSV.
type rowFile struct {
	shelf
	h    *history
	path string
}

func newRowFile(format string) func(h *history, folder string) stock {
	return func(h *history, folder string) stock {
		f := &rowFile{newShelf(), h, h.path(folder + "." + format)}
		f.anew()
		return f
	}
}

func (f *rowFile) put(s story) { f.shelf.put(s); f.anew() }

func (f *rowFile) drop(s story) { f.shelf.drop(s); f.anew() }

func (f *rowFile) touch(story) { f.anew() }

// anew writes the file, which takes the place of the one before.
func (f *rowFile) anew() { f.write(f.text()) }

func (f *rowFile) write(text []byte) {
	f.h.must(os.WriteFile(f.path+"~", text, 0o644))
	f.h.must(os.Rename(f.path+"~", f.path))
}

// text is the file.
func (f *rowFile) text() []byte {
	var b bytes.Buffer
	if strings.HasSuffix(f.path, ".jsonl") {
		for _, s := range f.sorted() {
			f.h.must(json.NewEncoder(&b).Encode(s.row()))
		}
		return b.Bytes()
	}
	w := csv.NewWriter(&b)
	f.h.must(w.Write(rowColumns))
	for _, s := range f.sorted() {
		var cells []string
		for _, c := range rowColumns {
			cells = append(cells, s.row()[c])
		}
		f.h.must(w.Write(cells))
	}
	w.Flush()
	return b.Bytes()
}

// fail takes the file away, or cuts it off within its last row.
func (f *rowFile) fail(how int) {
	text := f.text()
	if len(f.all) == 0 || how%2 == 0 {
		f.h.must(os.Remove(f.path))
		return
	}
	row := bytes.LastIndexByte(bytes.TrimRight(text, "\n"), '\n') + 1
	f.write(text[:row+(len(text)-row)/3])
}

func (f *rowFile) mend() { f.anew() }

func (f *rowFile) source(r reader.Reading) (source.Source, error) {
	format := jsonl.Lines
	if strings.HasSuffix(f.path, ".csv") {
		format = jsonl.Table
	}
	return jsonl.New(jsonl.Config{Path: f.path, Format: format, Reading: r, Now: later})
}

// table is a table in a file of SQLite.
type table struct {
	h       *history
	path    string
	db      *sql.DB
	columns []string
	cursor  string // a column; "": there is none
	version int
	last    *rows.Source
	wholeAt time.Time // of the last full listing
	excused bool      // one may be full before it is due: the program was started anew, a change is held
}

func newTable(cursor string, columns []string) func(h *history, folder string) stock {
	return func(h *history, folder string) stock {
		t := &table{h: h, path: h.path(folder + ".db"), columns: append(slices.Clone(columns), "version", "changed"), cursor: cursor}
		var err error
		t.db, err = sql.Open("sqlite", "file:"+t.path+"?_pragma=journal_mode(wal)&_pragma=synchronous(off)")
		h.must(err)
		h.atEnd(func() { t.db.Close() })
		t.do("create table articles (" + t.columns[0] + " text primary key, " + strings.Join(t.columns[1:], ", ") + ")")
		return t
	}
}

func (t *table) do(statement string, args ...any) {
	_, err := t.db.Exec(statement, args...)
	t.h.must(err)
}

func (t *table) put(s story) {
	t.version++
	row := s.row()
	values := []any{}
	for _, c := range t.columns {
		switch text := row[c]; {
		case c == "version":
			values = append(values, t.version)
		case c == "changed":
			values = append(values, t.h.now.UTC().Format("2006-01-02 15:04:05.000"))
		case text == "":
			values = append(values, nil)
		default:
			values = append(values, text)
		}
	}
	t.do("insert or replace into articles values (?"+strings.Repeat(", ?", len(values)-1)+")", values...)
}

func (t *table) drop(s story) {
	t.do("delete from articles where "+t.columns[0]+" = ?", s.row()[t.columns[0]])
}

func (t *table) touch(s story) { t.put(s) }

// anew makes the file of the database anew.
func (t *table) anew() { t.do("vacuum") }

// fail lets the table or the file be elsewhere.
func (t *table) fail(how int) {
	if how%2 == 0 {
		t.do("alter table articles rename to articles_away")
		return
	}
	t.h.must(os.Rename(t.path, t.path+"-away"))
}

func (t *table) mend() {
	if os.Rename(t.path+"-away", t.path) != nil {
		t.do("alter table articles_away rename to articles")
	}
}

func (t *table) source(r reader.Reading) (source.Source, error) {
	var err error
	t.excused = true
	t.last, err = rows.New(rows.Config{
		Name: "archive", DSN: "sqlite:" + filepath.Base(t.path), Dir: filepath.Dir(t.path), Table: "articles", Cursor: t.cursor, Full: hourly{},
		Reading: r, Now: func() time.Time { return t.h.now },
	})
	return t.last, err
}

// lacks reports whether the last listing was a full one: others say nothing of what is gone.
func (t *table) lacks(string) bool { return !t.last.Stays("") }

// scanned judges when everything is listed, which is what removals wait for. What other sources have to do with it is not judged.
func (t *table) scanned(report *intake.ScanReport) {
	whole, due := t.lacks(""), t.h.now.Sub(t.wholeAt) >= time.Hour
	early := whole && !due && !t.excused && len(t.h.conf.origins) == 1
	if t.cursor != "" && (early || !whole && due) {
		t.h.fail("full listings come when they are due", "full: %t, due: %t, the last at %v", whole, due, t.wholeAt)
	}
	if whole {
		t.wholeAt = t.h.now
	}
	t.excused = t.excused && !whole || report.Hold != nil
}

// hourly is a schedule.
type hourly struct{}

func (hourly) Next(t time.Time) time.Time { return t.Add(time.Hour) }
