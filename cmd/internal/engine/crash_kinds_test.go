package engine_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestO8KilledOverEveryKind kills the program over articles that are no files: rows of a database, what a content system answers with, pages
// of another site. HERALD_KILLS and HERALD_KILL_SEED are as for files, for each kind.
func TestO8KilledOverEveryKind(t *testing.T) {
	program, seed := programFor(t), uint64(number(t, killSeed, 1))
	for _, kind := range []string{"sql", "json", "sitemap"} {
		t.Run(kind, func(t *testing.T) {
			dir, site := t.TempDir(), base
			var r rack
			switch kind {
			case "sql":
				r = newTableRack(t, dir)
			default:
				web := newWebRack(t, kind)
				if r = web; kind == "sitemap" {
					site = web.server.URL // pages of another host are in no sitemap, and search engines are not told of them
				}
			}
			crashesOf(t, seed, dir, program, site, r).live(number(t, killsKey, 4), seed)
		})
	}
}

// tableRack is a table of SQLite.
type tableRack struct{ db *sql.DB }

func newTableRack(t *testing.T, dir string) tableRack {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "articles.db")+"?_pragma=journal_mode(wal)&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if _, err := db.Exec("create table articles (slug text primary key, title, categories, date, content)"); err != nil {
		t.Fatal(err)
	}
	return tableRack{db}
}

func (r tableRack) save(name string, a paper) error {
	_, err := r.db.Exec("insert or replace into articles values (?, ?, ?, nullif(?, ''), ?)", name, a.title, a.category, a.date, a.text)
	return err
}

func (r tableRack) rename(from, to string) error {
	_, err := r.db.Exec("update articles set slug = ? where slug = ?", to, from)
	return err
}

func (r tableRack) remove(name string) error {
	_, err := r.db.Exec("delete from articles where slug = ?", name)
	return err
}

func (r tableRack) source() string { return `type: sql, dsn: "sqlite:articles.db", table: articles` }

// webRack is a content system, or a site with a sitemap, on loopback.
type webRack struct {
	kind   string
	server *httptest.Server
	mu     sync.Mutex
	papers map[string]paper
}

func newWebRack(t *testing.T, kind string) *webRack {
	w := &webRack{kind: kind, papers: map[string]paper{}}
	w.server = httptest.NewServer(w)
	t.Cleanup(w.server.Close)
	return w
}

func (w *webRack) save(name string, a paper) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.papers[name] = a
	return nil
}

func (w *webRack) rename(from, to string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.papers[to] = w.papers[from]
	delete(w.papers, from)
	return nil
}

func (w *webRack) remove(name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.papers, name)
	return nil
}

func (w *webRack) source() string {
	if w.kind == "sitemap" {
		return fmt.Sprintf("type: sitemap, url: %q, spacing: 0s, allow_private: true", w.server.URL+"/others.xml")
	}
	return fmt.Sprintf("type: json, url: %q, allow_private: true", w.server.URL+"/articles")
}

// ServeHTTP answers with the list of articles, a sitemap of them, or one as a page.
func (w *webRack) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch name := strings.Trim(r.URL.Path, "/"); name {
	case "articles":
		items := []map[string]string{}
		for name, a := range w.papers {
			items = append(items, map[string]string{"slug": name, "title": a.title, "categories": a.category, "date": a.date, "content": a.text})
		}
		slices.SortFunc(items, func(a, b map[string]string) int { return strings.Compare(a["slug"], b["slug"]) })
		_ = json.NewEncoder(rw).Encode(items)
	case "others.xml":
		fmt.Fprint(rw, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		for name := range w.papers {
			fmt.Fprintf(rw, "<url><loc>%s/%s/</loc></url>", w.server.URL, url.PathEscape(name))
		}
		fmt.Fprint(rw, "</urlset>")
	default:
		a, there := w.papers[name]
		if !there {
			http.NotFound(rw, r)
			return
		}
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		date := ""
		if a.date != "" {
			date = `<meta property="article:published_time" content="` + a.date + `">`
		}
		fmt.Fprintf(rw, `<!doctype html><html><head><meta charset="utf-8"><title>%s</title>%s<meta property="article:section" content="%s"></head><body><article><p>%s</p></article></body></html>`,
			html.EscapeString(a.title), date, a.category, html.EscapeString(a.text))
	}
}
