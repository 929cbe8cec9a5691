package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"herald/cmd/internal/ledger/records"
)

// Seen is what is known of one entry of a source.
type Seen struct {
	Key         string
	Fingerprint string
	Article     int64 // 0: no article came of it
	Copy        bool  // the article is led by an entry of another source

	Place, URL string // of a copy, which has no row of its own; for PutSeen only
}

// Own is the article that the entry leads; 0: none.
func (s Seen) Own() int64 {
	if s.Copy {
		return 0
	}
	return s.Article
}

// Seen returns the entries of a source in ascending order of their keys, at one moment, beside any
// writer. An error ends the sequence.
func (l *Ledger) Seen(ctx context.Context, src string) iter.Seq2[Seen, error] {
	var key sql.RawBytes
	return sequence(ctx, l, "select key, fingerprint, article, copy from seen where source = $1 order by key", src, func(rows *sql.Rows) (s Seen, err error) {
		err = rows.Scan(&key, &s.Fingerprint, &s.Article, &s.Copy)
		s.Key = string(key)
		return s, err
	})
}

// RefusedKeys returns the keys of a source's refused entries in ascending order, as Seen does.
func (l *Ledger) RefusedKeys(ctx context.Context, src string) iter.Seq2[string, error] {
	var key sql.RawBytes
	return sequence(ctx, l, "select key from refusal where source = $1 order by key", src, func(rows *sql.Rows) (_ string, err error) {
		err = rows.Scan(&key)
		return string(key), err
	})
}

// sequence returns the rows of a statement about a source.
func sequence[T any](ctx context.Context, l *Ledger, statement, src string, read func(*sql.Rows) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		err := l.Read(ctx, func(tx *Tx) error {
			return tx.each(statement, []any{src}, func(rows *sql.Rows) error {
				v, err := read(rows)
				if err != nil {
					return fmt.Errorf("state: %w", explain(err))
				}
				if !yield(v, nil) {
					return errEnough
				}
				return nil
			})
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(*new(T), err)
		}
	}
}

// Seen returns what is known of one entry.
func (t *Tx) Seen(src, key string) (s Seen, known bool, err error) {
	s.Key = key
	known, err = t.row("select fingerprint, article, copy from seen where source = $1 and key = $2", []any{src, []byte(key)},
		&s.Fingerprint, &s.Article, &s.Copy)
	return s, known, err
}

// PutSeen notes an entry.
func (t *Tx) PutSeen(src string, s Seen) error {
	return t.exec(`insert into seen (source, key, fingerprint, article, copy, place, url) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (source, key) do update set fingerprint = excluded.fingerprint, article = excluded.article,
			copy = excluded.copy, place = excluded.place, url = excluded.url`,
		src, []byte(s.Key), s.Fingerprint, s.Article, bit(s.Copy), s.Place, []byte(s.URL))
}

// DropSeen forgets an entry that is no longer listed, and its refusal.
func (t *Tx) DropSeen(src, key string) error {
	if err := t.Accept(src, key); err != nil {
		return err
	}
	return t.exec("delete from seen where source = $1 and key = $2", src, []byte(key))
}

// Sighting returns the first sight of an entry whose scan was held; 0: none.
func (t *Tx) Sighting(src, key string) (int64, error) {
	var ms int64
	_, err := t.row("select first_seen from sighting where source = $1 and key = $2", []any{src, []byte(key)}, &ms)
	return ms, err
}

// PutSighting keeps the first sight of an entry whose scan was held.
func (t *Tx) PutSighting(src, key string, firstSeen int64) error {
	return t.exec(`insert into sighting (source, key, first_seen) values ($1, $2, $3) on conflict (source, key) do nothing`,
		src, []byte(key), firstSeen)
}

// HasSightings reports whether any is kept for the source.
func (t *Tx) HasSightings(src string) (bool, error) { return t.has("sighting where source = $1", src) }

// ClearSightings forgets the first sights of a source's held scans.
func (t *Tx) ClearSightings(src string) error {
	return t.exec("delete from sighting where source = $1", src)
}

// Refusal is one entry that is refused for its own faults.
type Refusal struct {
	Source, Key, Reason string
	Since               int64
	LastGood            bool // a last good version stands
}

// Refuse notes why an entry is refused. since is kept from an earlier refusal.
func (t *Tx) Refuse(src, key, reason string, since int64) error {
	return t.exec(`insert into refusal (source, key, reason, since) values ($1, $2, $3, $4)
		on conflict (source, key) do update set reason = excluded.reason`, src, []byte(key), reason, since)
}

