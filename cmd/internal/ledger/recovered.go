package ledger

import (
	"database/sql"
	"fmt"
)

// Recovered is what standing documents said of an article when the ledger was gone.
type Recovered struct {
	URL, GUID                  string
	Title, Summary             string // as a feed showed them; "": none did
	FeedPublished, FeedUpdated int64
	Published                  int64
	LastMod                    int64
	Shard                      string // the sitemap's file that listed it; "": the only one
}

const recoveredColumns = "url, guid, title, summary, feed_published, feed_updated, published, lastmod, shard"

func scanRecovered(rows interface{ Scan(...any) error }) (r Recovered, err error) {
	var url, guid, title, summary []byte
	err = rows.Scan(&url, &guid, &title, &summary, &r.FeedPublished, &r.FeedUpdated, &r.Published, &r.LastMod, &r.Shard)
	r.URL, r.GUID, r.Title, r.Summary = string(url), string(guid), string(title), string(summary)
	return r, err
}

// Recovered returns what was recovered of a URL.
func (t *Tx) Recovered(url string) (r Recovered, found bool, err error) {
	s, err := t.stmt("select " + recoveredColumns + " from recovered where url = $1")
	if err != nil {
		return r, false, err
	}
	switch r, err = scanRecovered(s.QueryRowContext(t.ctx, []byte(url))); err {
	case nil:
		return r, true, nil
	case sql.ErrNoRows:
		return Recovered{URL: url}, false, nil
	}
	return r, false, fmt.Errorf("state: %w", explain(err))
}

// PutRecovered keeps what was recovered of a URL.
func (t *Tx) PutRecovered(r Recovered) error {
	if err := t.DropRecovered(r.URL); err != nil {
		return err
	}
	return t.exec("insert into recovered ("+recoveredColumns+") values ("+placeholders(1, 9)+")",
		[]byte(r.URL), []byte(r.GUID), []byte(r.Title), []byte(r.Summary), r.FeedPublished, r.FeedUpdated, r.Published, r.LastMod, r.Shard)
}

// MoveRecovered lets what was recovered of a URL speak of another.
func (t *Tx) MoveRecovered(from, to string) error {
	if from == to {
		return nil
	}
	if err := t.DropRecovered(to); err != nil {
		return err
	}
	return t.exec("update recovered set url = $2 where url = $1", []byte(from), []byte(to))
}

// AllRecovered returns all that was recovered, by URL.
func (t *Tx) AllRecovered() ([]Recovered, error) {
	return t.recovered("select " + recoveredColumns + " from recovered order by url")
}

// Unclaimed returns, by URL, what was recovered of URLs where no article stands and where the scan of
// the source found none.
func (t *Tx) Unclaimed(src string) ([]Recovered, error) {
	return t.recovered("select "+recoveredColumns+` from recovered r where not exists (select 1 from article a where a.url = r.url)
		and not exists (select 1 from stage s where s.url = r.url and s.kind in ('new', 'changed') and s.source = $1) order by url`, src)
}

// RecoveredIDs returns the ids that standing feeds showed, by URL.
func (t *Tx) RecoveredIDs() (map[string]string, error) {
	shown, err := t.recovered("select " + recoveredColumns + " from recovered where length(guid) > 0 and feed_published <> 0")
	ids := make(map[string]string, len(shown))
	for _, r := range shown {
		ids[r.URL] = r.GUID
	}
	return ids, err
}

// DropRecovered forgets what was recovered of a URL: an article has taken it up.
func (t *Tx) DropRecovered(url string) error {
	return t.exec("delete from recovered where url = $1", []byte(url))
}

// ShownTimes returns the feed times that standing feeds showed, of publication and of change.
func (t *Tx) ShownTimes() (published, updated map[int64]bool, err error) {
	published, updated = map[int64]bool{}, map[int64]bool{}
	err = t.each("select feed_published, feed_updated from recovered where feed_published <> 0 or feed_updated <> 0", nil, func(rows *sql.Rows) error {
		var p, u int64
		err := rows.Scan(&p, &u)
		published[p], updated[u] = true, true
		return err
	})
	return published, updated, err
}

func (t *Tx) recovered(query string, args ...any) ([]Recovered, error) {
	var out []Recovered
	err := t.each(query, args, func(rows *sql.Rows) error {
		r, err := scanRecovered(rows)
		out = append(out, r)
		return err
	})
	return out, err
}

// RecoveredCount counts what was recovered.
func (t *Tx) RecoveredCount() (int64, error) { return t.count("select count(*) from recovered") }
