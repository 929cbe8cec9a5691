package ledger

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"herald/cmd/internal/ledger/pairs"
	"herald/cmd/internal/ledger/records"
	"herald/cmd/internal/ledger/sqlform"
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
	Page     // undated, and in the sitemap only until it gets a date: no feed has ever shown it
	Awaited  // it enters the documents once its URL answers 200
)

var _ = [1]bool{}[Draft-pairs.Draft] // they are one

// OffFeeds are the flags that keep an article out of every feed.
const OffFeeds = NoFeed | Page

// in is the condition that a column of flags holds one of the flags.
func (f Flags) in(column string) string {
	return "(" + column + " & " + strconv.FormatInt(int64(f), 10) + ") <> 0"
}

// Told is the URL and digest that the world is taken to know; the zero Told: nothing.
type Told struct {
	URL    string
	Digest source.Digest
}

// Article is one row: everything that is known of an article but its body. Rows are never deleted.
type Article struct {
	ID            int64
	Source, Key   string
	GUID          string // for ever
	URL, Path     string // Path is what URL was joined from
	ContentDigest source.Digest
	DigestVersion int64 // the reader.DigestVersion of Words
	Digest        source.Digest
	Published     int64 // unshifted; 0: undated and never public
	DatedBy       source.DateRule
	FirstSeen     int64
	Updated       int64 // unshifted
	FirstSight    bool  // all that is known is a first sight in a first scan

	FeedPublished, FeedUpdated int64 // 0 until it is first public; unique in the site

	Expires           int64
	Flags             Flags
	InFeed, InSitemap bool
	Due               int64
	LeftAt            int64
	Shard             string
	Shown             Shown
	Image             string // Shown's, absolute
	ToldURL           Told
	ToldTopic         Told
	RemovedAt         int64
	MissingSince      int64 // its source lists it no more, and it stays public for now; 0: not so
}

// Shown is what a document may show of an article beside its times, id, URL and body.
type Shown struct {
	ID         string             `json:"id,omitempty"` // that feeds showed; of a row of Recovered only
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
	Episode    *source.Episode    `json:"episode,omitempty"`
	Origin     *source.Origin     `json:"origin,omitempty"`      // as it was when the article last said something else
	PublicFrom int64              `json:"public_from,omitempty"` // in milliseconds, later than Published: to come until then; it is kept here and shown nowhere
	Refs       []source.Ref       `json:"refs,omitempty"`        // what the body links to by file or name; the links that it shows are among them
}

// Apart returns the same without holding the file that its texts are parts of.
func (s Shown) Apart() Shown {
	own(&s.ID, &s.Title, &s.Summary, &s.Language, &s.Canonical, &s.Image, &s.Place)
	s.Authors = owned(s.Authors, func(a *source.Author) { own(&a.Name, &a.Email, &a.URL) })
	s.Categories, s.Tags = owned(s.Categories, func(c *string) { own(c) }), owned(s.Tags, func(t *string) { own(t) })
	s.Enclosures = owned(s.Enclosures, func(e *source.Enclosure) { own(&e.URL, &e.Type) })
	s.Alternates = owned(s.Alternates, func(a *source.Alternate) { own(&a.Language, &a.URL) })
	s.Refs = owned(s.Refs, func(r *source.Ref) { own(&r.Target) })
	s.Episode, s.Origin = apart(s.Episode), apart(s.Origin)
	return s
}

func own(texts ...*string) {
	for _, text := range texts {
		*text = strings.Clone(*text)
	}
}

func owned[T any](list []T, own func(*T)) []T {
	list = slices.Clone(list)
	for i := range list {
		own(&list[i])
	}
	return list
}

// apart is Apart for what few articles have.
func apart[T any](v *T) *T {
	var own *T
	if text, err := json.Marshal(v); v == nil || err != nil || json.Unmarshal(text, &own) != nil {
		return v
	}
	return own
}

// asIs stands for the URL and digest of the row itself, which is what the world knows of most.
const asIs = "="

// told is what the world knows of a row, as a column keeps it: nothing, asIs, or the digest and the URL behind it. The
// row's own URL and digest stand before it.
type told struct {
	row  *Article
	told *Told
}

// Scan takes the bytes.
func (t told) Scan(v any) error {
	b := sqlform.Bytes(v)
	if string(b) == asIs {
		*t.told = Told{t.row.URL, t.row.Digest}
		return nil
	}
	t.told.URL = string(b[copy(t.told.Digest[:], b):])
	return nil
}

// Value returns the bytes.
func (t told) Value() any {
	switch *t.told {
	case Told{}:
		return []byte{}
	case Told{t.row.URL, t.row.Digest}:
		return []byte(asIs)
	}
	return append(t.told.Digest[:], t.told.URL...)
}

var articles = records.New("article", 1, `id, source, key, guid, url, path, content, digest_v, digest, published, dated_by, first_seen, updated,
	first_sight, feed_published, feed_updated, expires, flags, in_feed, in_sitemap, due, left_at, shard, shown,
	image, told_url, told_topic, removed_at, missing_since`, func(a *Article) []any {
	return []any{
		&a.ID, &a.Source, (*blob)(&a.Key), (*blob)(&a.GUID), (*blob)(&a.URL), &a.Path, fixed(a.ContentDigest[:]), &a.DigestVersion, fixed(a.Digest[:]),
		&a.Published, (*string)(&a.DatedBy), &a.FirstSeen, &a.Updated, &a.FirstSight, &a.FeedPublished, &a.FeedUpdated, &a.Expires,
		(*int64)(&a.Flags), &a.InFeed, &a.InSitemap, &a.Due, &a.LeftAt, &a.Shard, records.InJSON(&a.Shown), &a.Image,
		told{a, &a.ToldURL}, told{a, &a.ToldTopic}, &a.RemovedAt, &a.MissingSince,
	}
})

