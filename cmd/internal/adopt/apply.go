package adopt

import (
	"context"
	"errors"
	"fmt"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/source"
	"herald/source/weburl"
)

// Adopt sets on articles the ids that a feed shows for them, and on those without a date of their own the dates. Nobody is told:
// readers know both. It is all done, or nothing. A second time changes nothing.
func (a *Adoption) Adopt(ctx context.Context, f *Feed) (*Report, error) {
	m, err := a.match(ctx, f)
	if err != nil {
		return nil, err
	}
	r := m.report()
	changes, err := a.changes(ctx, m, r)
	if err != nil {
		return nil, err
	}
	released, err := a.standing(ctx, f)
	if err != nil {
		return nil, err
	}
	now := ledger.Millis(a.config.Now().Truncate(time.Second))
	return r, a.config.Ledger.Write(ctx, func(tx *ledger.Tx) error {
		for _, path := range released {
			if err := release(tx, path, f, now); err != nil {
				return err
			}
		}
		return a.apply(tx, changes, r, now)
	})
}

// apply makes the changes true. now is in milliseconds.
func (a *Adoption) apply(tx *ledger.Tx, changes []*change, r *Report, now int64) error {
	changes, err := free(tx, changes, r)
	if err != nil {
		return err
	}
	index, err := tx.Meta(ledger.MetaSitemapIndex)
	if err != nil {
		return err
	}
	rows, err := placement.Open(tx, a.config.Placement)
	if err != nil {
		return err
	}
	w := &writer{tx: tx, rows: rows, now: now, known: index != ""}
	for _, c := range changes {
		if err := w.change(c); err != nil {
			return err
		}
		r.Adopted = append(r.Adopted, c.adopted())
	}
	return rows.Close()
}

// free takes away the ids that another article has, and makes room where articles change theirs for each other's.
func free(tx *ledger.Tx, changes []*change, r *Report) ([]*change, error) {
	leaves, wanted := map[int64]bool{}, map[string]*change{}
	for _, c := range changes {
		other := wanted[c.id]
		switch {
		case c.id == "":
		case other != nil:
			r.keep(c.article, fmt.Sprintf("id %q: the feed shows it of %s, too", c.id, other.article.place))
			c.id = ""
		default:
			wanted[c.id], leaves[c.article.row] = c, true
		}
	}
	for again := true; again; {
		again = false
		for _, c := range changes {
			if c.id == "" {
				continue
			}
			holder, err := tx.ByGUID(c.id)
			if err != nil {
				return nil, err
			}
			if holder == nil || leaves[holder.ID] {
				continue
			}
			r.keep(c.article, fmt.Sprintf("id %q is taken by %s", c.id, named(holder)))
			delete(leaves, c.article.row)
			c.id, again = "", true
		}
	}
	var kept []*change
	for _, c := range changes {
		if c.empty() {
			continue
		}
		kept = append(kept, c)
		if c.id == "" || wanted[c.article.guid] == nil {
			continue
		}
		row, err := tx.Article(c.article.row)
		if err != nil {
			return nil, err
		}
		row.GUID = fmt.Sprintf("\x00adopt %d", row.ID) // no article can claim it; another takes its id in this transaction
		if err := tx.Put(row); err != nil {
			return nil, err
		}
	}
	return kept, nil
}

// named names the article of a row.
func named(row *ledger.Article) string {
	name := row.Shown.Place
	if name == "" {
		name = row.URL
	}
	if row.RemovedAt != 0 {
		name += ", which was removed"
	}
	return name
}

// writer writes changes into rows.
type writer struct {
	tx    *ledger.Tx
	rows  *placement.Writer
	now   int64
	known bool // the world knows in which file of the sitemap each article stands
}

func (w *writer) change(c *change) error {
	row, err := w.tx.Article(c.article.row)
	if err != nil {
		return err
	}
	old := *row
	if c.id != "" {
		row.GUID = c.id
	}
	if c.date != 0 {
		w.redate(row, c)
	}
	if c.url != "" {
		if taken, err := w.tx.ByURL(c.url); err != nil || taken != nil && taken.RemovedAt == 0 && taken.ID != row.ID {
			return errors.Join(err, fmt.Errorf("move %s to %s: another article stands there", row.Shown.Place, c.url))
		}
		row.URL, row.Path = c.url, c.path
		if row.Shown.Image != "" {
			row.Image = weburl.Resolve(row.URL, row.Shown.Image)
		}
	}
	row.Digest = placement.Digest(row)
	waiting, err := w.tx.IsTouched(row.ID)
	if err != nil {
		return err
	}
	return w.rows.Put(&old, row, w.now, !waiting)
}

// redate sets the date of an item on a row, and its feed times from that. What is known to have changed since its first sight
// keeps the time of that.
func (w *writer) redate(row *ledger.Article, c *change) {
	firstSight := row.Updated <= row.Published
	row.Published, row.DatedBy, row.FirstSight, row.FeedPublished = c.date, source.DatedByAdopted, false, 0
	row.Flags &^= ledger.Page // it has got a date
	if firstSight {
		row.Updated, row.FeedUpdated = row.Published, 0
		for _, updated := range []int64{ledger.Millis(c.item.Updated), c.updated} { // its own counts
			if updated >= row.Published && updated <= w.now {
				row.Updated = updated
			}
		}
	}
	if !w.known {
		row.Shard = ""
	}
}
