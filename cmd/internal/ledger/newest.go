package ledger

import (
	"math"

	"herald/cmd/internal/ledger/records"
)

// NewestOf calls f for the articles of the feeds that a Where picks, newest feed time first, at most limit. It
// costs a step for each article that has one of the values of the kind that fewest have, until limit are
// found, and none for those that have none of them. f may write.
func (t *Tx) NewestOf(w Where, limit int, f func(*Article) error) error {
	ids, err := t.newest(w, limit)
	if err != nil {
		return err
	}
	return t.byID(ids, f)
}

// newest returns the numbers of the articles of NewestOf.
func (t *Tx) newest(w Where, limit int) ([]int64, error) {
	query, args, err := t.newestQuery(w, limit)
	if err != nil {
		return nil, err
	}
	return t.ids(query, args...)
}

func (t *Tx) newestQuery(w Where, limit int) (query string, args []any, err error) {
	p, err := t.pick(w, false, math.MinInt64)
	if err != nil {
		return "", nil, err
	}
	query = "select article from (" + p.Text + " order by 1 desc limit " + p.Arg(limit) + ") as picked order by feed_published desc"
	return query, p.Args, nil
}

// LeftSinceOf is the last moment at which an article that a Where picks and that is at or after a feed time left
// the public documents; 0: none did. An article that stays public and is picked no more has not left.
func (t *Tx) LeftSinceOf(w Where, feedPublished int64) (int64, error) {
	if len(w.Kinds()) == 0 {
		return t.count("select coalesce(max(left_at), 0) from article where left_at <> 0 and feed_published >= $1 and not "+Page.in("flags"), feedPublished)
	}
	p, err := t.pick(w, true, feedPublished)
	if err != nil {
		return 0, err
	}
	return t.count("select coalesce(max(a.left_at), 0) from ("+p.Text+") as picked cross join article a where a.id = picked.article", p.Args...)
}

// Gone is an article that left the public documents: its id, its feed time, and when it left.
type Gone struct {
	GUID                  string
	FeedPublished, LeftAt int64
}

func (g *Gone) fields() []any { return []any{(*blob)(&g.GUID), &g.FeedPublished, &g.LeftAt} }

// GoneOf returns the articles that a Where picks, that are at or after a feed time and that left the public documents,
// those that left last first, at most limit. None of them is off the feeds by its author's will.
func (t *Tx) GoneOf(w Where, feedPublished int64, limit int) ([]Gone, error) {
	p, err := t.pick(w, true, feedPublished)
	if err != nil {
		return nil, err
	}
	query := "select a.guid, a.feed_published, a.left_at from (" + p.Text +
		") as picked cross join article a where a.id = picked.article order by a.left_at desc, a.id limit " + p.Arg(limit)
	return records.List(t.conn, (*Gone).fields, query, p.Args...)
}

// Window is the newest articles that a Where picks, so many.
type Window struct {
	Where  Where
	Newest int
}

// PruneBodies drops the bodies of articles that are in none of the windows.
func (t *Tx) PruneBodies(windows ...Window) error {
	kept := map[int64]bool{}
	for _, w := range windows {
		ids, err := t.newest(w.Where, w.Newest)
		if err != nil {
			return err
		}
		for _, id := range ids {
			kept[id] = true
		}
	}
	all, err := t.ids("select article from body order by article")
	if err != nil {
		return err
	}
	for _, id := range all {
		if kept[id] {
			continue
		}
		if err := t.exec("delete from body where article = $1 and not exists (select 1 from kept where kept.article = body.article)", id); err != nil {
			return err
		}
	}
	return nil
}
