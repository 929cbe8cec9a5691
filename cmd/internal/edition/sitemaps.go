package edition

import (
	"bytes"
	"errors"
	"iter"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/sitemap"
	"herald/source"
)

const xmlType = "application/xml"

// errStopped ends a reading whose reader has had enough.
var errStopped = errors.New("stopped")

// sitemapDocuments gives the sitemap: one file while all fits, then an index and a child for each
// month. Once an index, it stays one: its children's URLs are known to the world.
func (e *Edition) sitemapDocuments(tx *ledger.Tx) ([]*document, error) {
	shards, err := tx.Shards()
	if err != nil {
		return nil, err
	}
	pages, err := e.pages(tx)
	if err != nil {
		return nil, err
	}
	index, err := e.needsIndex(tx, shards, pages)
	if err != nil {
		return nil, err
	}
	if index {
		return e.indexDocuments(shards, pages)
	}
	var all source.Digest
	for _, s := range shards {
		addDigest(&all, s.Sum, 1)
	}
	d, err := e.urlset(kindURLSet, e.Sitemap.Path, all, "", pages)
	return []*document{d}, err
}

// pages gives the sitemap's URLs that are no articles; where nothing at all would stand in it, the
// home page.
func (e *Edition) pages(tx *ledger.Tx) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	for _, p := range e.Sitemap.Pages {
		url, err := e.Site.URL.Join(p)
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
	n := 0
	if err := tx.ListedSome(&n); err != nil || n > 0 {
		return nil, err
	}
	home, err := e.Site.URL.Join("/")
	return []string{home}, err
}

func (e *Edition) needsIndex(tx *ledger.Tx, shards []ledger.Shard, pages []string) (bool, error) {
	already, err := tx.Meta(metaIndex)
	if err != nil || already != "" {
		return already != "", err
	}
	urls, size := int64(len(pages)), sitemap.Overhead
	for _, p := range pages {
		size += sitemap.EntrySize(sitemap.URL{Loc: p})
	}
	for _, s := range shards {
		urls += s.URLs
		size += s.Bytes
	}
	return urls > int64(e.Sitemap.URLsPerFile) || size > e.Sitemap.BytesPerFile, nil
}

func (e *Edition) indexDocuments(shards []ledger.Shard, pages []string) ([]*document, error) {
	var docs []*document
	var children []sitemap.Child
	add := func(d *document, newest int64) {
		docs = append(docs, d)
		children = append(children, sitemap.Child{Loc: d.url, LastMod: second(ledger.Time(newest))})
	}
	if len(pages) > 0 {
		d, err := e.urlset(kindShard, e.childPath("pages"), source.Digest{}, "pages", pages)
		if err != nil {
			return nil, err
		}
		add(d, 0)
	}
	for _, s := range shards {
		if s.URLs == 0 {
			continue
		}
		d, err := e.urlset(kindShard, e.childPath(s.Name), s.Sum, s.Name, nil)
		if err != nil {
			return nil, err
		}
		add(d, s.Newest)
	}
	d, err := e.place(&document{
		kind: kindIndex, mediaType: xmlType, inputs: inputsOf(kindIndex, children),
		render: func(*ledger.Tx) ([]byte, error) {
			var out bytes.Buffer
			err := sitemap.WriteIndex(&out, children)
			return out.Bytes(), err
		},
		check: e.checkSitemap,
	}, e.Sitemap.Path)
	return append(docs, d), err
}

// childPath gives the path of a child beside the index: /sitemap-2026-11.xml.
func (e *Edition) childPath(name string) string {
	stem, ext := e.childParts()
	return stem + name + ext
}

// childName gives the name of the child at a path; ok is false where it is none.
func (e *Edition) childName(path string) (name string, ok bool) {
	stem, ext := e.childParts()
	name, begins := strings.CutPrefix(path, stem)
	name, ends := strings.CutSuffix(name, ext)
	return name, begins && ends && name != ""
}

func (e *Edition) childParts() (stem, ext string) {
	path := e.Sitemap.Path
	if i := strings.LastIndexByte(path, '.'); i > strings.LastIndexByte(path, '/') {
		return path[:i] + "-", path[i:]
	}
	return path + "-", ""
}

// urlset is a sitemap of pages and one shard's articles; "" means all shards', "pages" none's.
func (e *Edition) urlset(kind, path string, sum source.Digest, shard string, pages []string) (*document, error) {
	return e.place(&document{
		kind: kind, mediaType: xmlType, inputs: inputsOf(kind, sum, pages, e.Sitemap.Images),
		render: func(tx *ledger.Tx) ([]byte, error) {
			var out bytes.Buffer
			var failed error
			_, err := sitemap.WriteURLSet(&out, e.entries(tx, shard, pages, &failed))
			if failed != nil {
				err = failed
			}
			return out.Bytes(), err
		},
		check: e.checkSitemap,
	}, path)
}

// entries gives the URLs of a sitemap; an error of the ledger ends them and is left in failed.
func (e *Edition) entries(tx *ledger.Tx, shard string, pages []string, failed *error) iter.Seq[sitemap.URL] {
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
			u := entry(l)
			if !e.Sitemap.Images {
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

func (e *Edition) checkSitemap(doc []byte) error {
	return sitemap.Check(doc, []string{e.Site.URL.Host()})
}
