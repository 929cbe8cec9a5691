package ledger

import (
	"errors"

	"herald/cmd/internal/ledger/records"
	"herald/source"
)

// Past is what an article was before a scan changed what readers have of it. At is when the scan began, in milliseconds.
type Past struct {
	Source        string
	At, Article   int64
	Shown         bool // some document showed it
	Meant         bool // some document was to show it, then or later by the clock alone
	Expires       int64
	ContentDigest source.Digest
	DigestVersion int64
	URL           string
}

var pasts = records.New("past", 3, "source, at, article, shown, meant, expires, content, digest_v, url", func(p *Past) []any {
	return []any{&p.Source, &p.At, &p.Article, &p.Shown, &p.Meant, &p.Expires, fixed(p.ContentDigest[:]), &p.DigestVersion, (*blob)(&p.URL)}
})

// PutPast keeps what an article was, unless that is kept of the same moment already.
func (t *Tx) PutPast(p *Past) error {
	return t.exec(pasts.SQL.Insert+" on conflict do nothing", pasts.Values(p)...)
}

// Pasts calls f for what is kept of the articles of a source, the oldest first. f must not write.
func (t *Tx) Pasts(src string, f func(*Past) error) error {
	return pasts.Each(t.conn, f, "where source = $1 order by at, article", src)
}

// PastSum is how many articles scans changed: see the columns of past_sum.
type PastSum struct{ Removed, Changed, Added, Entered int64 }

// AddPast adds to the sum of the scan that began at a moment.
func (t *Tx) AddPast(src string, at int64, s PastSum) error {
	return t.exec(`insert into past_sum (source, at, removed, changed, added, entered) values ($1, $2, $3, $4, $5, $6) on conflict (source, at) do update
		set removed = past_sum.removed + excluded.removed, changed = past_sum.changed + excluded.changed,
		added = past_sum.added + excluded.added, entered = past_sum.entered + excluded.entered`, src, at, s.Removed, s.Changed, s.Added, s.Entered)
}

// PastSum returns the sum over all scans of a source that are kept. An article counts as often as it was changed.
func (t *Tx) PastSum(src string) (s PastSum, err error) {
	_, err = t.row(`select coalesce(sum(removed), 0), coalesce(sum(changed), 0), coalesce(sum(added), 0), coalesce(sum(entered), 0)
		from past_sum where source = $1`, []any{src}, &s.Removed, &s.Changed, &s.Added, &s.Entered)
	return s, err
}

// KeepPasts forgets what is kept of a source but of the moments between two.
func (t *Tx) KeepPasts(src string, after, before int64) error {
	return errors.Join(t.exec("delete from past where source = $1 and at <= $2", src, after), t.exec("delete from past where source = $1 and at >= $2", src, before),
		t.exec("delete from past_sum where source = $1 and (at <= $2 or at >= $3)", src, after, before))
}
