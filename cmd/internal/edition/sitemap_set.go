package edition

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/sitemap"
	"herald/source"
)

// The kinds of sitemaps: one file while all fits, else an index and its children.
var (
	urlsetKind = Kind{Name: "urlset", MediaType: sitemap.MediaType, Ours: isOurSitemap}
	indexKind  = Kind{Name: "index", MediaType: sitemap.MediaType, Ours: isOurSitemap}
	childKind  = Kind{Name: ledger.KindSitemapChild, MediaType: sitemap.MediaType, Ours: isOurSitemap, Leaving: document.WithIndex}
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
func (s *sitemapSet) Prepare(tx *ledger.Tx) error {
	return placement.Reshard(tx, s.config.Placement, ledger.Millis(s.config.Now()))
}

// Record notes that the sitemap is an index once one is published: it stays one.
func (s *sitemapSet) Record(tx *ledger.Tx, put []ledger.Receipt) error {
	if !slices.ContainsFunc(put, func(r ledger.Receipt) bool { return r.Kind == indexKind.Name }) {
		return nil
	}
	return placement.Indexed(tx, s.config.Placement)
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
	all := slices.Concat(pages...)
	index, err := s.needsIndex(tx, shards, all)
	if err != nil {
		return nil, err
	}
	if index {
		return s.indexDocuments(shards, pages)
	}
	var sum source.Digest
	for _, shard := range shards {
		placement.AddDigest(&sum, shard.Sum, 1)
	}
	d, err := s.urlset(urlsetKind, s.config.Sitemap.Path, ledger.Shard{Sum: sum}, all)
	return []*Document{d}, err
}

// pages returns the sitemap's URLs that are no articles, by the files that they stand in where there is an index; where
// nothing at all would stand in the sitemap, the home page. A page keeps its file while another one is an article.
func (s *sitemapSet) pages(tx *ledger.Tx) (files [][]string, err error) {
	seen := map[string]bool{}
	urls, size, some := 0, sitemap.Overhead, false
	for _, p := range s.config.Sitemap.Pages {
		url, err := s.config.Placement.Site.Join(p)
		if err != nil {
			return nil, err
		}
		if seen[url] {
			continue
		}
		seen[url] = true
		urls, size = urls+1, size+sitemap.EntrySize(sitemap.URL{Loc: url})
		if len(files) == 0 || urls > s.config.Placement.URLsPerFile || size > s.config.Placement.BytesPerFile {
			files = append(files, nil)
			urls, size = 1, sitemap.Overhead+sitemap.EntrySize(sitemap.URL{Loc: url})
		}
		row, err := tx.ByURL(url)
		if err != nil {
			return nil, err
		}
		if row == nil || !row.InSitemap {
			files[len(files)-1], some = append(files[len(files)-1], url), true
		}
	}
	if some {
		return files, nil
	}
	if lists, err := tx.ListsSome(); err != nil || lists {
		return nil, err
	}
	home, err := s.config.Placement.Site.Join("/")
	return [][]string{{home}}, err
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

func (s *sitemapSet) indexDocuments(shards []ledger.Shard, pages [][]string) ([]*Document, error) {
	var docs []*Document
	var children []sitemap.Child
	add := func(d *Document, newest int64) {
		docs = append(docs, d)
		children = append(children, sitemap.Child{Loc: d.URL, LastMod: ledger.Time(newest).Truncate(time.Second)})
	}
	for i, file := range pages {
		name := pagesShard
		if i > 0 {
			name = fmt.Sprintf("%s-%d", pagesShard, i+1)
		}
		if len(file) == 0 {
			continue
		}
		d, err := s.urlset(childKind, sitemap.ChildPath(s.config.Sitemap.Path, name), ledger.Shard{Name: pagesShard}, file)
		if err != nil {
			return nil, err
		}
		add(d, 0)
	}
	for _, shard := range shards {
		if shard.URLs == 0 {
			continue
		}
		d, err := s.urlset(childKind, sitemap.ChildPath(s.config.Sitemap.Path, shard.Name), shard, nil)
		if err != nil {
			return nil, err
		}
		add(d, shard.Newest)
	}
	d, err := Document{
		Kind: indexKind, Inputs: document.InputsOf(indexKind.Name, children),
		Render: func(*ledger.Tx) ([]byte, error) {
			var out bytes.Buffer
			err := sitemap.WriteIndex(&out, children)
			return out.Bytes(), err
		},
		Check: s.check,
	}.At(s.config.Placement.Site, s.config.Sitemap.Path)
	return append(docs, d), err
}

// pagesShard is the name of the children whose entries are no articles.
const pagesShard = "pages"

// urlset is a sitemap of pages and one shard's articles; one without a name means all shards', pagesShard none's.
func (s *sitemapSet) urlset(kind Kind, path string, shard ledger.Shard, pages []string) (*Document, error) {
	shown := listing{shard: shard.Name, pages: pages, images: s.config.Sitemap.Images && s.config.Placement.Images(shard)}
	return Document{
		Kind: kind, Inputs: document.InputsOf(kind.Name, shard.Sum, pages, shown.images),
		Holds:    func(row *ledger.Article) bool { return row.InSitemap && inShard(row, shard.Name) },
		Concerns: func(row *ledger.Article) bool { return inShard(row, shard.Name) },
		Render: func(tx *ledger.Tx) ([]byte, error) {
			var out bytes.Buffer
			var failed error
			_, err := sitemap.WriteURLSet(&out, shown.entries(tx, &failed))
			if failed != nil {
				err = failed
			}
			return out.Bytes(), err
		},
		Check: s.check,
	}.At(s.config.Placement.Site, path)
}

// inShard reports whether a row was given a shard; "" means any.
func inShard(row *ledger.Article, shard string) bool {
	return row.Shard != "" && (shard == "" || row.Shard == shard)
}

// listing is what one sitemap shows: pages, then the articles of a shard.
type listing struct {
	shard  string
	pages  []string
	images bool
}

// entries returns the URLs of a sitemap; an error of the ledger ends them and is left in failed.
func (s listing) entries(tx *ledger.Tx, failed *error) iter.Seq[sitemap.URL] {
	return func(yield func(sitemap.URL) bool) {
		for _, p := range s.pages {
			if !yield(sitemap.URL{Loc: p}) {
				return
			}
		}
		if s.shard == pagesShard {
			return
		}
		err := tx.Listed(s.shard, func(l ledger.Listing) error {
			u := placement.Entry(l)
			if !s.images {
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
