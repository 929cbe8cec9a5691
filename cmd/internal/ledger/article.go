package ledger

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"herald/source"
)

// Flags are the states that an article gives itself.
type Flags int64

// The flags.
const (
	Draft Flags = 1 << iota
	NoIndex
	NoSitemap
	NoFeed
	Foreign  // canonical_url names another host
	Zoneless // the date was written without an offset
)

// in is the condition that a column of flags holds the flag.
func (f Flags) in(column string) string {
	return "(" + column + " & " + strconv.FormatInt(int64(f), 10) + ") <> 0"
}

// Article is one row: everything that is known of an article but its body. Rows are never deleted.
type Article struct {
	ID          int64
	Source, Key string
	GUID        string // for ever
	URL, Path   string // Path is what URL was joined from
	Words       source.Digest
	DigestV     int64 // the reader.DigestVersion of Words
	Digest      source.Digest
	Published   int64 // unshifted; 0: undated and never public
	DatedBy     source.DateRule
	FirstSeen   int64
	Updated     int64 // unshifted
	FirstSight  bool  // all that is known is a first sight in a first scan

	FeedPublished, FeedUpdated int64 // 0 until it is first public; unique in the site

	Expires           int64
	Flags             Flags
	InFeed, InSitemap bool
	Due               int64
	LeftAt            int64
	Shard             string
	Said              Said
	Image             string // Said's, absolute
	ToldURL           Told
	ToldTopic         Told
	RemovedAt         int64
}

// Said is what a document may show of an article beside its times, id, URL and body.
type Said struct {
	Title      string             `json:"title"`
	Summary    string             `json:"summary,omitempty"`
	Language   string             `json:"language,omitempty"`
	Canonical  string             `json:"canonical,omitempty"`
	Image      string             `json:"image,omitempty"`
	Place      string             `json:"place,omitempty"`
	Authors    []source.Author    `json:"authors,omitempty"`
	Categories []string           `json:"categories,omitempty"`
	Tags       []string           `json:"tags,omitempty"`
	Enclosures []source.Enclosure `json:"enclosures,omitempty"`
	Alternates []source.Alternate `json:"alternates,omitempty"`
}

func (s Said) text() string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings and slices of strings always marshal
	}
	return string(text)
}

const articleColumns = `id, source, key, guid, url, path, content, digest_v, digest, published, dated_by, first_seen, updated,
	first_sight, feed_published, feed_updated, expires, flags, in_feed, in_sitemap, due, left_at, shard, shown,
	image, told_url, told_topic, removed_at`

func (a *Article) values() []any {
	return []any{
		a.ID, a.Source, []byte(a.Key), []byte(a.GUID), []byte(a.URL), a.Path, a.Words[:], a.DigestV, a.Digest[:], a.Published,
		string(a.DatedBy), a.FirstSeen, a.Updated, bit(a.FirstSight), a.FeedPublished, a.FeedUpdated, a.Expires, int64(a.Flags),
		bit(a.InFeed), bit(a.InSitemap), a.Due, a.LeftAt, a.Shard, a.Said.text(), a.Image,
		a.toldValue(a.ToldURL), a.toldValue(a.ToldTopic), a.RemovedAt,
	}
}

func scanArticle(rows interface{ Scan(...any) error }) (*Article, error) {
	a := new(Article)
	var key, guid, url, words, digest, toldURL, toldTopic, said []byte
	err := rows.Scan(&a.ID, &a.Source, &key, &guid, &url, &a.Path, &words, &a.DigestV, &digest, &a.Published,
		&a.DatedBy, &a.FirstSeen, &a.Updated, &a.FirstSight, &a.FeedPublished, &a.FeedUpdated, &a.Expires, &a.Flags,
		&a.InFeed, &a.InSitemap, &a.Due, &a.LeftAt, &a.Shard, &said, &a.Image,
		&toldURL, &toldTopic, &a.RemovedAt)
	if err != nil {
		return nil, err
	}
	a.Key, a.GUID, a.URL = string(key), string(guid), string(url)
	copy(a.Words[:], words)
	copy(a.Digest[:], digest)
	a.ToldURL, a.ToldTopic = a.told(toldURL), a.told(toldTopic)
	if err := json.Unmarshal(said, &a.Said); err != nil {
		return nil, fmt.Errorf("article %d: %w; %w", a.ID, err, ErrDamaged)
	}
	return a, nil
}

