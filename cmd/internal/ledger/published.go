package ledger

import (
	"bytes"
	"compress/flate"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"

	"herald/source"
)

// Receipt is what we put out at a path.
type Receipt struct {
	Path, Kind, MediaType string
	Inputs                source.Digest // of all that it was made from
	Body                  [32]byte      // SHA-256 of its bytes
	Size                  int64
	Changed               int64 // when its bytes last changed
	Edition               int64
	LeftAt                int64 // of a feed: Feed.LeftAt as its bytes know of it
}

const receiptColumns = "path, kind, media_type, inputs, body, size, changed, edition, left_at"

func scanReceipt(rows interface{ Scan(...any) error }) (Receipt, error) {
	var r Receipt
	var inputs, body []byte
	err := rows.Scan(&r.Path, &r.Kind, &r.MediaType, &inputs, &body, &r.Size, &r.Changed, &r.Edition, &r.LeftAt)
	copy(r.Inputs[:], inputs)
	copy(r.Body[:], body)
	return r, err
}

// Receipt returns the receipt of a path.
func (t *Tx) Receipt(path string) (r Receipt, found bool, err error) {
	s, err := t.stmt("select " + receiptColumns + " from receipt where path = $1")
	if err != nil {
		return r, false, err
	}
	switch r, err = scanReceipt(s.QueryRowContext(t.ctx, path)); err {
	case nil:
		return r, true, nil
	case sql.ErrNoRows:
		return r, false, nil
	}
	return r, false, fmt.Errorf("state: %w", explain(err))
}

// Receipts returns all receipts by path.
func (t *Tx) Receipts() ([]Receipt, error) {
	var out []Receipt
	err := t.each("select "+receiptColumns+" from receipt order by path", nil, func(rows *sql.Rows) error {
		r, err := scanReceipt(rows)
		out = append(out, r)
		return err
	})
	return out, err
}

// PutReceipt writes a receipt.
func (t *Tx) PutReceipt(r Receipt) error {
	if err := t.DropReceipt(r.Path); err != nil {
		return err
	}
	return t.exec("insert into receipt ("+receiptColumns+") values ("+placeholders(1, 9)+")",
		r.Path, r.Kind, r.MediaType, r.Inputs[:], r.Body[:], r.Size, r.Changed, r.Edition, r.LeftAt)
}

// DropReceipt forgets a path.
func (t *Tx) DropReceipt(path string) error {
	return t.exec("delete from receipt where path = $1", path)
}

// Edition is one publication.
type Edition struct {
	ID, At           int64
	Written, Removed []string
}

// AddEdition writes a publication down and returns its number.
func (t *Tx) AddEdition(at int64, written, removed []string) (int64, error) {
	w, _ := json.Marshal(written)
	r, _ := json.Marshal(removed)
	max, err := t.count("select coalesce(max(id), 0) from edition")
	if err != nil {
		return 0, err
	}
	return max + 1, t.exec("insert into edition (id, at, written, removed) values ($1, $2, $3, $4)", max+1, at, string(w), string(r))
}

// Editions returns the last publications, newest first.
func (t *Tx) Editions(limit int) ([]Edition, error) {
	var out []Edition
	err := t.each("select id, at, written, removed from edition order by id desc limit $1", []any{limit}, func(rows *sql.Rows) error {
		var e Edition
		var w, r []byte
		if err := rows.Scan(&e.ID, &e.At, &w, &r); err != nil {
			return err
		}
		if err := json.Unmarshal(w, &e.Written); err != nil {
			return err
		}
		if err := json.Unmarshal(r, &e.Removed); err != nil {
			return err
		}
		out = append(out, e)
		return nil
	})
	return out, err
}

// Touch notes that an article's row changed, so that telling looks at it.
func (t *Tx) Touch(article int64) error {
	return t.exec("insert into touched (article) values ($1) on conflict (article) do nothing", article)
}

// IsTouched reports whether telling is yet to look at an article.
func (t *Tx) IsTouched(article int64) (bool, error) {
	n, err := t.count("select count(*) from touched where article = $1", article)
	return n > 0, err
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
	text, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil {
		return body, false, fmt.Errorf("body of article %d: %w; %w", article, err, ErrDamaged)
	}
	body.Text = string(text)
	return body, true, nil
}

// HasBody reports whether the body of an article is kept whose content has the digest.
func (t *Tx) HasBody(article int64, words source.Digest) (bool, error) {
	n, err := t.count("select count(*) from body where article = $1 and content = $2", article, words[:])
	return n > 0, err
}

// PutBody keeps an article's body.
func (t *Tx) PutBody(article int64, words source.Digest, body source.Body) error {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, body.Text); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return t.exec(`insert into body (article, content, markup, text) values ($1, $2, $3, $4)
		on conflict (article) do update set content = excluded.content, markup = excluded.markup, text = excluded.text`,
		article, words[:], string(body.Markup), packed.Bytes())
}

// Shard is one file's worth of the sitemap.
type Shard struct {
	Name   string
	Sum    source.Digest // additive digest of its entries
	URLs   int64
	Bytes  int64
	Newest int64
}

// Shards returns all shards by name.
func (t *Tx) Shards() ([]Shard, error) {
	var out []Shard
	err := t.each("select name, sum, urls, bytes, newest from shard order by name", nil, func(rows *sql.Rows) error {
		var s Shard
		var sum []byte
		err := rows.Scan(&s.Name, &sum, &s.URLs, &s.Bytes, &s.Newest)
		copy(s.Sum[:], sum)
		out = append(out, s)
		return err
	})
	return out, err
}

// PutShard writes a shard.
func (t *Tx) PutShard(s Shard) error {
	return t.exec(`insert into shard (name, sum, urls, bytes, newest) values ($1, $2, $3, $4, $5)
		on conflict (name) do update set sum = excluded.sum, urls = excluded.urls, bytes = excluded.bytes, newest = excluded.newest`,
		s.Name, s.Sum[:], s.URLs, s.Bytes, s.Newest)
}

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

// ClearShards forgets all sums; articles keep the files they were given.
func (t *Tx) ClearShards() error { return t.exec("delete from shard") }
