package engine_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/intake"
	"herald/source"
	jsonsource "herald/source/json"
	"herald/source/reader"
	"herald/source/remote"
	rows "herald/source/sql"
)

// countedRows is a database as a source that counts what is read of it.
type countedRows struct {
	*rows.Source
	listed, loaded atomic.Int64
}

func (c *countedRows) List(ctx context.Context) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		for e, err := range c.Source.List(ctx) {
			c.listed.Add(1)
			if !yield(e, err) {
				return
			}
		}
	}
}

func (c *countedRows) Load(ctx context.Context, key string) (*source.Article, error) {
	c.loaded.Add(1)
	return c.Source.Load(ctx, key)
}

// archive is a newsroom whose articles are 30 rows of a table with a cursor, one changed an hour after the other, the last long ago.
type archive struct {
	*newsroom
	db       *sql.DB
	source   *countedRows
	defaults []string // categories of what names none
}

func newArchive(t *testing.T) *archive {
	a := &archive{}
	a.newsroom = newNewsroom(t, func(s *settings) {
		n := a.newsroom
		if n == nil {
			return // it is opened below, once there is a table
		}
		src, err := rows.New(rows.Config{
			Name: "articles", DSN: "sqlite:cms.db", Dir: n.dir, Table: "articles", Cursor: "changed", Full: hourly{},
			Reading: reader.Reading{Pattern: "/:path/", Defaults: reader.Defaults{Categories: a.defaults}}, Now: func() time.Time { return n.now },
		})
		if err != nil {
			t.Fatal(err)
		}
		a.source = &countedRows{Source: src}
		s.Sources[0].Source, s.Sources[0].ReadAs = a.source, src.ReadAs()
	})
	var err error
	a.db, err = sql.Open("sqlite", "file:"+a.path("cms.db")+"?_pragma=journal_mode(wal)&_pragma=synchronous(off)")
	a.must(err)
	t.Cleanup(func() { a.db.Close() })
	a.do("create table articles (id text primary key, title, content, date, permalink, changed)")
	for i := range 30 {
		at := a.now.Add(time.Duration(i-40) * time.Hour)
		a.do("insert into articles values (?, ?, ?, ?, ?, ?)", fmt.Sprintf("urn:row:%02d", i), fmt.Sprintf("Harbour note %d", i), fmt.Sprintf("<p>Ship %d came in.</p>", i),
			at.Format(time.RFC3339), fmt.Sprintf("/notes/%02d/", i), stamped(at))
	}
	a.open()
	return a
}

func stamped(at time.Time) string { return at.UTC().Format("2006-01-02 15:04:05.000") }

func (a *archive) do(statement string, args ...any) {
	a.t.Helper()
	_, err := a.db.Exec(statement, args...)
	a.must(err)
}

// reads is a pass, of whose scan it says how many rows were listed, how many were read whole, and how many articles stand refused.
func (a *archive) reads() string {
	a.t.Helper()
	a.source.listed.Store(0)
	a.source.loaded.Store(0)
	a.now = a.now.Add(time.Minute)
	scan, err := a.rooms.Scan(a.t.Context(), "articles", intake.ScanOptions{Force: a.force})
	a.must(err)
	defer a.publish()
	return fmt.Sprintf("listed %d, loaded %d, refused %d", a.source.listed.Load(), a.source.loaded.Load(), scan.RefusedCount)
}

func (a *archive) publish() {
	a.t.Helper()
	_, err := a.rooms.Publish(a.t.Context(), edition.PublishOptions{Force: a.force})
	a.must(err)
}

func (a *archive) want(what, want string) {
	a.t.Helper()
	if got := a.reads(); got != want {
		a.t.Errorf("%s: got %s, want %s", what, got, want)
	}
}

