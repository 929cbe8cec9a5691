package edition

import (
	"herald/cmd/internal/ledger"
	"herald/source"
)

// view is the ledger at one moment, as far as it says which feeds cannot have changed.
type view struct {
	known    map[string]ledger.Feed
	receipts map[string]ledger.Receipt
	changed  map[ledger.TermKind]map[string]int64 // the number of the last change by value
	changes  int64                                // the number of the last change of any article
	host     string                               // that ids are minted under
}

// view reads what there is at the moment of tx.
func (s *feedSet) view(tx *ledger.Tx) (v *view, err error) {
	v = &view{receipts: map[string]ledger.Receipt{}, changed: map[ledger.TermKind]map[string]int64{}}
	if v.known, err = tx.Feeds(); err != nil {
		return nil, err
	}
	if v.changes, err = tx.Changes(); err != nil {
		return nil, err
	}
	if v.host, err = tx.Meta(ledger.MetaAuthority); err != nil {
		return nil, err
	}
	receipts, err := tx.Receipts()
	if err != nil {
		return nil, err
	}
	for _, r := range receipts {
		v.receipts[r.Path] = r
	}
	for _, kind := range s.config.Placement.TermKinds() {
		if v.changed[kind] != nil {
			continue
		}
		v.changed[kind] = map[string]int64{}
		values, err := tx.Values(kind, -1)
		if err != nil {
			return nil, err
		}
		for _, one := range values {
			v.changed[kind][one.Value] = one.Changed
		}
	}
	return v, nil
}

// stamps are what tells without a look at any article that the documents of a feed are what they were. A row that enters
// the feed, leaves it, or changes in it, has or had one of the values of any one thing that the feed asks for, so the number
// of the last change of these values has risen (ledger.Value). Of what the feed is made from beside rows, all is in the
// stamp; but what depends on the clock and on bodies that are not there is not, and such a feed is given no stamp.
type stamps struct {
	plain  source.Digest // zero: the feed asks for no value, and is always looked at
	linked source.Digest // of a feed that shows links to other articles: none at all has changed
}

func (s *feedSet) stamps(v *view, f Feed) (stamps, error) {
	clauses := f.Where.Clauses()
	if len(clauses) == 0 {
		return stamps{}, nil
	}
	numbers := make([]int64, len(clauses[0].Values))
	for i, value := range clauses[0].Values {
		numbers[i] = v.changed[clauses[0].Kind][value]
	}
	known := v.known[f.Name]
	id, err := s.id(f, known)
	plain := inputsOf("stamp", s.fixed(), f, id, known.LeftAt, v.host, numbers)
	return stamps{plain: plain, linked: inputsOf("linked", plain, v.changes)}, err
}

// fixed are the settings that go into all feeds.
func (s *feedSet) fixed() source.Digest {
	if s.settings == (source.Digest{}) {
		c := s.config
		var folders []string // that links lead to
		for _, src := range c.Links.Sources {
			folders = append(folders, src.Name)
			if src.Folder != nil {
				folders = append(folders, src.Folder.Root)
			}
		}
		s.settings = inputsOf("settings", c.Site, c.Hubs, c.Placement.Site.String(), c.Placement.Language, folders, len(c.Formats))
	}
	return s.settings
}

// unchanged reports whether all documents of a feed stand as they would be made now, as far as can be known without a look.
func (v *view) unchanged(docs []*Document, now stamps) bool {
	for _, d := range docs {
		r, known := v.receipts[d.Path]
		if !known || r.Kind != d.Kind.Name || r.Stamp == (source.Digest{}) || r.Stamp != now.plain && r.Stamp != now.linked {
			return false
		}
	}
	return now.plain != source.Digest{}
}

// stamp returns the stamp of a feed that shows what a window shows.
func (w *window) stamp(now stamps) source.Digest {
	switch {
	case w.lacks || w.timed:
		return source.Digest{}
	case len(w.links) > 0:
		return now.linked
	}
	return now.plain
}
