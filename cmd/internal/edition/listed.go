package edition

import (
	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/edition/feedset"
	"herald/cmd/internal/ledger"
)

// ListedFeed is a feed for those who choose one, see feedset.Listed.
type ListedFeed = feedset.Listed

// Feeds returns the feeds that there are at the moment of tx, with what they show.
func (e *Edition) Feeds(tx *ledger.Tx) ([]ListedFeed, error) {
	out := []ListedFeed{}
	for _, s := range e.sets {
		if s, ok := s.(*feedset.Set); ok {
			some, err := s.Listed(tx)
			if err != nil {
				return nil, err
			}
			out = append(out, some...)
		}
	}
	return out, nil
}

// Entrances returns the paths of the documents that readers and crawlers ask for by name, in byte order: feeds, pages, sitemaps,
// robots.txt, old paths; without what other documents lead to, and without the IndexNow key.
func (e *Edition) Entrances(tx *ledger.Tx) (paths []string, err error) {
	receipts, err := tx.Receipts()
	for _, r := range receipts {
		if r.Kind == robotsKind.Name || e.kind(r.Kind).Leaving == document.Held && r.LeftAt == 0 {
			paths = append(paths, r.Path)
		}
	}
	return paths, err
}