// A row that is refused for its own faults has no other row listed, and is itself not read until it changes, or everything is listed.
func TestI14ARefusedRowHasNoOtherRowRead(t *testing.T) {
	a := newArchive(t)
	a.do("update articles set title = null, content = '' where id = 'urn:row:07'")
	a.want("at first", "listed 30, loaded 30, refused 1")
	a.want("unchanged", "listed 1, loaded 0, refused 1")
	a.open()
	a.want("unchanged in the next process", "listed 1, loaded 0, refused 1")
	a.do("update articles set title = 'Mended' where id = 'urn:row:07'")
	a.want("mended, and its cursor stays", "listed 1, loaded 0, refused 1")
	a.now = a.now.Add(time.Hour)
	a.want("when everything is listed", "listed 30, loaded 1, refused 0")
	a.want("then", "listed 1, loaded 0, refused 0")
	if _, found := a.ids()[base+"/notes/07/"]; !found {
		t.Error("got no article of the row that was mended")
	}
}

// A row that is mended and says so by its cursor is taken up by the next scan; one that was good stays as it was while it is refused.
func TestI14ARefusedRowIsMended(t *testing.T) {
	a := newArchive(t)
	a.reads()
	a.do("update articles set title = null, content = '', changed = ? where id = 'urn:row:07'", stamped(a.now))
	a.want("refused", "listed 2, loaded 1, refused 1")
	if _, found := a.ids()[base+"/notes/07/"]; !found {
		t.Error("got no article of the row that was good, want its last good version")
	}
	a.now = a.now.Add(6 * time.Minute)
	a.do("update articles set title = 'Mended', content = '<p>It came in.</p>', changed = ? where id = 'urn:row:07'", stamped(a.now))
	a.want("mended", "listed 1, loaded 1, refused 0")
	a.do("delete from articles where id = 'urn:row:07'")
	a.now = a.now.Add(time.Hour)
	a.want("deleted", "listed 29, loaded 0, refused 0")
	if _, found := a.ids()[base+"/notes/07/"]; found {
		t.Error("got an article of the row that is gone")
	}
}

// A row that is refused over a URL which another has is asked for alone by each scan, and let in once the other has left it.
func TestI15ARowThatWaitsForAnURLIsAskedForAlone(t *testing.T) {
	a := newArchive(t)
	a.do("update articles set permalink = '/notes/03/' where id = 'urn:row:07'")
	a.want("at first", "listed 30, loaded 30, refused 1")
	a.want("unchanged", "listed 1, loaded 1, refused 1")
	a.do("update articles set permalink = '/notes/elsewhere/', changed = ? where id = 'urn:row:03'", stamped(a.now))
	a.want("the other leaves it", "listed 2, loaded 2, refused 0")
	if got := a.ids()[base+"/notes/03/"]; got != "urn:row:07" {
		t.Errorf("got %q at the URL, want the row that waited for it", got)
	}
	a.do("delete from articles where id in ('urn:row:08', 'urn:row:09')")
	a.do("update articles set permalink = '/notes/04/', changed = ? where id = 'urn:row:10'", stamped(a.now))
	a.reads()
	a.do("delete from articles where id = 'urn:row:10'")
	a.reads()
	a.now = a.now.Add(time.Hour)
	if scan, _ := a.pass(); scan.RefusedCount != 0 {
		t.Errorf("got %d refused, want none once the row is gone", scan.RefusedCount)
	}
}

// Many rows that wait for URLs of others are listed, with all others, rather than asked for one by one.
func TestI15ManyRowsThatWaitAreListed(t *testing.T) {
	a := newArchive(t)
	a.do("update articles set permalink = '/notes/00/' where id > 'urn:row:07'")
	a.want("at first", "listed 30, loaded 30, refused 22")
	a.want("unchanged", "listed 30, loaded 22, refused 22")
}

// Reading settings that changed have every row read once more, and then the cursor counts again.
func TestOtherReadingSettingsReadEveryRowOnce(t *testing.T) {
	a := newArchive(t)
	a.do("update articles set title = null, content = '' where id = 'urn:row:07'")
	a.reads()
	a.defaults = []string{"harbour"}
	a.open()
	a.force = true // so much that changes is held
	a.want("other settings", "listed 30, loaded 30, refused 1")
	a.want("then", "listed 1, loaded 0, refused 1")
	a.open()
	a.want("in the next process", "listed 1, loaded 0, refused 1")
}

