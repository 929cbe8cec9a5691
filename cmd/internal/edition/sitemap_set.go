package edition

import (
	"bytes"
	"errors"
	"iter"
	"slices"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/sitemap"
	"herald/source"
)

// The kinds of sitemaps: one file while all fits, else an index and its children.
var (
	urlsetKind = Kind{Name: "urlset", MediaType: sitemap.MediaType, Ours: isOurSitemap}
	indexKind  = Kind{Name: "index", MediaType: sitemap.MediaType, Ours: isOurSitemap}
	childKind  = Kind{Name: ledger.KindSitemapChild, MediaType: sitemap.MediaType, Ours: isOurSitemap, Leaving: WithIndex}
)

// sitemapSet is the sitemap: one file while all fits, then an index and a child for each month.
type sitemapSet struct{ config *Config }

// Kinds returns the kinds of sitemaps.
func (s *sitemapSet) Kinds() []Kind { return []Kind{urlsetKind, indexKind, childKind} }

// Due reports whether lowered limits ask for other files than the rows were given.
func (s *sitemapSet) Due(tx *ledger.Tx) (bool, error) {
	return placement.Overfull(tx, s.config.Placement)
}

// Prepare returns rows other files where lowered limits ask for that.
func (s *sitemapSet) Prepare(tx *ledger.Tx) error { return placement.Reshard(tx, s.config.Placement) }

// Record notes that the sitemap is an index once one is published: it stays one.
func (s *sitemapSet) Record(tx *ledger.Tx, put []ledger.Receipt) error {
	if !slices.ContainsFunc(put, func(r ledger.Receipt) bool { return r.Kind == indexKind.Name }) {
		return nil
	}
	return tx.SetMeta(ledger.MetaSitemapIndex, "1")
}

// errStopped ends a reading whose reader has had enough.
var errStopped = errors.New("stopped")

// Documents returns the sitemap: one file while all fits, then an index and a child for each
// month. Once an index, it stays one: its children's URLs are known to the world.
func (s *sitemapSet) Documents(tx *ledger.Tx) ([]*Document, error) {
	shards, err := tx.Shards()
	if err != nil {
		return nil, err
	}
	pages, err := s.pages(tx)
	if err != nil {
		return nil, err
	}
	index, err := s.needsIndex(tx, shards, pages)
	if err != nil {
		return nil, err
	}
	if index {
		return s.indexDocuments(shards, pages)
	}
	var all source.Digest
	for _, shard := range shards {
		placement.AddDigest(&all, shard.Sum, 1)
	}
	d, err := s.urlset(urlsetKind, s.config.Sitemap.Path, all, "", pages)
	return []*Document{d}, err
}

// pages returns the sitemap's URLs that are no articles; where nothing at all would stand in it, the
// home page.
func (s *sitemapSet) pages(tx *ledger.Tx) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	for _, p := range s.config.Sitemap.Pages {
		url, err := s.config.Placement.Site.Join(p)
		if err != nil {
			return nil, err
		}
		row, err := tx.ByURL(url)
		if err != nil {
			return nil, err
		}
		if seen[url] || row != nil && row.InSitemap {
			continue
		}
		seen[url] = true
		out = append(out, url)
	}
	if len(out) > 0 {
		return out, nil
	}
	if some, err := tx.ListsSome(); err != nil || some {
		return nil, err
	}
	home, err := s.config.Placement.Site.Join("/")
	return []string{home}, err
}

func (s *sitemapSet) needsIndex(tx *ledger.Tx, shards []ledger.Shard, pages []string) (bool, error) {
	already, err := tx.Meta(ledger.MetaSitemapIndex)
	if err != nil || already != "" {
		return already != "", err
	}
	urls, size := int64(len(pages)), sitemap.Overhead
	for _, p := range pages {
		size += sitemap.EntrySize(sitemap.URL{Loc: p})
	}
	for _, shard := range shards {
		urls += shard.URLs
		size += shard.Bytes
	}
	return urls > int64(s.config.Placement.URLsPerFile) || size > s.config.Placement.BytesPerFile, nil
}

func (s *sitemapSet) indexDocuments(shards []ledger.Shard, pages []string) ([]*Document, error) {
	var docs []*Document
	var children []sitemap.Child
	add := func(d *Document, newest int64) {
		docs = append(docs, d)
		children = append(children, sitemap.Child{Loc: d.URL, LastMod: ledger.Time(newest).Truncate(time.Second)})
	}
	if len(pages) > 0 {
		d, err := s.urlset(childKind, sitemap.ChildPath(s.config.Sitemap.Path, "pages"), source.Digest{}, "pages", pages)
		if err != nil {
			return nil, err
		}
		add(d, 0)
	}
	for _, shard := range shards {
		if shard.URLs == 0 {
			continue
		}
		d, err := s.urlset(childKind, sitemap.ChildPath(s.config.Sitemap.Path, shard.Name), shard.Sum, shard.Name, nil)
		if err != nil {
			return nil, err
		}
		add(d, shard.Newest)
	}
	d, err := Document{
		Kind: indexKind, Inputs: inputsOf(indexKind.Name, children),
		Render: func(*ledger.Tx) ([]byte, error) {
			var out bytes.Buffer
			err := sitemap.WriteIndex(&out, children)
			return out.Bytes(), err
		},
		Check: s.check,
	}.at(s.config.Placement.Site, s.config.Sitemap.Path)
	return append(docs, d), err
}

// urlset is a sitemap of pages and one shard's articles; "" means all shards', "pages" none's.
func (s *sitemapSet) urlset(kind Kind, path string, sum source.Digest, shard string, pages []string) (*Document, error) {
	return Document{
		Kind: kind, Inputs: inputsOf(kind.Name, sum, pages, s.config.Sitemap.Images),
		Holds:    func(row *ledger.Article) bool { return row.InSitemap && inShard(row, shard) },
		Concerns: func(row *ledger.Article) bool { return inShard(row, shard) },
		Render: func(tx *ledger.Tx) ([]byte, error) {
			var out bytes.Buffer
			var failed error
			_, err := sitemap.WriteURLSet(&out, s.entries(tx, shard, pages, &failed))
			if failed != nil {
				err = failed
			}
			return out.Bytes(), err
		},
		Check: s.check,
	}.at(s.config.Placement.Site, path)
}

// inShard reports whether a row was given a shard; "" means any.
func inShard(row *ledger.Article, shard string) bool {
	return row.Shard != "" && (shard == "" || row.Shard == shard)
}

// entries returns the URLs of a sitemap; an error of the ledger ends them and is left in failed.
func (s *sitemapSet) entries(tx *ledger.Tx, shard string, pages []string, failed *error) iter.Seq[sitemap.URL] {
	return func(yield func(sitemap.URL) bool) {
		for _, p := range pages {
			if !yield(sitemap.URL{Loc: p}) {
				return
			}
		}
		if shard == "pages" {
			return
		}
		err := tx.Listed(shard, func(l ledger.Listing) error {
			u := placement.Entry(l)
			if !s.config.Sitemap.Images {
				u.Images = nil
			}
			if !yield(u) {
				return errStopped
			}
			return nil
		})
		if !errors.Is(err, errStopped) {
			*failed = err
		}
	}
}

func (s *sitemapSet) check(doc []byte) error {
	return sitemap.Check(doc, []string{s.config.Placement.Site.Host()})
}
