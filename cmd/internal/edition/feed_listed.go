package edition

import (
	"cmp"

	"herald/cmd/internal/ledger"
	"herald/feeds"
)

// ListedFeed is a feed for those who choose one.
type ListedFeed struct {
	Name  string                `json:"name"`
	Value string                `json:"value,omitempty"` // of which it is the feed
	Title string                `json:"title"`
	URLs  map[feeds.Kind]string `json:"urls"`
	Count int                   `json:"count"` // articles that it shows
}

// Feeds returns the feeds that there are at the moment of tx, with what they show.
func (e *Edition) Feeds(tx *ledger.Tx) ([]ListedFeed, error) {
	out := []ListedFeed{}
	for _, s := range e.sets {
		s, ok := s.(*feedSet)
		if !ok {
			continue
		}
		all, err := s.list.Read(tx)
		if err != nil {
			return nil, err
		}
		for _, f := range all {
			one, err := s.listed(tx, f)
			if err != nil {
				return nil, err
			}
			out = append(out, one)
		}
	}
	return out, nil
}

// listed describes a feed.
func (s *feedSet) listed(tx *ledger.Tx, f Feed) (ListedFeed, error) {
	one := ListedFeed{Name: f.ShownName(), Value: f.Value, Title: cmp.Or(f.Title, s.config.Site.Title), URLs: map[feeds.Kind]string{}}
	for kind, path := range f.Paths {
		url, err := s.config.Placement.Site.Join(path)
		if err != nil {
			return one, err
		}
		one.URLs[kind] = url
	}
	w, err := s.window(tx, f)
	if err != nil {
		return one, err
	}
	one.Count = len(w.rows)
	return one, nil
}