// postedAt is when all posts of a weblog were published.
var postedAt = time.Date(2026, 3, 2, 0, 30, 0, 0, time.UTC)

// weblog is a WordPress of 250 posts, of which it notes what is asked.
type weblog struct {
	mu    sync.Mutex
	posts map[int]string // permalinks by id
	gmt   map[int]time.Time
	title map[int]string
	asked []string
}

func (w *weblog) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	q := r.URL.Query()
	since, _ := time.Parse(time.RFC3339, q.Get("modified_after"))
	after, published := time.Parse(time.RFC3339, q.Get("after"))
	asks := "all"
	switch {
	case q.Get("include") != "":
		asks = "post " + q.Get("include")
	case !since.IsZero():
		asks = "changed"
	case published == nil:
		asks = "published"
	}
	w.asked = append(w.asked, asks+" "+q.Get("page"))
	var all []int
	for id := range w.posts {
		if w.gmt[id].After(since) && postedAt.After(after) && (q.Get("include") == "" || q.Get("include") == fmt.Sprint(id)) {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	page := 1
	fmt.Sscan(q.Get("page"), &page)
	items := []any{}
	for _, id := range all[min((page-1)*100, len(all)):min(page*100, len(all))] {
		items = append(items, map[string]any{
			"id": id, "date_gmt": postedAt.Format("2006-01-02T15:04:05"), "modified_gmt": w.gmt[id].Format("2006-01-02T15:04:05"), "slug": fmt.Sprintf("post-%d", id), "status": "publish",
			"type": "post", "link": w.posts[id], "guid": map[string]any{"rendered": fmt.Sprintf("%s/?p=%d", base, id)},
			"title": map[string]any{"rendered": w.title[id]}, "content": map[string]any{"rendered": fmt.Sprintf("<p>Note %d.</p>", id)},
		})
	}
	out.Header().Set("X-WP-Total", fmt.Sprint(len(all)))
	out.Header().Set("X-WP-TotalPages", fmt.Sprint((len(all)+99)/100))
	out.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(out).Encode(items)
}

// A post of WordPress that is refused does not have all pages of the list asked for again.
func TestI14ARefusedPostHasNoOtherPageAskedFor(t *testing.T) {
	w := &weblog{posts: map[int]string{}, gmt: map[int]time.Time{}, title: map[int]string{}}
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	for id := range 250 {
		w.posts[id+1], w.title[id+1] = fmt.Sprintf("%s/notes/%d/", base, id+1), fmt.Sprintf("Note %d", id+1)
		w.gmt[id+1] = time.Date(2026, 11, 1, 0, id, 0, 0, time.UTC)
	}
	w.posts[77] = w.posts[33] // refused over the URL
	w.title[88] = ""          // and for its own fault
	var n *newsroom
	n = newNewsroom(t, func(s *settings) {
		src, err := jsonsource.New(jsonsource.Config{
			URL: server.URL + "/wp-json/wp/v2/posts", Preset: jsonsource.WordPress, Now: func() time.Time { return n.now }, Full: hourly{}.Next,
			Fetch: func(ctx context.Context, r remote.Request) (*remote.Answer, error) { return fetchPlain(ctx, r) },
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Sources[0].Source, s.Sources[0].ReadAs = src, src.ReadAs()
	})
	asks := func(want ...string) {
		t.Helper()
		w.asked = nil
		scan, _ := n.pass()
		if !slices.Equal(w.asked, want) || scan.RefusedCount > 2 {
			t.Errorf("asked %q, %d refused; want %q", w.asked, scan.RefusedCount, want)
		}
	}
	asks("all 1", "all 2", "all 3")
	n.open()
	asks("changed 1", "published 1", "post 77 1")
	asks("changed 1", "published 1", "post 77 1")
	w.posts[33], w.gmt[33] = base+"/notes/elsewhere/", n.now
	asks("changed 1", "published 1", "post 77 1", "post 77 1") // let in, and then its body is needed
	if got := n.ids()[base+"/notes/33/"]; got != base+"/?p=77" {
		t.Errorf("got %q at the URL that was left, want the post that waited for it", got)
	}
	n.open()
	asks("changed 1", "published 1")
}
