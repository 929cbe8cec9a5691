package ledger

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"math"

	"herald/source"
)

// Kind says what a scan found of an entry.
type Kind string

// The kinds of a staged entry.
const (
	New     Kind = "new"
	Changed Kind = "changed"
	Same    Kind = "same"    // loaded, and its content is the row's
	Ignored Kind = "ignored" // not an article at all
	Refused Kind = "refused"
	Missing Kind = "missing" // known, and no longer listed
	Moved   Kind = "moved"   // missing, and found again under another key
)

// Staged is one entry as a scan found it, before anything of it is true.
type Staged struct {
	ID          int64
	Key         string
	Kind        Kind
	Fingerprint string
	Article     int64 // the row it belongs to; 0: none yet
	Words       source.Digest
	DigestV     int64  // the reader.DigestVersion of Words
	Claim       string // the id that it claims
	Path, URL   string
	Link        string // JSON of source.Link, where the URL waits for a date
	Published   int64
	DatedBy     source.DateRule
	FirstSeen   int64
	Updated     int64
	Expires     int64
	Flags       Flags
	Minor       bool
	Said        Said
	Reason      string
	Place       string
}

const stageColumns = `id, key, kind, fingerprint, article, content, digest_v, claim, path, url, link, published, dated_by,
	first_seen, updated, expires, flags, minor, shown, reason, place`

// ClearStage forgets what an earlier scan of the source found.
func (t *Tx) ClearStage(src string) error {
	return t.exec("delete from stage where source = $1", src)
}

// Stage adds an entry. Entries of one scan are staged in the order of their keys.
func (t *Tx) Stage(src string, s *Staged) error {
	return t.exec(`insert into stage (source, key, kind, fingerprint, article, content, digest_v, claim, path, url, link, published,
		dated_by, first_seen, updated, expires, flags, minor, shown, reason, place) values (`+placeholders(1, 21)+`)`,
		src, []byte(s.Key), string(s.Kind), s.Fingerprint, s.Article, s.Words[:], s.DigestV, []byte(s.Claim), s.Path, []byte(s.URL), s.Link,
		s.Published, string(s.DatedBy), s.FirstSeen, s.Updated, s.Expires, int64(s.Flags), bit(s.Minor), s.Said.text(), s.Reason, s.Place)
}

func scanStaged(rows interface{ Scan(...any) error }) (*Staged, error) {
	s := new(Staged)
	var key, words, claim, url, said []byte
	err := rows.Scan(&s.ID, &key, &s.Kind, &s.Fingerprint, &s.Article, &words, &s.DigestV, &claim, &s.Path, &url, &s.Link, &s.Published,
		&s.DatedBy, &s.FirstSeen, &s.Updated, &s.Expires, &s.Flags, &s.Minor, &said, &s.Reason, &s.Place)
	if err != nil {
		return nil, err
	}
	s.Key, s.Claim, s.URL = string(key), string(claim), string(url)
	copy(s.Words[:], words)
	return s, json.Unmarshal(said, &s.Said)
}

// Order is the order in which staged entries are read.
type Order int

// The orders: by key, and descending by key.
const (
	ByKey Order = iota
	ByKeyDesc
)

// Selection picks staged entries.
type Selection int

// The selections.
const (
	StagedAbsent     Selection = iota // missing, or found again under another key
	StagedPresent                     // all that are not absent
	StagedChanges                     // new, changed, or missing with a row that it had
	StagedMissing                     // missing, with a row that it had
	StagedNew                         // new
	StagedUnmatched                   // new, and it is not known to be any row
	StagedCandidates                  // unmatched, and no draft
	StagedUndated                     // new or changed, without a date, and no draft
	StagedUnplaced                    // new or changed, with a URL that waits for a date
)

func (s Selection) condition() string {
	public := " and not " + Draft.in("flags")
	switch s {
	case StagedAbsent:
		return "kind in ('missing', 'moved')"
	case StagedPresent:
		return "kind not in ('missing', 'moved')"
	case StagedChanges:
		return "(kind in ('new', 'changed') or kind = 'missing' and article <> 0)"
	case StagedMissing:
		return "kind = 'missing' and article <> 0"
	case StagedNew:
		return "kind = 'new'"
	case StagedUnmatched:
		return "kind = 'new' and article = 0"
	case StagedCandidates:
		return "kind = 'new' and article = 0" + public
	case StagedUndated:
		return "kind in ('new', 'changed') and published = 0" + public
	case StagedUnplaced:
		return "kind in ('new', 'changed') and link <> ''"
	}
	panic(fmt.Sprintf("ledger: no selection %d", s))
}