// toldValue returns what the world knows as a column holds it, for told to read.
func (a *Article) toldValue(t Told) []byte {
	switch t {
	case Told{}:
		return []byte{}
	case Told{a.URL, a.Digest}:
		return []byte(asIs)
	}
	return append(t.Digest[:], t.URL...)
}

func (a *Article) told(value []byte) (t Told) {
	if string(value) == asIs {
		return Told{a.URL, a.Digest}
	}
	t.URL = string(value[copy(t.Digest[:], value):])
	return t
}

func (t *Tx) article(where string, args ...any) (*Article, error) {
	s, err := t.stmt("select " + articleColumns + " from article where " + where)
	if err != nil {
		return nil, err
	}
	a, err := scanArticle(s.QueryRowContext(t.short, args...))
	if err == sql.ErrNoRows {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("state: %w", explain(err))
	}
	return a, nil
}

// Article returns the row of an id, nil if there is none.
func (t *Tx) Article(id int64) (*Article, error) { return t.article("id = $1", id) }

// ByGUID returns the row that holds an id for ever, living or removed; nil if there is none.
func (t *Tx) ByGUID(guid string) (*Article, error) { return t.article("guid = $1", []byte(guid)) }

// GUIDTaken reports whether an id for ever is some row's.
func (t *Tx) GUIDTaken(guid string) (bool, error) {
	n, err := t.count("select count(*) from article where guid = $1", []byte(guid))
	return n > 0, err
}

// ByURL returns the living row at a URL, else the one removed last; nil if there is none.
func (t *Tx) ByURL(url string) (*Article, error) {
	return t.article("url = $1 order by removed_at <> 0, removed_at desc, id limit 1", []byte(url))
}

// Put inserts or updates a row; ID 0 is given the next one.
func (t *Tx) Put(a *Article) error {
	if a.ID != 0 {
		old, err := t.oldTerms(a.ID)
		if err != nil {
			return err
		}
		if err := t.exec(updateArticle, a.values()...); err != nil {
			return err
		}
		return t.changeTerms(old, a)
	}
	if err := t.number(a); err != nil {
		return err
	}
	if err := t.exec(insertArticle, a.values()...); err != nil {
		return err
	}
	return t.newTerms(a)
}

// Add inserts a new row and reports true, or leaves it out and reports false where some row has its
// GUID or one of its feed times: to try is cheaper than to ask.
func (t *Tx) Add(a *Article) (added bool, err error) {
	if err := t.number(a); err != nil {
		return false, err
	}
	n, err := t.change(insertArticle+" on conflict do nothing", a.values()...)
	if n == 0 {
		t.lastArticle--
		a.ID = 0
		return false, err
	}
	return true, t.newTerms(a)
}

// number returns a row the next id.
func (t *Tx) number(a *Article) (err error) {
	if t.lastArticle == 0 {
		if t.lastArticle, err = t.count("select coalesce(max(id), 0) from article"); err != nil {
			return err
		}
	}
	t.lastArticle++
	a.ID = t.lastArticle
	return nil
}

var insertArticle = "insert into article (" + articleColumns + ") values (" + placeholders(1, 28) + ")"

// updateArticle names every column: an upsert by "replace" would delete the row that a unique
// time clashes with.
var updateArticle = func() string {
	set := strings.Split(strings.Join(strings.Fields(articleColumns), ""), ",")
	for i, column := range set {
		set[i] = column + " = $" + strconv.Itoa(i+1)
	}
	return "update article set " + strings.Join(set[1:], ", ") + " where id = $1"
}()

// placeholders returns "$from, … $to".
func placeholders(from, to int) string {
	var b strings.Builder
	for i := from; i <= to; i++ {
		if i > from {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i))
	}
	return b.String()
}

// articles calls f for the rows of a query's condition.
func (t *Tx) articles(f func(*Article) error, where string, args ...any) error {
	return t.each("select "+articleColumns+" from article where "+where, args, func(rows *sql.Rows) error {
		a, err := scanArticle(rows)
		if err != nil {
			return fmt.Errorf("state: %w", explain(err))
		}
		return f(a)
	})
}

// Listing is what the sitemap says of an article.
type Listing struct {
	URL, Image string
	Updated    int64
	FirstSight bool
}

