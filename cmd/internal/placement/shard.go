package placement

import (
	"fmt"

	"herald/cmd/internal/ledger"
	"herald/sitemap"
)

// shards are the sitemap's files, held open during one transaction. An article is given one when
// it is first listed, and keeps it while the file can hold it.
type shards struct {
	config Config
	tx     *ledger.Tx
	byName map[string]*ledger.Shard
	dirty  map[string]bool
	open   map[string]int // month -> the number of its file that takes newcomers
	at     int64          // the moment of the latest change, in milliseconds
}

func openShards(tx *ledger.Tx, c Config) (*shards, error) {
	all, err := tx.Shards()
	if err != nil {
		return nil, err
	}
	s := &shards{
		config: c, tx: tx, byName: map[string]*ledger.Shard{}, dirty: map[string]bool{}, open: map[string]int{},
	}
	for _, shard := range all {
		s.byName[shard.Name] = &shard
	}
	return s, nil
}

// assign returns a row the file of its month, or the next one when that is at nine tenths of a
// limit, so that its own articles may grow.
func (s *shards) assign(row *ledger.Article) error {
	month := ledger.Time(row.Published).In(s.config.Zone).Format("2006-01")
	size := sitemap.EntrySize(Entry(row.Listing()))
	for n := max(s.open[month], 1); ; n++ {
		name := month
		if n > 1 {
			name = fmt.Sprintf("%s-%d", month, n)
		}
		shard := s.byName[name]
		if shard == nil {
			shard = &ledger.Shard{Name: name}
			s.byName[name] = shard
		}
		full := (shard.URLs+1)*10 > int64(s.config.URLsPerFile)*9 && shard.URLs > 0 ||
			(sitemap.Overhead+shard.Bytes+size)*10 > s.config.BytesPerFile*9 && shard.URLs > 0
		if !full {
			row.Shard, s.open[month] = name, n
			return nil
		}
	}
}

// add counts a row's entry into its file.
func (s *shards) add(row *ledger.Article) {
	if shard, u := s.count(row, 1); shard != nil {
		shard.Newest = max(shard.Newest, ledger.Millis(u.LastMod))
	}
}

// subtract takes a row's entry out of its file.
func (s *shards) subtract(row *ledger.Article) { s.count(row, -1) }

// entryLeft notes that an entry has left a row's file, or came to it from another: that too is a change of the file.
func (s *shards) entryLeft(row *ledger.Article, at int64) {
	if shard := s.byName[row.Shard]; shard != nil {
		shard.Newest = max(shard.Newest, at)
	}
}

// count adds a row's entry to its file's sums, or with sign -1 takes it away; it returns the file and the entry.
func (s *shards) count(row *ledger.Article, sign int64) (*ledger.Shard, sitemap.URL) {
	if !row.InSitemap || row.Shard == "" {
		return nil, sitemap.URL{}
	}
	shard := s.byName[row.Shard]
	if shard == nil {
		shard = &ledger.Shard{Name: row.Shard}
		s.byName[row.Shard] = shard
	}
	u := Entry(row.Listing())
	shard.URLs += sign
	shard.Bytes += sign * sitemap.EntrySize(u)
	AddDigest(&shard.Sum, entryDigest(u, row.FeedPublished), sign)
	s.dirty[row.Shard] = true
	return shard, u
}

// close writes the files whose entries changed.
func (s *shards) close() error {
	for name := range s.dirty {
		if err := s.tx.PutShard(*s.byName[name]); err != nil {
			return err
		}
	}
	return nil
}
