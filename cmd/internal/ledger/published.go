package ledger

import (
	"fmt"
	"slices"

	"herald/cmd/internal/ledger/records"
	"herald/cmd/internal/ledger/sqlform"
	"herald/source"
)

var receipts = records.New("receipt", 1, "path, kind, media_type, inputs, body, size, changed, edition, left_at, stamp", func(r *Receipt) []any {
	return []any{&r.Path, &r.Kind, &r.MediaType, fixed(r.Inputs[:]), fixed(r.Body[:]), &r.Size, &r.Changed, &r.Edition, &r.LeftAt, fixed(r.Stamp[:])}
})

// Receipt returns the receipt of a path.
func (t *Tx) Receipt(path string) (r Receipt, found bool, err error) {
	return receipts.Found(t.conn, "where path = $1", path)
}

// Receipts returns all receipts by path, which it reads once a transaction: a thousand feeds have thousands of them.
func (t *Tx) Receipts() (all []Receipt, err error) {
	if t.receipts == nil {
		t.receipts, err = receipts.All(t.conn, "order by path")
	}
	return slices.Clone(t.receipts), err
}

// PutReceipt writes a receipt.
func (t *Tx) PutReceipt(r Receipt) error {
	t.receipts = nil
	return receipts.Put(t.conn, &r)
}

// DropReceipt forgets a path.
func (t *Tx) DropReceipt(path string) error {
	t.receipts = nil
	return t.exec("delete from receipt where path = $1", path)
}

// Edition is one publication.
type Edition struct {
	ID, At           int64
	Written, Removed []string
}

var editions = records.New("edition", 1, "id, at, written, removed", func(e *Edition) []any {
	return []any{&e.ID, &e.At, records.InJSON(&e.Written), records.InJSON(&e.Removed)}
})

// AddEdition writes a publication down and returns its number.
func (t *Tx) AddEdition(at int64, written, removed []string) (int64, error) {
	last, err := t.count("select coalesce(max(id), 0) from edition")
	if err != nil {
		return 0, err
	}
	return last + 1, editions.Put(t.conn, &Edition{last + 1, at, written, removed})
}

// Editions returns the last publications, newest first.
func (t *Tx) Editions(limit int) ([]Edition, error) {
	return editions.All(t.conn, "order by id desc limit $1", limit)
}

// Touch notes that an article's row changed, so that telling looks at it.
func (t *Tx) Touch(article int64) error {
	return t.exec("insert into touched (article) values ($1) on conflict (article) do nothing", article)
}

// IsTouched reports whether telling is yet to look at an article.
func (t *Tx) IsTouched(article int64) (bool, error) {
	return t.has("touched where article = $1", article)
}

// Touched returns all articles that telling is to look at.
func (t *Tx) Touched() ([]int64, error) { return t.ids("select article from touched order by article") }

// Untouch forgets a touch that was dealt with.
func (t *Tx) Untouch(article int64) error {
	return t.exec("delete from touched where article = $1", article)
}

// Body returns the kept body of an article if its content still has the digest.
func (t *Tx) Body(article int64, words source.Digest) (body source.Body, found bool, err error) {
	var packed []byte
	found, err = t.row("select markup, text from body where article = $1 and content = $2", []any{article, words[:]}, &body.Markup, &packed)
	if err != nil || !found {
		return body, false, err
	}
	if body.Text, err = sqlform.Inflate(packed); err != nil {
		return body, false, fmt.Errorf("body of article %d: %w; %w", article, err, ErrDamaged)
	}
	return body, true, nil
}

// HasBody reports whether the body of an article is kept whose content has the digest.
func (t *Tx) HasBody(article int64, words source.Digest) (bool, error) {
	return t.has("body where article = $1 and content = $2", article, words[:])
}

// PutBody keeps an article's body.
func (t *Tx) PutBody(article int64, words source.Digest, body source.Body) error {
	packed, err := sqlform.Deflate(body.Text)
	if err != nil {
		return err
	}
	return t.exec(`insert into body (article, content, markup, text) values ($1, $2, $3, $4)
		on conflict (article) do update set content = excluded.content, markup = excluded.markup, text = excluded.text`,
		article, words[:], string(body.Markup), packed)
}

// Shard is one file's worth of the sitemap.
type Shard struct {
	Name   string
	Sum    source.Digest // additive digest of its entries
	URLs   int64
	Bytes  int64
	Newest int64
}

var shards = records.New("shard", 1, "name, sum, urls, bytes, newest", func(s *Shard) []any {
	return []any{&s.Name, fixed(s.Sum[:]), &s.URLs, &s.Bytes, &s.Newest}
})

// Shards returns all shards by name.
func (t *Tx) Shards() ([]Shard, error) { return shards.All(t.conn, "order by name") }

// PutShard writes a shard.
func (t *Tx) PutShard(s Shard) error { return shards.Put(t.conn, &s) }

// ClearShards forgets all sums; articles keep the files they were given.
func (t *Tx) ClearShards() error { return t.exec("delete from shard") }

// Meta returns a single value; "" if it was never set.
func (t *Tx) Meta(name string) (string, error) {
	var v string
	_, err := t.row("select value from meta where name = $1", []any{name}, &v)
	return v, err
}

// SetMeta keeps a single value.
func (t *Tx) SetMeta(name, value string) error {
	return t.exec(`insert into meta (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value`, name, value)
}