// Staged calls f for the selected staged entries of a source, by key. f must not write to the stage.
func (t *Tx) Staged(src string, which Selection, f func(*Staged) error) error {
	query := "select " + stageColumns + " from stage where source = $1 and " + which.condition() + " order by id"
	return t.each(query, []any{src}, func(rows *sql.Rows) error {
		s, err := scanStaged(rows)
		if err != nil {
			return fmt.Errorf("state: %w", explain(err))
		}
		return f(s)
	})
}

// StagedPages is Staged by key, up or down, in pages, so that f may write to the stage.
func (t *Tx) StagedPages(src string, order Order, which Selection, f func(*Staged) error) error {
	last, beyond, by := int64(0), "id > $2", "id"
	if order == ByKeyDesc {
		last, beyond, by = math.MaxInt64, "id < $2", "id desc"
	}
	query := "select " + stageColumns + " from stage where source = $1 and " + beyond + " and " + which.condition() + " order by " + by +
		" limit 500"
	for {
		var page []*Staged
		err := t.each(query, []any{src, last}, func(rows *sql.Rows) error {
			s, err := scanStaged(rows)
			page = append(page, s)
			return err
		})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, s := range page {
			if err := f(s); err != nil {
				return err
			}
			last = s.ID
		}
	}
}

// Restage writes back what resolving decided of a staged entry.
func (t *Tx) Restage(s *Staged) error {
	return t.exec(`update stage set kind = $2, article = $3, path = $4, url = $5, published = $6, dated_by = $7,
		first_seen = $8, reason = $9, fingerprint = $10, flags = $11, claim = $12, link = $13 where id = $1`,
		s.ID, string(s.Kind), s.Article, s.Path, []byte(s.URL), s.Published, string(s.DatedBy), s.FirstSeen, s.Reason, s.Fingerprint,
		int64(s.Flags), []byte(s.Claim), s.Link)
}

// StagedByArticle returns the staged entry that belongs to a row, nil if none does.
func (t *Tx) StagedByArticle(id int64) (*Staged, error) {
	s, err := t.stmt("select " + stageColumns + " from stage where article = $1 and article <> 0 order by kind = 'missing', id limit 1")
	if err != nil {
		return nil, err
	}
	st, err := scanStaged(s.QueryRowContext(t.short, id))
	if err == sql.ErrNoRows {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("state: %w", explain(err))
	}
	return st, nil
}

// HasStaged reports whether anything of a source is staged.
func (t *Tx) HasStaged(src string) (bool, error) {
	n, err := t.count("select count(*) from (select 1 from stage where source = $1 limit 1) as one", src)
	return n > 0, err
}

func (t *Tx) ids(query string, args ...any) ([]int64, error) {
	var ids []int64
	err := t.each(query, args, func(rows *sql.Rows) error {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
		return nil
	})
	return ids, err
}

// StagedByID returns a staged entry.
func (t *Tx) StagedByID(id int64) (*Staged, error) {
	s, err := t.stmt("select " + stageColumns + " from stage where id = $1")
	if err != nil {
		return nil, err
	}
	st, err := scanStaged(s.QueryRowContext(t.short, id))
	if err != nil {
		return nil, fmt.Errorf("state: %w", explain(err))
	}
	return st, nil
}

// URLsTwice returns the staged articles of a source, grouped by URL, that share one with another
// staged article: the one that stands there first, then the earlier known, then by key.
func (t *Tx) URLsTwice(src string) ([]int64, error) {
	return t.ids(`select id from stage where source = $1 and kind in ('new', 'changed') and url in (
			select url from stage where source = $1 and kind in ('new', 'changed') and length(url) > 0 group by url having count(*) > 1)
		order by url, not exists (select 1 from article a where a.id = stage.article and a.url = stage.url and a.removed_at = 0),
			article = 0, article, id`, src)
}

// URLsTaken pairs the staged articles of a source with the living rows that hold their URL.
func (t *Tx) URLsTaken(src string) ([]Pair, error) {
	return t.pairs(`select s.id, a.id from stage s join article a on a.url = s.url
		where s.source = $1 and s.kind in ('new', 'changed') and a.removed_at = 0 and a.id <> s.article order by s.id`, src)
}

// ClaimsTwice returns the staged new articles of a source that claim an id which another of them
// claims too, grouped by id, by key.
func (t *Tx) ClaimsTwice(src string) ([]int64, error) {
	return t.ids(`select id from stage where source = $1 and kind = 'new' and claim in (
			select claim from stage where source = $1 and kind = 'new' and length(claim) > 0 group by claim having count(*) > 1)
		order by claim, id`, src)
}

