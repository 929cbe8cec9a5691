package ledger

import "herald/cmd/internal/ledger/records"

// Feed is what a feed is known by, for as long as its name is the same.
type Feed struct {
	Name   string
	GUID   string // its id for ever; "": none was given yet
	LeftAt int64  // when it last lost an article in a way that LeftSinceOf knows nothing of; it rises with each
}

var feeds = records.New("feed", 1, "name, guid, left_at", func(f *Feed) []any {
	return []any{&f.Name, (*blob)(&f.GUID), &f.LeftAt}
})

// Feed returns what is known of a feed; of an unknown name, a Feed of that name only.
func (t *Tx) Feed(name string) (Feed, error) {
	f, _, err := feeds.Found(t.conn, "where name = $1", name)
	f.Name = name
	return f, err
}

// PutFeed writes what is known of a feed.
func (t *Tx) PutFeed(f Feed) error { return feeds.Put(t.conn, &f) }

// Feeds returns all that is known of feeds, by name.
func (t *Tx) Feeds() (map[string]Feed, error) {
	known := map[string]Feed{}
	err := feeds.Each(t.conn, func(f *Feed) error { known[f.Name] = *f; return nil }, "")
	return known, err
}

// KnowsFeed reports whether anything is known of a feed.
func (t *Tx) KnowsFeed(name string) (bool, error) { return t.has("feed where name = $1", name) }
