package ledger

// Feed is what a feed is known by, for as long as its name is the same.
type Feed struct {
	Name   string
	GUID   string // its id for ever; "": none was given yet
	LeftAt int64  // when it last lost an article in a way that LeftSinceOf knows nothing of; it rises with each
}

// Feed returns what is known of a feed; of an unknown name, a Feed of that name only.
func (t *Tx) Feed(name string) (Feed, error) {
	f := Feed{Name: name}
	var guid []byte
	_, err := t.row("select guid, left_at from feed where name = $1", []any{name}, &guid, &f.LeftAt)
	f.GUID = string(guid)
	return f, err
}

// PutFeed writes what is known of a feed.
func (t *Tx) PutFeed(f Feed) error {
	return t.exec(`insert into feed (name, guid, left_at) values ($1, $2, $3)
		on conflict (name) do update set guid = excluded.guid, left_at = excluded.left_at`, f.Name, []byte(f.GUID), f.LeftAt)
}
