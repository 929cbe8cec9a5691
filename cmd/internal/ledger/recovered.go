package ledger

import (
	"strings"

	"herald/cmd/internal/ledger/pairs"
	"herald/source"
)

// Recovered is the source of the rows that standing documents left when the ledger was lost. No config can name a
// source so. Such a row is a removed one: it stands nowhere and nobody is told of it, but it holds what the documents
// showed, its feed times among that, until an entry of a source turns out to be its article.
const Recovered = ""

// unknownID begins the GUID of a row of Recovered; behind it is the URL at which the article stood. No article can claim
// such an id.
const unknownID = "\x00"

// NewRecovered returns a row of Recovered for the article at a URL of which nothing else is known.
func NewRecovered(url string, now int64) *Article {
	return &Article{Source: Recovered, Key: url, GUID: unknownID + url, URL: url, DatedBy: source.DatedByRecovery, FirstSeen: now, FirstSight: true, RemovedAt: now}
}

// FormerURL returns the URL at which the article of a row of Recovered stood.
func (a *Article) FormerURL() string { return strings.TrimPrefix(a.GUID, unknownID) }

// recovered is the condition of a row of Recovered; it has an index.
const recovered = pairs.Recovered

// Recovered returns the row of Recovered at a URL, nil if there is none.
func (t *Tx) Recovered(url string) (*Article, error) {
	return articles.One(t.conn, "where url = $1 and "+recovered+" order by id limit 1", []byte(url))
}

// RecoveredIDs returns the ids that standing feeds showed of the rows of Recovered.
func (t *Tx) RecoveredIDs() (map[string]bool, error) {
	ids := map[string]bool{}
	err := articles.Each(t.conn, func(a *Article) error {
		if a.Shown.ID != "" {
			ids[a.Shown.ID] = true
		}
		return nil
	}, "where "+recovered+" and feed_published <> 0")
	return ids, err
}

// Unclaimed calls f, by URL, for the rows of Recovered at whose URL no other row stands and the scan of a source found
// nothing.
func (t *Tx) Unclaimed(src string, f func(*Article) error) error {
	return articles.Each(t.conn, f, "where "+recovered+` and not exists (select 1 from article o where o.url = article.url and o.source <> '')
		and not exists (select 1 from stage s where s.url = article.url and s.kind in ('new', 'changed') and s.source = $1) order by url`, src)
}

// DropRecovered forgets a row of Recovered: an article has taken up all that it held.
func (t *Tx) DropRecovered(id int64) error {
	return t.exec("delete from article where id = $1 and "+recovered, id)
}
