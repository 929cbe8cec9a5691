package ledger

import (
	"database/sql"
	"fmt"
	"math"
	"strings"

	"herald/cmd/internal/ledger/pairs"
	"herald/cmd/internal/ledger/records"
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
	Away    Kind = "away"    // missing, and stays for now
	Moved   Kind = "moved"   // missing, and found again under another key
	Copy    Kind = "copy"    // its article is led by an entry of another source
)

// Staged is one entry as a scan found it, before anything of it is true.
type Staged struct {
	ID            int64
	Key           string
	Kind          Kind
	Fingerprint   string
	Article       int64 // the row it belongs to; 0: none yet
	ContentDigest source.Digest
	DigestVersion int64  // the reader.DigestVersion of Words
	Claim         string // the id that it claims
	Minted        string // the id that it gets as a new article, where it claims none; "": its URL
	Path, URL     string
	Link          string // JSON of source.Link, where the URL waits for a date
	Published     int64
	DatedBy       source.DateRule
	FirstSeen     int64
	Updated       int64
	Expires       int64
	Flags         Flags
	Minor         bool
	Shown         Shown
	Reason        string
	Place         string
}

// Pair joins a staged entry with the row that it may be.
type Pair = pairs.Pair

var stages = records.New("stage", 1, `id, key, kind, fingerprint, article, content, digest_v, claim, minted, path, url, link, published, dated_by,
	first_seen, updated, expires, flags, minor, shown, reason, place`, func(s *Staged) []any {
	return []any{
		&s.ID, (*blob)(&s.Key), (*string)(&s.Kind), &s.Fingerprint, &s.Article, fixed(s.ContentDigest[:]), &s.DigestVersion, (*blob)(&s.Claim), (*blob)(&s.Minted),
		&s.Path, (*blob)(&s.URL), &s.Link, &s.Published, (*string)(&s.DatedBy), &s.FirstSeen, &s.Updated, &s.Expires, (*int64)(&s.Flags), &s.Minor,
		records.InJSON(&s.Shown), &s.Reason, &s.Place,
	}
})

// insertStaged leaves the number to the database, and names the source instead.
var insertStaged = strings.Replace(stages.SQL.Insert, "id,", "source,", 1)

// ClearStage forgets what an earlier scan of the source found.
func (t *Tx) ClearStage(src string) error {
	return t.exec("delete from stage where source = $1", src)
}

// Stage adds an entry. Entries of one scan are staged in the order of their keys.
func (t *Tx) Stage(src string, s *Staged) error {
	values := stages.Values(s)
	values[0] = src
	return t.exec(insertStaged, values...)
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
	StagedCopies                      // copies
)

// conditions are those of the selections.
var conditions = [...]string{
	StagedAbsent:     "kind in ('missing', 'moved')",
	StagedPresent:    "kind not in ('missing', 'moved')",
	StagedChanges:    "(kind in ('new', 'changed') or kind = 'missing' and article <> 0)",
	StagedMissing:    "kind = 'missing' and article <> 0",
	StagedNew:        "kind = 'new'",
	StagedUnmatched:  "kind = 'new' and article = 0",
	StagedCandidates: "kind = 'new' and article = 0 and not " + Draft.in("flags"),
	StagedUndated:    "kind in ('new', 'changed') and published = 0 and not " + Draft.in("flags"),
	StagedUnplaced:   "kind in ('new', 'changed') and link <> ''",
	StagedCopies:     "kind = 'copy'",
}

// Staged calls f for the selected staged entries of a source, by key. f must not write to the stage.
func (t *Tx) Staged(src string, which Selection, f func(*Staged) error) error {
	return stages.Each(t.conn, f, "where source = $1 and "+conditions[which]+" order by id", src)
}

// StagedPages is Staged by key, up or down, in pages, so that f may write to the stage.
func (t *Tx) StagedPages(src string, order Order, which Selection, f func(*Staged) error) error {
	from, by := int64(0), "id > $2 order by id"
	if order == ByKeyDesc {
		from, by = math.MaxInt64, "id < $2 order by id desc"
	}
	return stages.Pages(t.conn, f, from, "where source = $1 and "+conditions[which]+" and "+by, src)
}

// StagedDated reports whether a rule dates some staged article of a source that is no draft.
func (t *Tx) StagedDated(src string) (bool, error) {
	return t.has("stage where source = $1 and kind in ('new', 'changed', 'copy') and "+dated(), src)
}

// Dated reports whether a rule dates some living article of a source that is no draft.
func (t *Tx) Dated(src string) (bool, error) {
	return t.has("article where source = $1 and removed_at = 0 and "+dated(), src)
}

func dated() string {
	return "published <> 0 and not " + Draft.in("flags") + " and dated_by not in ('', '" + string(source.DatedByFirstSeen) + "', '" + string(source.DatedByRecovery) + "')"
}

// StagedAt reports whether a scan found an article at a URL.
func (t *Tx) StagedAt(src, url string) (bool, error) {
	return t.has("stage where url = $1 and kind in ('new', 'changed') and source = $2", []byte(url), src)
}

// Restage writes back what resolving decided of a staged entry.
func (t *Tx) Restage(s *Staged) error { return t.exec(stages.SQL.Update, stages.Values(s)...) }

// StagedByArticle returns the staged entry that belongs to a row, nil if none does.
func (t *Tx) StagedByArticle(id int64) (*Staged, error) {
	return stages.One(t.conn, "where article = $1 and article <> 0 order by kind = 'missing', id limit 1", id)
}

// HasStaged reports whether anything of a source is staged.
func (t *Tx) HasStaged(src string) (bool, error) {
	return t.has("stage where source = $1", src)
}

// StagedByID returns a staged entry.
func (t *Tx) StagedByID(id int64) (*Staged, error) {
	s, err := stages.One(t.conn, "where id = $1", id)
	if err == nil && s == nil {
		return nil, fmt.Errorf("state: %w", sql.ErrNoRows)
	}
	return s, err
}

// DropMissing takes back that a row is missing, and reports whether it was.
func (t *Tx) DropMissing(article int64) (bool, error) {
	n, err := t.change("update stage set kind = 'moved', article = 0 where article = $1 and article <> 0 and kind = 'missing'", article)
	return n > 0, err
}

// StagedCounts says how many entries a scan has staged of the kinds that may change what readers have.
type StagedCounts struct{ New, Changed, Missing int64 }

// StagedCounts counts them.
func (t *Tx) StagedCounts(src string) (c StagedCounts, err error) {
	_, err = t.row(`select coalesce(sum(case when kind = 'new' then 1 else 0 end), 0), coalesce(sum(case when kind = 'changed' then 1 else 0 end), 0),
		coalesce(sum(case when kind = 'missing' and article <> 0 then 1 else 0 end), 0) from stage where source = $1`,
		[]any{src}, &c.New, &c.Changed, &c.Missing)
	return c, err
}
