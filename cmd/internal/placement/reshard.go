package placement

import (
	"errors"

	"herald/cmd/internal/ledger"
	"herald/sitemap"
)

// Overfull reports whether limits that were lowered ask for other files than the rows were given.
// Once the world knows the files, rows keep theirs.
func Overfull(tx *ledger.Tx, c Config) (bool, error) {
	index, err := tx.Meta(ledger.MetaSitemapIndex)
	if err != nil || index != "" {
		return false, err
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

// Reshard returns every row its file anew where that is needed and nobody knows the files yet.
func Reshard(tx *ledger.Tx, c Config) error {
	if over, err := Overfull(tx, c); err != nil || !over {
		return err
	}
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
