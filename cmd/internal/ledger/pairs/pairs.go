// Package pairs finds, for the staged entries of a scan, the rows that they may be.
package pairs

import (
	"fmt"

	"herald/cmd/internal/ledger/records"
	"herald/cmd/internal/ledger/sqlform"
	"herald/source"
)

// Pair joins a staged entry with the row that it may be. Both are numbers of rows, of the stage and of the articles.
type Pair struct{ Stage, Article int64 }

// Recovered is the condition of a row of the source "", which standing documents left when the ledger was lost. It has an index.
const Recovered = "source = '' and removed_at <> 0"

// Draft is ledger.Draft.
const Draft = 1

// draft is the condition that a staged entry s is one.
var draft = fmt.Sprintf("(s.flags & %d) <> 0", Draft)

// Finder asks within one transaction. It is used by one goroutine at a time.
type Finder struct{ in *records.Conn }

// In returns the Finder of a transaction.
func In(conn *records.Conn) Finder { return Finder{conn} }

func (f Finder) pairs(query string, args ...any) ([]Pair, error) {
	return records.List(f.in, func(p *Pair) []any { return []any{&p.Stage, &p.Article} }, query, args...)
}

// stages returns the numbers of the staged entries that a query picks.
func (f Finder) stages(query string, args ...any) ([]int64, error) {
	return records.List(f.in, records.Itself[int64], query, args...)
}

// URLsTwice returns the staged articles of a source, grouped by URL, that share one with another
// staged article: the one that stands there first, then the earlier known, then the one that was recovered there, then
// by key.
func (f Finder) URLsTwice(src string) ([]int64, error) {
	return f.stages(`select id from stage where source = $1 and kind in ('new', 'changed') and url in (
			select url from stage where source = $1 and kind in ('new', 'changed') and length(url) > 0 group by url having count(*) > 1)
		order by url, not exists (select 1 from article a where a.id = stage.article and a.url = stage.url and a.removed_at = 0),
			kind = 'new', case when kind = 'changed' then article end,
			not exists (select 1 from article a where a.id = stage.article and a.url = stage.url), id`, src)
}

// URLsTaken pairs the staged articles of a source with the living rows that hold their URL.
func (f Finder) URLsTaken(src string) ([]Pair, error) {
	return f.pairs(`select s.id, a.id from stage s join article a on a.url = s.url
		where s.source = $1 and s.kind in ('new', 'changed') and a.removed_at = 0 and a.id <> s.article order by s.id`, src)
}

// ClaimsTwice returns the staged new articles of a source that claim an id which another of them
// claims too, grouped by id: first those at whose URL an id was recovered, then those at whose URL anything was, then by key.
func (f Finder) ClaimsTwice(src string) ([]int64, error) {
	return f.stages(`select s.id from stage s
		left join article a on a.id = (select min(id) from article where url = s.url and `+Recovered+`)
		where s.source = $1 and s.kind = 'new' and s.claim in (
			select claim from stage where source = $1 and kind = 'new' and length(claim) > 0 group by claim having count(*) > 1)
		order by s.claim, case when a.id is null then 6 when a.feed_published = 0 then 3 else 0 end + case when a.id is null then 0 else `+likeness()+` end, s.id`, src)
}

// ClaimedURLs pairs the new entries of a source that claim, as their id, the URL of a row of Recovered of which no id was shown,
// with that row, where another new entry stands at the URL and claims nothing: the URL is its id. One that was shown somewhere
// itself has its claim by right.
func (f Finder) ClaimedURLs(src string) ([]Pair, error) {
	return f.pairs(`select s.id, a.id from article a cross join stage h cross join stage s
		where a.source = '' and a.removed_at <> 0 and a.feed_published = 0 and h.url = a.url and h.kind in ('new', 'changed') and h.kind = 'new' and h.source = $1
		and length(h.claim) = 0 and s.claim = a.url and length(s.claim) > 0 and s.kind = 'new' and s.source = $1 and s.id <> h.id
		and not exists (select 1 from article b where b.url = s.url and b.source = '' and b.removed_at <> 0) order by s.id`, src)
}

// rowsOfNew pairs the new entries s of a source, $1, with the rows a that a condition joins.
func (f Finder) rowsOfNew(on, order string, args ...any) ([]Pair, error) {
	return f.pairs("select s.id, a.id from stage s join article a on "+on+" where s.source = $1 and s.kind = 'new' order by s.id, "+order, args...)
}

// ClaimedRows pairs the new entries of a source with the rows whose id they claim, living ones
// included.
func (f Finder) ClaimedRows(src string) ([]Pair, error) {
	return f.rowsOfNew("a.guid = s.claim and length(s.claim) > 0", "a.id", src)
}

// RemovedByKey pairs the new entries of a source with removed rows that had the same key.
func (f Finder) RemovedByKey(src string) ([]Pair, error) {
	return f.rowsOfNew("a.source = s.source and a.key = s.key and a.removed_at <> 0", "a.removed_at desc, a.id desc", src)
}

// RemovedByContent pairs the new entries of a source with removed rows that had the same content.
func (f Finder) RemovedByContent(src string) ([]Pair, error) {
	return f.rowsOfNew("a.content = s.content and a.removed_at <> 0", "a.removed_at desc, a.id desc", src)
}

