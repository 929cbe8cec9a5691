package ledger

import (
	"database/sql"
	"errors"
)

// NewestFeedTime returns the last feed time of publication that an article has; 0: none has one.
func (t *Tx) NewestFeedTime() (int64, error) {
	return t.count("select coalesce(max(feed_published), 0) from article")
}

// FreeFeedTime returns the first second from a whole one on, or, with back, before it, that no article has as a
// feed time of publication or of change. It costs one step for each that is taken.
func (t *Tx) FreeFeedTime(updated bool, from int64, back bool) (int64, error) {
	column, step, beyond, order := "feed_published", int64(1000), ">=", ""
	if updated {
		column = "feed_updated"
	}
	if back {
		step, beyond, order = -1000, "<=", " desc"
	}
	free := from
	query := "select " + column + " from article where " + column + " " + beyond + " $1 and " + column + " <> 0 order by " + column + order
	err := t.each(query, []any{from}, func(rows *sql.Rows) error {
		var taken int64
		if err := rows.Scan(&taken); err != nil {
			return err
		}
		switch {
		case taken == free:
			free += step
		case (taken > free) != back:
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return free, err
}