// Article returns the row of an id, nil if there is none.
func (t *Tx) Article(id int64) (*Article, error) { return articles.One(t.conn, "where id = $1", id) }

// ByGUID returns the row that holds an id for ever, living or removed; nil if there is none.
func (t *Tx) ByGUID(guid string) (*Article, error) {
	return articles.One(t.conn, "where guid = $1", []byte(guid))
}

// GUIDTaken reports whether an id for ever is some row's.
func (t *Tx) GUIDTaken(guid string) (bool, error) {
	return t.has("article where guid = $1", []byte(guid))
}

// ByURL returns the living row at a URL, else the one removed last; nil if there is none.
func (t *Tx) ByURL(url string) (*Article, error) {
	return articles.One(t.conn, "where url = $1 order by removed_at <> 0, removed_at desc, id limit 1", []byte(url))
}

// Put inserts or updates a row; ID 0 is given the next one.
func (t *Tx) Put(a *Article) error {
	if a.ID == 0 {
		_, err := t.add(a, articles.SQL.Insert)
		return err
	}
	old, err := t.standing(a.ID)
	if err != nil {
		return err
	}
	if err := t.exec(articles.SQL.Update, articles.Values(a)...); err != nil {
		return err
	}
	return t.putIndexes(old, a)
}

// standing returns a row as it stands if something is made from it that Put keeps; nil: nothing is.
func (t *Tx) standing(id int64) (*Article, error) {
	kinds, err := t.keptKinds()
	if err != nil {
		return nil, err
	}
	named, err := t.keepsNames()
	if err != nil || len(kinds) == 0 && !named {
		return nil, err
	}
	return t.Article(id)
}

// putIndexes writes the terms and names that differ between a row as it stood, nil for none, and as it is now.
func (t *Tx) putIndexes(old, a *Article) error {
	if err := t.putTerms(old, a); err != nil {
		return err
	}
	return t.putNames(old, a)
}

// Add inserts a new row and reports true, or leaves it out and reports false where some row has its
// GUID or one of its feed times: to try is cheaper than to ask.
func (t *Tx) Add(a *Article) (added bool, err error) {
	return t.add(a, articles.SQL.Insert+" on conflict do nothing")
}

func (t *Tx) add(a *Article, insert string) (added bool, err error) {
	if err := t.number(a); err != nil {
		return false, err
	}
	n, err := t.change(insert, articles.Values(a)...)
	if n == 0 {
		t.lastArticle--
		a.ID = 0
		return false, err
	}
	return true, t.putIndexes(nil, a)
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

// FiledLast calls f for the articles of one sitemap shard, those first that we know for the shortest time.
func (t *Tx) FiledLast(shard string, f func(*Article) error) error {
	return articles.Each(t.conn, f, "where in_sitemap = 1 and shard = $1 order by id desc", shard)
}

// Due calls f for the living articles whose public state is to be asked again at now.
func (t *Tx) Due(now int64, f func(*Article) error) error {
	return articles.Each(t.conn, f, "where due <> 0 and due <= $1 order by due, id", now)
}

// NextDue is the next moment at which an article enters or leaves by the clock alone; 0: none.
func (t *Tx) NextDue() (int64, error) {
	return t.count("select coalesce(min(due), 0) from article where due <> 0")
}

// All calls f for every row, living or removed, by id. f may write rows it is given.
func (t *Tx) All(f func(*Article) error) error {
	return articles.Pages(t.conn, f, 0, "where id > $1 order by id")
}

// Living counts the articles that a source leads and that are not removed.
func (t *Tx) Living(src string) (int64, error) {
	return t.count("select count(*) from seen where source = $1 and article <> 0 and copy = 0", src)
}

// Known reports whether any source ever held an article.
func (t *Tx) Known() (bool, error) { return t.has("article where source <> ''") }

// PublicCount counts the articles that some document shows.
func (t *Tx) PublicCount() (int64, error) {
	return t.count(`select (select coalesce(sum(urls), 0) from shard) + (select count(*) from article where in_feed = 1 and in_sitemap = 0)`)
}

// ListsSome reports whether any article stands in the sitemap.
func (t *Tx) ListsSome() (bool, error) { return t.has("article where in_sitemap = 1") }

// OfSource calls f for the living articles that a source leads. f may write.
func (t *Tx) OfSource(src string, f func(*Article) error) error {
	ids, err := t.ids("select article from seen where source = $1 and article <> 0 and copy = 0 order by key", src)
	if err != nil {
		return err
	}
	return t.byID(ids, f)
}

// byID calls f for the rows of ids. f may write.
func (t *Tx) byID(ids []int64, f func(*Article) error) error {
	for _, id := range ids {
		a, err := t.Article(id)
		if err != nil {
			return err
		}
		if a == nil {
			return fmt.Errorf("article %d is named and is gone: %w", id, ErrDamaged)
		}
		if err := f(a); err != nil {
			return err
		}
	}
	return nil
}

// Ahead calls f for the articles with a zone-less date that become public between two moments.
func (t *Tx) Ahead(from, to int64, f func(*Article) error) error {
	return articles.Each(t.conn, f, "where due <> 0 and due > $1 and due < $2 and published > $1 and "+Zoneless.in("flags")+
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
	err := articles.Each(t.conn, keep, `where source <> '' and (id in (select article from seen where key = $1 and article <> 0)
		or id in (select article from seen where url = $1 and copy = 1) or guid = $1 or url = $1 or substr(told_url, 17) = $1 or (removed_at <> 0 and key = $1)) order by removed_at <> 0, id limit $2`, []byte(name), limit)
	return out, err
}