// VacantByURL pairs the new entries of a source with rows that stood at the same URL and were
// removed, or are missing now, or belong to a source that is none of configured.
func (f Finder) VacantByURL(src string, configured []string) ([]Pair, error) {
	args := sqlform.Arguments(src, configured)
	return f.rowsOfNew(`a.url = s.url and a.source <> '' and (a.removed_at <> 0
			or exists (select 1 from stage m where m.article = a.id and m.article <> 0 and m.kind = 'missing' and m.source = $1)
			or a.source not in (`+sqlform.Placeholders(1, len(args))+`))`, "a.removed_at <> 0, a.removed_at desc, a.id desc", args...)
}

// LeftByURL pairs the new entries of a source with living rows that stand at the same URL and belong to
// a source that is none of configured.
func (f Finder) LeftByURL(src string, configured []string) ([]Pair, error) {
	args := sqlform.Arguments(src, configured)
	return f.rowsOfNew("a.url = s.url and a.removed_at = 0 and a.source not in ("+sqlform.Placeholders(1, len(args))+")", "a.id desc", args...)
}

// SharedURLs pairs the new entries of a source with the living rows of other sources that stand at the same URL.
func (f Finder) SharedURLs(src string) ([]Pair, error) {
	return f.rowsOfNew("a.url = s.url and length(s.url) > 0 and a.source <> '' and a.source <> $1 and a.removed_at = 0", "a.id", src)
}

// Swapped returns, by key, the staged entries of a source that belong to one row and turn out to be
// another article, because files took each other's names. Such an entry claims another id than its
// row's, and that id is claimed by another entry; or it claims the id of a row whose entry is missing or
// swapped too, or that was removed and had the same content. Or it claims none, and another entry claims its row's id
// with the row's content, which it has no more.
func (f Finder) Swapped(src string) ([]Pair, error) {
	return f.pairs(`select s.id, a.id from stage s join article a on a.id = s.article
		where s.source = $1 and s.kind = 'changed' and s.claim <> a.guid and (
			exists (select 1 from stage o where o.claim = a.guid and length(o.claim) > 0 and o.source = $1 and o.kind in ('new', 'changed')
				and (length(s.claim) > 0 or o.content = a.content and s.content <> a.content))
			or length(s.claim) > 0 and exists (select 1 from article b where b.guid = s.claim and b.removed_at <> 0 and b.content = s.content)
			or length(s.claim) > 0 and exists (select 1 from article b where b.guid = s.claim and exists (
				select 1 from stage o where o.article = b.id and o.article <> 0 and o.source = $1
				and (o.kind = 'missing' or o.kind = 'changed' and o.claim <> b.guid
					and (length(o.claim) > 0 or s.content = b.content and o.content <> b.content)))))
		order by s.id`, src)
}

// ClaimsTaken pairs the staged entries of a source that belong to a row with the living article of
// another row whose id they claim.
func (f Finder) ClaimsTaken(src string) ([]Pair, error) {
	return f.pairs(`select s.id, b.id from stage s join article b on b.guid = s.claim
		where s.source = $1 and s.kind = 'changed' and length(s.claim) > 0 and b.id <> s.article and b.removed_at = 0 order by s.id`, src)
}

// LeftByKey pairs the new entries of a source that wait for a date to have a URL with the living rows that stand under
// the same key in a source that is none of configured.
func (f Finder) LeftByKey(src string, configured []string) ([]Pair, error) {
	args := sqlform.Arguments(src, configured)
	// A cross join keeps SQLite to this order: sources that left are few, and seldom any.
	return f.pairs(`select s.id, a.id from source o cross join stage s cross join seen v cross join article a
		where o.name not in (`+sqlform.Placeholders(1, len(args))+`) and s.source = $1 and s.kind = 'new' and s.link <> ''
		and v.source = o.name and v.key = s.key and v.copy = 0 and a.id = v.article and a.removed_at = 0 order by s.id, a.id desc`, args...)
}

// likeness returns what orders the new entries s of a scan by how well their dates fit the row of Recovered a at their
// URL: first one that gives the date which was shown, then those that give none, then those that give another, and
// drafts, which no document shows.
func likeness() string {
	return `case
		when s.dated_by not in ('', '` + string(source.DatedByFirstSeen) + `', '` + string(source.DatedByRecovery) + `')
			then case when s.published in (a.updated, a.feed_published) then 0 else 2 end
		when ` + draft + ` then 2
		else 1 end`
}

// RecoveredByURL pairs the new entries of a source that belong to no row yet with the rows of Recovered at their URL,
// the most alike first.
func (f Finder) RecoveredByURL(src string) ([]Pair, error) {
	// A cross join keeps SQLite to this order: such rows are few, and seldom any. The first condition of kind is that of
	// the index.
	return f.pairs(`select s.id, a.id from article a cross join stage s
		where a.source = '' and a.removed_at <> 0 and s.url = a.url and s.kind in ('new', 'changed') and s.source = $1 and s.kind = 'new' and s.article = 0
		order by a.id, `+likeness()+`, s.id`, src)
}