// Accept forgets the refusal of an entry.
func (t *Tx) Accept(src, key string) error {
	return t.exec("delete from refusal where source = $1 and key = $2", src, []byte(key))
}

// Refusals returns the refused entries of a source ("": of all), by source and key, at most limit.
func (t *Tx) Refusals(src string, limit int) ([]Refusal, error) {
	return t.refusals("$1 = '' or r.source = $1 order by r.source, r.key limit $2", src, limit)
}

func (t *Tx) refusals(which string, args ...any) ([]Refusal, error) {
	return records.List(t.conn, func(r *Refusal) []any { return []any{&r.Source, (*blob)(&r.Key), &r.Reason, &r.Since, &r.LastGood} },
		`select r.source, r.key, r.reason, r.since, coalesce(s.article, 0) <> 0 from refusal r
		left join seen s on s.source = r.source and s.key = r.key where `+which, args...)
}

// RefusalCount counts the refused entries of a source.
func (t *Tx) RefusalCount(src string) (int64, error) {
	return t.count("select count(*) from refusal where source = $1", src)
}

// OpenRefusals counts the refused entries of a source that any listing looks at again, for what refuses them may lie outside them.
func (t *Tx) OpenRefusals(src string) (int64, error) {
	return t.count(`select count(*) from refusal r join seen s on s.source = r.source and s.key = r.key where r.source = $1 and s.fingerprint = ''`, src)
}

// Source is the record of an origin's scans.
type Source struct {
	Name                          string
	FirstScan, LastScan, LastGood int64
	LastError                     string
	Listed                        int64 // entries, at the last complete scan
	Articles                      int64 // living ones that it leads
	Copies                        int64 // entries of articles that another source leads
	Epoch                         int64 // see BumpEpoch; PutSource leaves it as it is
	Readers                       int64 // articles that some document shows, see AddReaders; PutSource leaves it as it is
}

// sources leaves out the epoch and what readers have.
var sources = records.New("source", 1, "name, first_scan, last_scan, last_good, last_error, listed, articles, copies", func(s *Source) []any {
	return []any{&s.Name, &s.FirstScan, &s.LastScan, &s.LastGood, &s.LastError, &s.Listed, &s.Articles, &s.Copies}
})

// Source returns a source's record; of an unknown name, an empty one.
func (t *Tx) Source(name string) (Source, error) {
	s, _, err := sources.Found(t.conn, "where name = $1", name)
	if err != nil {
		return s, err
	}
	s.Name = name
	_, err = t.row("select epoch, readers from source where name = $1", []any{name}, &s.Epoch, &s.Readers)
	return s, err
}

// PutSource writes a source's record.
func (t *Tx) PutSource(s Source) error { return sources.Put(t.conn, &s) }

// AddReaders counts articles of a source that documents show from now on, or with n below 0 no longer.
func (t *Tx) AddReaders(src string, n int64) error {
	return t.exec("insert into source (name, readers) values ($1, $2) on conflict (name) do update set readers = source.readers + excluded.readers", src, n)
}

// ErrFenced says that another scan of a source has begun since.
var ErrFenced = errors.New("another process scans the source now")

// BumpEpoch begins a scan of a source and returns its epoch. From then on CheckEpoch stops what an earlier scan,
// perhaps of another process, still wants to write.
func (t *Tx) BumpEpoch(src string) (int64, error) {
	if err := t.exec("insert into source (name, epoch) values ($1, 1) on conflict (name) do update set epoch = source.epoch + 1", src); err != nil {
		return 0, err
	}
	return t.epoch(src)
}

func (t *Tx) epoch(src string) (int64, error) {
	return t.count("select epoch from source where name = $1", src)
}

// CheckEpoch returns ErrFenced unless the epoch is still the source's. It is asked in the transaction that it protects.
func (t *Tx) CheckEpoch(src string, epoch int64) error {
	own, err := t.epoch(src)
	if err == nil && own != epoch {
		err = fmt.Errorf("source %s: %w", src, ErrFenced)
	}
	return err
}

// ForgetSeen forgets every entry of a source, and their refusals.
func (t *Tx) ForgetSeen(src string) error {
	if err := t.exec("delete from refusal where source = $1", src); err != nil {
		return err
	}
	return t.exec("delete from seen where source = $1", src)
}

// SourceNames returns the names of all sources that were ever scanned.
func (t *Tx) SourceNames() ([]string, error) {
	return records.List(t.conn, records.Itself[string], "select name from source order by name")
}

// RefusalOf returns the refusals of a key in any source.
func (t *Tx) RefusalOf(key string) ([]Refusal, error) {
	return t.refusals("r.key = $1 order by r.source", []byte(key))
}
