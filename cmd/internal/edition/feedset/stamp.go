package feedset

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"

	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/feedlist"
	"herald/cmd/internal/ledger"
	"herald/source"
)

// view is the ledger at one moment, as far as it says which feeds cannot have changed.
type view struct {
	known    map[string]ledger.Feed
	receipts map[string]ledger.Receipt // by path; see standing
	values   feedlist.Values
	changed  map[ledger.TermKind]map[string]int64 // the number of the last change by value
	changes  int64                                // the number of the last change of any article
	host     string                               // that ids are minted under
}

// view reads what there is at the moment of tx.
func (s *Set) view(tx *ledger.Tx) (v *view, err error) {
	v = &view{changed: map[ledger.TermKind]map[string]int64{}}
	if v.known, err = tx.Feeds(); err != nil {
		return nil, err
	}
	if v.changes, err = tx.Changes(); err != nil {
		return nil, err
	}
	if v.host, err = tx.Meta(ledger.MetaAuthority); err != nil {
		return nil, err
	}
	if v.values, err = s.list.Values(tx); err != nil {
		return nil, err
	}
	for kind, values := range v.values {
		v.changed[kind] = make(map[string]int64, len(values))
		for _, one := range values {
			v.changed[kind][one.Value] = one.Changed
		}
	}
	return v, nil
}

// standing adds what the documents that stand were made from.
func (v *view) standing(tx *ledger.Tx) error {
	receipts, err := tx.Receipts()
	v.receipts = make(map[string]ledger.Receipt, len(receipts))
	for _, r := range receipts {
		v.receipts[r.Path] = r
	}
	return err
}

// stamps are what tells without a look at any article that the documents of a feed are what they were. A row that enters
// the feed, leaves it, or changes in it, has or had one of the values of any one thing that the feed asks for, so the number
// of the last change of these values has risen (ledger.Value). Of what the feed is made from beside rows, all is in the
// stamp; but what depends on the clock and on bodies that are not there is not, and such a feed is given no stamp.
type stamps struct {
	plain  source.Digest // zero: the feed asks for no value, and is always looked at
	linked source.Digest // of a feed that shows links to other articles: none at all has changed
}

func (s *Set) stamps(v *view, f Feed) (stamps, error) {
	clauses := f.Where.Clauses()
	if len(clauses) == 0 {
		return stamps{}, nil
	}
	known := v.known[f.Name]
	id, err := s.id(f, known)
	if err != nil {
		return stamps{}, err
	}
	text := fmt.Appendf(nil, "%x %q %q %q %d %q", s.fixed(), f.Name, f.Value, id, known.LeftAt, v.host)
	for _, format := range s.list.Formats(f) {
		text = fmt.Appendf(text, " %s=%q", format.Kind, f.Paths[format.Kind])
	}
	for _, value := range clauses[0].Values {
		text = strconv.AppendInt(append(text, ' '), v.changed[clauses[0].Kind][value], 10)
	}
	return stamps{plain: stampOf(text), linked: stampOf(fmt.Appendf(text, " of %d", v.changes))}, nil
}

func stampOf(text []byte) (d source.Digest) {
	sum := sha256.Sum256(text)
	copy(d[:], sum[:])
	return d
}

// fixed are the settings that feeds are made from.
func (s *Set) fixed() source.Digest {
	if s.settings == (source.Digest{}) {
		c := s.config
		var folders []string // that links lead to
		for _, src := range c.Links.Sources {
			folders = append(folders, src.Name)
			if src.Folder != nil {
				folders = append(folders, src.Folder.Root)
			}
		}
		s.settings = document.InputsOf("settings", c.Feeds, c.Site, c.Hubs, c.Placement.Site.String(), c.Placement.Language, c.Placement.Zone.String(), folders, len(c.Formats))
	}
	return s.settings
}

// unchanged reports whether all documents of a feed stand as they would be made now, as far as can be known without a look.
func (v *view) unchanged(docs []*document.Document, now stamps) bool {
	for _, d := range docs {
		r, known := v.receipts[d.Path]
		if !known || r.Kind != d.Kind.Name || r.Stamp == (source.Digest{}) || r.Stamp != now.plain && r.Stamp != now.linked {
			return false
		}
	}
	return now.plain != source.Digest{}
}

// unchangedSince reports whether no article that a feed picks has changed since a number.
func (v *view) unchangedSince(number int64, f Feed) bool {
	clauses := f.Where.Clauses()
	return len(clauses) > 0 && !slices.ContainsFunc(clauses[0].Values, func(value string) bool { return v.changed[clauses[0].Kind][value] > number })
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