// Pair joins a staged entry with the row that it may be.
type Pair struct{ Stage, Article int64 }

func (t *Tx) pairs(query string, args ...any) ([]Pair, error) {
	var out []Pair
	err := t.each(query, args, func(rows *sql.Rows) error {
		var p Pair
		if err := rows.Scan(&p.Stage, &p.Article); err != nil {
			return err
		}
		out = append(out, p)
		return nil
	})
	return out, err
}

// ClaimedRows pairs the new entries of a source with the rows whose id they claim, living ones
// included.
func (t *Tx) ClaimedRows(src string) ([]Pair, error) {
	return t.pairs(`select s.id, a.id from stage s join article a on a.guid = s.claim
		where s.source = $1 and s.kind = 'new' and length(s.claim) > 0 order by s.id`, src)
}

// RemovedByKey pairs the new entries of a source with removed rows that had the same key.
func (t *Tx) RemovedByKey(src string) ([]Pair, error) {
	return t.pairs(`select s.id, a.id from stage s join article a on a.source = s.source and a.key = s.key and a.removed_at <> 0
		where s.source = $1 and s.kind = 'new' order by s.id, a.removed_at desc, a.id desc`, src)
}

// RemovedByWords pairs the new entries of a source with removed rows that had the same content.
func (t *Tx) RemovedByWords(src string) ([]Pair, error) {
	return t.pairs(`select s.id, a.id from stage s join article a on a.content = s.content and a.removed_at <> 0
		where s.source = $1 and s.kind = 'new' order by s.id, a.removed_at desc, a.id desc`, src)
}

// VacantByURL pairs the new entries of a source with rows that stood at the same URL and were
// removed, or are missing now, or belong to a source that is none of configured.
func (t *Tx) VacantByURL(src string, configured []string) ([]Pair, error) {
	args := []any{src}
	for _, name := range configured {
		args = append(args, name)
	}
	return t.pairs(`select s.id, a.id from stage s join article a on a.url = s.url
		where s.source = $1 and s.kind = 'new' and (a.removed_at <> 0 or exists (
			select 1 from stage m where m.article = a.id and m.article <> 0 and m.kind = 'missing' and m.source = $1)
			or a.source not in (`+placeholders(1, len(args))+`))
		order by s.id, a.removed_at <> 0, a.removed_at desc, a.id desc`, args...)
}

// LeftByURL pairs the new entries of a source with living rows that stand at the same URL and belong to
// a source that is none of configured.
func (t *Tx) LeftByURL(src string, configured []string) ([]Pair, error) {
	args := []any{src}
	for _, name := range configured {
		args = append(args, name)
	}
	return t.pairs(`select s.id, a.id from stage s join article a on a.url = s.url
		where s.source = $1 and s.kind = 'new' and a.removed_at = 0 and a.source not in (`+placeholders(1, len(args))+`)
		order by s.id, a.id desc`, args...)
}

// DropMissing takes back that a row is missing.
func (t *Tx) DropMissing(article int64) (bool, error) {
	n, err := t.count("select count(*) from stage where article = $1 and article <> 0 and kind = 'missing'", article)
	if err != nil || n == 0 {
		return false, err
	}
	return true, t.exec("update stage set kind = 'moved', article = 0 where article = $1 and article <> 0 and kind = 'missing'", article)
}

// GuardCounts says how much a staged scan would change of what its source holds.
type GuardCounts struct {
	Known   int64 // living articles before
	Added   int64
	Changed int64 // other content or another URL
	Removed int64 // missing, or public and no longer to be
}

// GuardCounts counts for the guard; now decides what has expired.
func (t *Tx) GuardCounts(src string, now int64) (g GuardCounts, err error) {
	record, err := t.Source(src)
	if err != nil {
		return g, err
	}
	g.Known = record.Articles
	if g.Added, err = t.count("select count(*) from stage where source = $1 and kind = 'new'", src); err != nil {
		return g, err
	}
	if g.Changed, err = t.count(`select count(*) from stage s join article a on a.id = s.article
		where s.source = $1 and s.kind = 'changed' and (s.content <> a.content or s.url <> a.url)`, src); err != nil {
		return g, err
	}
	g.Removed, err = t.count(`select (select count(*) from stage where source = $1 and kind = 'missing' and article <> 0) + (
		select count(*) from stage s join article a on a.id = s.article where s.source = $1 and s.kind = 'changed'
			and (a.in_feed = 1 or a.in_sitemap = 1) and (`+Draft.in("s.flags")+` or (s.expires <> 0 and s.expires <= $2)))`, src, now)
	return g, err
}
