package edition

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"

	"herald/cmd/internal/ledger"
	"herald/sitemap"
	"herald/source"
)

// shards are the sitemap's files, held open during one transaction. An article is given one when
// it is first listed, and keeps it.
type shards struct {
	e      *Edition
	tx     *ledger.Tx
	byName map[string]*ledger.Shard
	dirty  map[string]bool
	open   map[string]int // month -> the number of its file that takes newcomers
}

func (e *Edition) openShards(tx *ledger.Tx) (*shards, error) {
	all, err := tx.Shards()
	if err != nil {
		return nil, err
	}
	s := &shards{e: e, tx: tx, byName: map[string]*ledger.Shard{}, dirty: map[string]bool{}, open: map[string]int{}}
	for _, shard := range all {
		s.byName[shard.Name] = &shard
	}
	return s, nil
}

// assign gives a row the file of its month, or the next one when that is at nine tenths of a
// limit, so that its own articles may grow.
func (s *shards) assign(row *ledger.Article) error {
	month := ledger.Time(row.Published).In(s.e.Site.Zone).Format("2006-01")
	size := sitemap.EntrySize(entry(row.Listing()))
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
		full := (shard.URLs+1)*10 > int64(s.e.Sitemap.URLsPerFile)*9 && shard.URLs > 0 ||
			(sitemap.Overhead+shard.Bytes+size)*10 > s.e.Sitemap.BytesPerFile*9 && shard.URLs > 0
		if !full {
			row.Shard, s.open[month] = name, n
			return nil
		}
	}
}

// overfull reports whether limits that were lowered ask for other files than the rows were given.
// Once the world knows the files, rows keep theirs.
func (e *Edition) overfull(tx *ledger.Tx) (bool, error) {
	index, err := tx.Meta(metaIndex)
	if err != nil || index != "" {
		return false, err
	}
	all, err := tx.Shards()
	for _, shard := range all {
		over := shard.URLs > int64(e.Sitemap.URLsPerFile) || sitemap.Overhead+shard.Bytes > e.Sitemap.BytesPerFile
		if over && shard.URLs > 1 {
			return true, err
		}
	}
	return false, err
}

// reshard gives every row its file anew where that is needed and nobody knows the files yet.
func (e *Edition) reshard(tx *ledger.Tx) error {
	if over, err := e.overfull(tx); err != nil || !over {
		return err
	}
	if err := tx.ClearShards(); err != nil {
		return err
	}
	s, err := e.openShards(tx)
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

// add counts a row's entry into its shard.
func (s *shards) add(row *ledger.Article) {
	if shard, u := s.count(row, 1); shard != nil {
		shard.Newest = max(shard.Newest, ledger.Millis(u.LastMod))
	}
}

// subtract takes a row's entry out of its shard.
func (s *shards) subtract(row *ledger.Article) { s.count(row, -1) }

// left notes that an entry has left a row's file: that too is a change of the file.
func (s *shards) left(row *ledger.Article, at int64) {
	if shard := s.byName[row.Shard]; shard != nil {
		shard.Newest = max(shard.Newest, at)
	}
}

func (s *shards) count(row *ledger.Article, sign int64) (*ledger.Shard, sitemap.URL) {
	if !row.InSitemap || row.Shard == "" {
		return nil, sitemap.URL{}
	}
	shard := s.byName[row.Shard]
	if shard == nil {
		shard = &ledger.Shard{Name: row.Shard}
		s.byName[row.Shard] = shard
	}
	u := entry(row.Listing())
	shard.URLs += sign
	shard.Bytes += sign * sitemap.EntrySize(u)
	addDigest(&shard.Sum, entryDigest(u, row.FeedPublished), sign)
	s.dirty[row.Shard] = true
	return shard, u
}

func (s *shards) close() error {
	for name := range s.dirty {
		if err := s.tx.PutShard(*s.byName[name]); err != nil {
			return err
		}
	}
	return nil
}

// entry is what the sitemap says of a row, its image included: sums must not depend on settings.
func entry(l ledger.Listing) sitemap.URL {
	u := sitemap.URL{Loc: l.URL}
	if !l.FirstSight {
		u.LastMod = second(ledger.Time(l.Updated))
	}
	if l.Image != "" {
		u.Images = []string{l.Image}
	}
	return u
}

func entryDigest(u sitemap.URL, feedPublished int64) (d source.Digest) {
	text := strconv.AppendQuote(make([]byte, 0, 512), u.Loc)
	text = strconv.AppendInt(append(text, ' '), u.LastMod.Unix(), 10)
	text = append(text, " ["...)
	for i, image := range u.Images {
		if i > 0 {
			text = append(text, ' ')
		}
		text = strconv.AppendQuote(text, image)
	}
	text = strconv.AppendInt(append(text, "] "...), feedPublished, 10)
	sum := sha256.Sum256(text)
	copy(d[:], sum[:])
	return d
}

// addDigest adds d to sum, or takes it away: 128-bit arithmetic that wraps, so that the order of
// additions does not matter.
func addDigest(sum *source.Digest, d source.Digest, sign int64) {
	carry := int64(0)
	for i := len(sum) - 1; i >= 0; i-- {
		v := int64(sum[i]) + sign*int64(d[i]) + carry
		sum[i] = byte(v)
		carry = v >> 8
	}
}
