package placement

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"herald/cmd/internal/ledger"
	"herald/sitemap"
)

// outgrown holds the limits in the files of an index: what was given a file stays there, unless the file cannot hold it.

// Images reports whether a file of the sitemap has room for the images of its entries. They are the first to go.
func (c Config) Images(shard ledger.Shard) bool {
	return sitemap.Overhead+shard.Bytes <= c.BytesPerFile
}

// limits is what was last asked of the files of an index.
func (c Config) limits() string { return fmt.Sprint(c.URLsPerFile, " ", c.BytesPerFile) }

// errEnough ends a reading.
var errEnough = errors.New("enough")

// fitAll moves out of the files of a known index, of which names is a part, what they cannot hold.
func (s *shards) fitAll(names []string) error {
	known := false
	for _, name := range names {
		shard := s.byName[name]
		if shard.URLs <= int64(s.config.URLsPerFile) && s.config.Images(*shard) {
			continue
		}
		if !known {
			index, err := s.tx.Meta(ledger.MetaSitemapIndex)
			if err != nil || index == "" {
				return err // all get their files anew before the first index: see Reshard
			}
			known = true
		}
		if err := s.fit(shard); err != nil {
			return err
		}
	}
	return nil
}

// fitDirty is fitAll for the files whose entries changed.
func (s *shards) fitDirty() error { return s.fitAll(slices.Sorted(maps.Keys(s.dirty))) }

// fit moves those articles of a file that came last to other files, if the file is over a limit without images, too: as many
// as it takes to have room again for those that stay to grow.
func (s *shards) fit(shard *ledger.Shard) error {
	urls, size := shard.URLs, sitemap.Overhead+shard.Bytes
	if size > s.config.BytesPerFile {
		size = sitemap.Overhead
		err := s.tx.Listed(shard.Name, func(l ledger.Listing) error { size += plainSize(l); return nil })
		if err != nil {
			return err
		}
	}
	if urls <= int64(s.config.URLsPerFile) && size <= s.config.BytesPerFile {
		return nil
	}
	var moving []*ledger.Article
	err := s.tx.FiledLast(shard.Name, func(row *ledger.Article) error {
		if urls == 1 || urls*10 <= int64(s.config.URLsPerFile)*9 && size*10 <= s.config.BytesPerFile*9 {
			return errEnough
		}
		moving = append(moving, row)
		urls, size = urls-1, size-plainSize(row.Listing())
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	for _, row := range moving { // with each of them the file is still too full to be given it again
		if err := s.refile(row); err != nil {
			return err
		}
	}
	return nil
}

// refile moves an article to the file that a newcomer would be given. Both files change by it.
func (s *shards) refile(row *ledger.Article) error {
	s.subtract(row)
	s.entryLeft(row, s.at)
	if err := s.assign(row); err != nil {
		return err
	}
	s.add(row)
	s.entryLeft(row, s.at)
	return s.tx.Put(row)
}

// plainSize is what an article takes in the sitemap without its image.
func plainSize(l ledger.Listing) int64 {
	l.Image = ""
	return sitemap.EntrySize(Entry(l))
}