// Listing returns what the sitemap says of a row.
func (a *Article) Listing() Listing {
	return Listing{URL: a.URL, Image: a.Image, Updated: a.Updated, FirstSight: a.FirstSight}
}

// Listed calls f for the articles of one sitemap shard in the order of their feed times; all
// shards when shard is "".
func (t *Tx) Listed(shard string, f func(Listing) error) error {
	query, args := "in_sitemap = 1 and shard = $1", []any{shard}
	if shard == "" {
		query, args = "in_sitemap = 1 and feed_published <> 0", nil
	}
	var url sql.RawBytes
	return t.each("select url, image, updated, first_sight from article where "+query+" order by feed_published", args,
		func(rows *sql.Rows) error {
			var l Listing
			if err := rows.Scan(&url, &l.Image, &l.Updated, &l.FirstSight); err != nil {
				return err
			}
			l.URL = string(url)
			return f(l)
		})
}

// Due calls f for the living articles whose public state is to be asked again at now.
func (t *Tx) Due(now int64, f func(*Article) error) error {
	return t.articles(f, "due <> 0 and due <= $1 order by due, id", now)
}

// NextDue is the next moment at which an article enters or leaves by the clock alone; 0: none.
func (t *Tx) NextDue() (int64, error) {
	return t.count("select coalesce(min(due), 0) from article where due <> 0")
}

// All calls f for every row, living or removed, by id. f may write rows it is given.
func (t *Tx) All(f func(*Article) error) error {
	return t.pages(f, "id > $1 order by id limit 500")
}

// pages reads in pages by id, so that f may write.
func (t *Tx) pages(f func(*Article) error, where string) error {
	last := int64(0)
	for {
		var page []*Article
		if err := t.articles(func(a *Article) error { page = append(page, a); return nil }, where, last); err != nil {
			return err
		}
		for _, a := range page {
			if err := f(a); err != nil {
				return err
			}
			last = a.ID
		}
		if len(page) == 0 {
			return nil
		}
	}
}

// Living counts the articles of a source that are not removed.
func (t *Tx) Living(src string) (int64, error) {
	return t.count("select count(*) from seen where source = $1 and article <> 0", src)
}

// Known reports whether any article was ever known.
func (t *Tx) Known() (bool, error) {
	n, err := t.count("select count(*) from (select 1 from article limit 1) as one")
	return n > 0, err
}

// PublicCount counts the articles that some document shows.
func (t *Tx) PublicCount() (int64, error) {
	return t.count(`select (select coalesce(sum(urls), 0) from shard) + (select count(*) from article where in_feed = 1 and in_sitemap = 0)`)
}

// ListedSome sets n to 1 if any article stands in the sitemap, to 0 otherwise.
func (t *Tx) ListedSome(n *int) error {
	count, err := t.count("select count(*) from (select 1 from article where in_sitemap = 1 limit 1) as one")
	*n = int(count)
	return err
}

// OfSource calls f for the living articles of a source. f may write.
func (t *Tx) OfSource(src string, f func(*Article) error) error {
	ids, err := t.ids("select article from seen where source = $1 and article <> 0 order by key", src)
	if err != nil {
		return err
	}
	for _, id := range ids {
		a, err := t.Article(id)
		if err != nil {
			return err
		}
		if err := f(a); err != nil {
			return err
		}
	}
	return nil
}

// Ahead calls f for the articles with a zone-less date that become public between two moments.
func (t *Tx) Ahead(from, to int64, f func(*Article) error) error {
	return t.articles(f, "due <> 0 and due > $1 and due < $2 and published > $1 and "+Zoneless.in("flags")+
		" and removed_at = 0 order by due, id limit 100", from, to)
}

// RemovedCount counts the removed articles of a source.
func (t *Tx) RemovedCount(src string) (int64, error) {
	return t.count("select count(*) from article where source = $1 and removed_at <> 0", src)
}

// Find returns the rows that a file, a key, an id or a URL may mean, by id, at most limit.
func (t *Tx) Find(name string, limit int) ([]*Article, error) {
	var out []*Article
	keep := func(a *Article) error { out = append(out, a); return nil }
	err := t.articles(keep, `id in (select article from seen where key = $1 and article <> 0) or guid = $1 or url = $1
		or substr(told_url, 17) = $1 or (removed_at <> 0 and key = $1) order by removed_at <> 0, id limit $2`, []byte(name), limit)
	return out, err
}
