package edition

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"herald/cmd/internal/ledger"
	"herald/feeds"
	"herald/sitemap"
	"herald/source"
	"herald/source/feed"
)

// writerVersion rises when documents are to be written anew from the same inputs.
const writerVersion = "1"

// The kinds of documents.
const (
	kindURLSet = "urlset" // the sitemap while it is one file
	kindIndex  = "index"
	kindShard  = "shard" // a child of the index
	kindRobots = "robots"
	kindKey    = "key"
	kindAlias  = "alias"
)

// document is one output: where it stands and what it is made from.
type document struct {
	path      string // decoded, below the sink's root
	url       string
	kind      string
	mediaType string
	inputs    source.Digest
	render    func(*ledger.Tx) ([]byte, error)
	check     func([]byte) error
	oldest    int64 // feeds: the oldest feed time shown; 0: there is room for older ones
}

// inputsOf digests all that a document is made from.
func inputsOf(kind string, parts ...any) (d source.Digest) {
	sum := sha256.New()
	text, err := json.Marshal(parts)
	if err != nil {
		panic(err) // settings and digests always marshal
	}
	fmt.Fprintf(sum, "%s %s %s", kind, writerVersion, text)
	copy(d[:], sum.Sum(nil))
	return d
}

// place fills in where a document of a config path stands.
func (e *Edition) place(d *document, path string) (*document, error) {
	var err error
	if d.path, err = e.Site.URL.FilePath(path); err != nil {
		return nil, fmt.Errorf("document %s: %w", path, err)
	}
	if d.url, err = e.Site.URL.Join(path); err != nil {
		return nil, fmt.Errorf("document %s: %w", path, err)
	}
	return d, nil
}

// documents gives all documents that should stand, in the order in which they are put: leaves
// first, then what names them.
func (e *Edition) documents(tx *ledger.Tx) ([]*document, error) {
	var docs []*document
	for _, part := range []func(*ledger.Tx) ([]*document, error){e.feedDocuments, e.keyDocuments, e.sitemapDocuments} {
		some, err := part(tx)
		if err != nil {
			return nil, err
		}
		docs = append(docs, some...)
	}
	return e.withAliases(docs)
}

// withAliases adds the old paths: same bytes, just behind the documents that they repeat.
func (e *Edition) withAliases(docs []*document) ([]*document, error) {
	if len(e.Aliases) == 0 {
		return docs, nil
	}
	var out []*document
	for _, d := range docs {
		out = append(out, d)
		for _, old := range slices.Sorted(maps.Keys(e.Aliases)) {
			target := e.Aliases[old]
			name, err := e.Site.URL.FilePath(target)
			if err != nil {
				return nil, fmt.Errorf("alias %s: %w", old, err)
			}
			if name != d.path {
				continue
			}
			twin := *d
			twin.kind, twin.oldest = kindAlias, 0
			twin.inputs = inputsOf(kindAlias, d.inputs)
			placed, err := e.place(&twin, old)
			if err != nil {
				return nil, err
			}
			out = append(out, placed)
		}
	}
	return out, nil
}

// ours reports whether a file that we have no receipt for bears our mark.
func ours(d *document, body []byte) bool {
	switch d.kind {
	case string(feeds.RSS), string(feeds.Atom), string(feeds.JSON):
		f, err := feed.Parse(body)
		return err == nil && f.Ours
	case kindURLSet, kindIndex, kindShard:
		_, _, mine, err := sitemap.Read(body)
		return err == nil && mine
	case kindKey:
		return string(bytes.TrimSpace(body))+".txt" == d.path
	}
	if f, err := feed.Parse(body); err == nil { // an alias, of whatever kind
		return f.Ours
	}
	_, _, mine, err := sitemap.Read(body)
	return err == nil && mine
}

// isFeed reports whether a kind is one of the feeds' formats.
func isFeed(kind string) bool {
	return kind == string(feeds.RSS) || kind == string(feeds.Atom) || kind == string(feeds.JSON)
}
