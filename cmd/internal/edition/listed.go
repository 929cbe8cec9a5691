package edition

import (
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
