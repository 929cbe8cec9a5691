package engine_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"herald/source/bucket/storetest"
)

// crashKinds are the kinds of source that are killed, and whose machines lose their power, beside files: all in one newsroom. HERALD_CRASH_KIND
// names others: one, some joined by "+", or "each" for each in a newsroom of its own.
func crashKinds() []string {
	all := []string{"files", "sql", "sql-cursor", "json", "json-paged", "wordpress", "ghost", "rss", "atom", "jsonfeed", "sitemap", "jsonl", "csv", "bucket"}
	switch named := os.Getenv("HERALD_CRASH_KIND"); named {
	case "":
		return []string{strings.Join(all, "+")}
	case "each":
		return all[1:]
	default:
		return []string{named}
	}
}

// lists says when sources everything of which is listed now and then are asked for all. Where that is once a day nothing is removed there, and what
// an increment has missed stays missed; else all is told after each second.
func lists(daily bool) string {
	if daily {
		return "@daily"
	}
	return "@every 1s"
}

// late reports whether what is gone from sources of a kind is seen by full listings only.
func late(kind string) bool {
	return slices.Contains([]string{"sql-cursor", "wordpress", "ghost"}, kind)
}

// racks are several, of which each has the articles with some numbers.
type racks []rack

// rackOf returns what articles of a kind stand in, or of several, and the address of the site.
func rackOf(t *testing.T, kind, dir string, daily bool) (all racks, site string) {
	site = base
	var web *webRack // at the site's own address
	for _, name := range strings.Split(kind, "+") {
		r := oneRack(t, name, dir, daily)
		if w, is := r.(*webRack); is && name == "sitemap" { // pages of another host are in no sitemap, and search engines are not told of them
			web = w
		}
		all = append(all, r)
	}
	if web == nil {
		return all, site
	}
	for _, w := range all.web() {
		w.site = web.server.URL
	}
	return all, web.server.URL
}

func (all racks) of(a paper) rack { return all[a.number%len(all)] }

func (all racks) save(name string, a paper) error { return all.of(a).save(name, a) }

func (all racks) rename(from, to string, a paper) error { return all.of(a).rename(from, to, a) }

func (all racks) remove(name string, a paper) error { return all.of(a).remove(name, a) }

// again is the same in another newsroom, with these articles.
func (all racks) again(dir string, papers map[string]paper) racks {
	var others racks
	for i, r := range all {
		mine := maps.Clone(papers)
		maps.DeleteFunc(mine, func(_ string, a paper) bool { return a.number%len(all) != i })
		others = append(others, r.again(dir, mine))
	}
	return others
}

// web returns those that answer by HTTP.
func (all racks) web() (out []*webRack) {
	for _, r := range all {
		if w, is := r.(*webRack); is {
			out = append(out, w)
		}
	}
	return out
}

// keeps reports whether nothing may be removed where an article stands.
func (all racks) keeps(a paper) bool {
	k, may := all.of(a).(interface{ keeps() bool })
	return may && k.keeps()
}

func oneRack(t *testing.T, kind, dir string, daily bool) rack {
	switch kind {
	case "files":
		return newFolderRack(dir)
	case "sql", "sql-cursor":
		return newTableRack(t, kind, daily)
	case "jsonl", "csv":
		return newFileRack(dir, kind)
	case "bucket":
		return newBucketRack(t)
	}
	return newWebRack(t, kind, base, daily)
}

// row is an article by the names of its fields.
func (a paper) row(name string) map[string]string {
	return map[string]string{"slug": name, "title": a.title, "categories": a.category, "date": a.date, "content": a.text}
}

// urn is an id of an article, whatever it is called.
func (a paper) urn() string { return fmt.Sprintf("urn:xx:%d", a.number) }

// tableRack is a table of SQLite; with a cursor its rows are known by ids.
type tableRack struct {
	kind, file string
	daily      bool
	db         *sql.DB
}

func newTableRack(t *testing.T, kind string, daily bool) tableRack {
	file := filepath.Join(t.TempDir(), "articles.db")
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(wal)&_pragma=busy_timeout(5000)&_pragma=synchronous(off)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	id := ""
	if kind == "sql-cursor" {
		id = ", id unique"
	}
	if _, err := db.Exec("create table articles (slug text primary key, title, categories, date, content, version" + id + ")"); err != nil {
		t.Fatal(err)
	}
	return tableRack{kind, file, daily, db}
}

func (r tableRack) save(name string, a paper) error {
	values := []any{name, a.title, a.category, a.date, a.text, a.changed.Unix()}
	if r.kind == "sql-cursor" {
		values = append(values, a.urn())
	}
	marks := "?, ?, ?, nullif(?, ''), ?, ?, ?"
	_, err := r.db.Exec("insert or replace into articles values ("+marks[:len(marks)-3*(7-len(values))]+")", values...)
	return err
}

