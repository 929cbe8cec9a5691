package feedset

import (
	"cmp"
	"fmt"

	"herald/cmd/internal/ledger"
	"herald/feeds"
)

// Listed is a feed for those who choose one.
type Listed struct {
	Name  string                `json:"name"`
	Value string                `json:"value,omitempty"` // of which it is the feed
	Title string                `json:"title"`
	URLs  map[feeds.Kind]string `json:"urls"`
	Count int                   `json:"count"` // articles that it shows
}

// Listed returns the feeds that there are at the moment of tx, with what they show.
func (s *Set) Listed(tx *ledger.Tx) ([]Listed, error) {
	all, err := s.list.Read(tx)
	if err != nil {
		return nil, err
	}
	out := make([]Listed, len(all))
	for i, f := range all {
		if out[i], err = s.listed(tx, f); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// listed describes a feed.
func (s *Set) listed(tx *ledger.Tx, f Feed) (Listed, error) {
	one := Listed{Name: f.ShownName(), Value: f.Value, Title: cmp.Or(f.Title, s.config.Site.Title), URLs: map[feeds.Kind]string{}}
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

// Missing says why feeds that a row could stand in do not show it.
func (s *Set) Missing(tx *ledger.Tx, row *ledger.Article) (why []string, err error) {
	all, err := s.list.Read(tx)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if !row.InFeed || !row.In(f.Where) {
			continue
		}
		w, err := s.windowOf(tx, f)
		if err != nil {
			return nil, err
		}
		if w.ids[row.ID] {
			continue
		}
		feed := "the feed"
		if len(all) > 1 {
			feed = "the feed " + f.ShownName()
		}
		why = append(why, fmt.Sprintf("older than the newest %d of %s", f.Items, feed))
	}
	return why, nil
}
