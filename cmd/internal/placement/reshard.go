package placement

import (
	"errors"
	"maps"
	"slices"

	"herald/cmd/internal/ledger"
	"herald/sitemap"
)

// Overfull reports whether limits that were changed may ask for other files than the rows were given. Once the world knows
// the files, that is asked once for each change.
func Overfull(tx *ledger.Tx, c Config) (bool, error) {
	index, err := tx.Meta(ledger.MetaSitemapIndex)
	if err != nil {
		return false, err
	}
	if index != "" {
		limits, err := tx.Meta(ledger.MetaSitemapLimits)
		return limits != c.limits(), err
	}
	all, err := tx.Shards()
	for _, shard := range all {
		over := shard.URLs > int64(c.URLsPerFile) || sitemap.Overhead+shard.Bytes > c.BytesPerFile
		if over && shard.URLs > 1 {
			return true, err
		}
	}
	return false, err
}

// Reshard holds limits that were changed. Where nobody knows the files yet every row is given one anew; else only what a
// file cannot hold leaves it. now is in milliseconds.
func Reshard(tx *ledger.Tx, c Config, now int64) error {
	over, err := Overfull(tx, c)
	if err != nil || !over {
		return err
	}
	index, err := tx.Meta(ledger.MetaSitemapIndex)
	if err != nil {
		return err
	}
	if index == "" {
		return reshardAll(tx, c)
	}
	s, err := openShards(tx, c)
	if err != nil {
		return err
	}
	s.at = now
	return errors.Join(s.fitAll(slices.Sorted(maps.Keys(s.byName))), s.close(), Indexed(tx, c))
}

// Indexed notes that the sitemap's files are known to the world from now on, and hold the limits as they are.
func Indexed(tx *ledger.Tx, c Config) error {
	return errors.Join(tx.SetMeta(ledger.MetaSitemapIndex, "1"), tx.SetMeta(ledger.MetaSitemapLimits, c.limits()))
}

// reshardAll returns every row its file anew.
func reshardAll(tx *ledger.Tx, c Config) error {
	if err := tx.ClearShards(); err != nil {
		return err
	}
	s, err := openShards(tx, c)
	if err != nil {
		return err
	}
	err = tx.All(func(row *ledger.Article) error {
		if row.Shard = ""; row.InSitemap {
			if err := s.assign(row); err != nil {
				return err
			}
			s.add(row)
		}
		return tx.Put(row)
	})
	return errors.Join(err, s.close())
}
