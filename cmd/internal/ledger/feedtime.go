package ledger

import (
	"database/sql"
	"errors"
)

// FeedTimeTaken reports whether an article has the feed time, of publication or of change.
func (t *Tx) FeedTimeTaken(updated bool, ms int64) (bool, error) {
	n, err := t.count("select count(*) from article where "+feedTime(updated)+" = $1 and "+feedTime(updated)+" <> 0", ms)
	return n > 0, err
}

func feedTime(updated bool) string {
	if updated {
		return "feed_updated"
	}
	return "feed_published"
}

// errFound ends a query that has told what was asked.
var errFound = errors.New("found")

// FreeFeedTime returns the first second from a whole one on, or, with back, before it, that no article has as a
// feed time of publication or of change. It costs one step for each that is taken.
func (t *Tx) FreeFeedTime(updated bool, from int64, back bool) (int64, error) {
	free, step, beyond, order := from, int64(1000), ">=", ""
	if back {
		step, beyond, order = -1000, "<=", " desc"
	}
	column := feedTime(updated)
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
			return errFound
		}
		return nil
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	return free, err
}