func (r tableRack) rename(from, to string, a paper) error {
	_, err := r.db.Exec("update articles set slug = ?, version = ? where slug = ?", to, a.changed.Unix(), from)
	return err
}

func (r tableRack) remove(name string, _ paper) error {
	_, err := r.db.Exec("delete from articles where slug = ?", name)
	return err
}

func (r tableRack) source() string {
	text := fmt.Sprintf("type: sql, dsn: %q, table: articles", "sqlite:"+r.file)
	if r.kind == "sql-cursor" {
		text += fmt.Sprintf(", cursor: version, full: %q", lists(r.daily))
	}
	return text
}

func (r tableRack) keeps() bool { return r.daily && late(r.kind) }

func (r tableRack) again(_ string, all map[string]paper) rack {
	_, err := r.db.Exec("delete from articles")
	for name, a := range all {
		err = errors.Join(err, r.save(name, a))
	}
	if err != nil {
		panic(err)
	}
	return r
}

// fileRack is a file of rows: JSON Lines or CSV. Each change makes it anew.
type fileRack struct {
	kind, path string
	mu         sync.Mutex
	papers     map[string]paper
}

func newFileRack(dir, kind string) *fileRack {
	return &fileRack{kind: kind, path: filepath.Join(dir, "articles."+kind), papers: map[string]paper{}}
}

func (f *fileRack) write() error {
	var b bytes.Buffer
	columns := []string{"slug", "title", "categories", "date", "content"}
	table := csv.NewWriter(&b)
	if f.kind == "csv" {
		_ = table.Write(columns)
	}
	for _, name := range slices.Sorted(maps.Keys(f.papers)) {
		row := f.papers[name].row(name)
		if f.kind == "jsonl" {
			_ = json.NewEncoder(&b).Encode(row)
			continue
		}
		var cells []string
		for _, c := range columns {
			cells = append(cells, row[c])
		}
		_ = table.Write(cells)
	}
	table.Flush()
	return errors.Join(os.WriteFile(f.path+"~", b.Bytes(), 0o644), os.Rename(f.path+"~", f.path))
}

func (f *fileRack) change(make func()) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	make()
	return f.write()
}

func (f *fileRack) save(name string, a paper) error { return f.change(func() { f.papers[name] = a }) }

func (f *fileRack) rename(from, to string, a paper) error {
	return f.change(func() { delete(f.papers, from); f.papers[to] = a })
}

func (f *fileRack) remove(name string, _ paper) error {
	return f.change(func() { delete(f.papers, name) })
}

func (f *fileRack) source() string {
	return fmt.Sprintf("type: %s, path: %s", f.kind, filepath.Base(f.path))
}

func (f *fileRack) again(dir string, all map[string]paper) rack {
	other := newFileRack(dir, f.kind)
	if err := other.change(func() { other.papers = maps.Clone(all) }); err != nil {
		panic(err)
	}
	return other
}

// bucketRack is an object store with files.
type bucketRack struct {
	bucket *storetest.Bucket
	mu     sync.Mutex
	papers map[string]paper
}

func newBucketRack(t *testing.T) *bucketRack {
	return &bucketRack{bucket: storetest.New(t, storetest.S3()), papers: map[string]paper{}}
}

func (r *bucketRack) do(method, name, body string) error {
	return r.bucket.Do(context.Background(), method, "/articles/"+name+".md", []byte(body), nil)
}

func (r *bucketRack) save(name string, a paper) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.papers[name] = a
	return r.do(http.MethodPut, name, a.file())
}

func (r *bucketRack) rename(from, to string, a paper) error {
	return errors.Join(r.save(to, a), r.remove(from, a))
}

func (r *bucketRack) remove(name string, _ paper) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.papers, name)
	return r.do(http.MethodDelete, name, "")
}

func (r *bucketRack) source() string {
	return fmt.Sprintf("path: %q, credentials: {access_key: %q, secret_key: %q}, allow_private: true",
		r.bucket.URL("articles", ""), storetest.AccessKey, storetest.SecretKey)
}

// again leaves what is as it was: an object that is written anew has another time.
func (r *bucketRack) again(_ string, all map[string]paper) rack {
	var err error
	for name := range maps.Clone(r.papers) {
		if _, stays := all[name]; !stays {
			err = errors.Join(err, r.remove(name, paper{}))
		}
	}
	for name, a := range all {
		if r.papers[name] != a {
			err = errors.Join(err, r.save(name, a))
		}
	}
	if err != nil {
		panic(err)
	}
	return r
}
