// Package feedset makes the documents of the feeds: which articles each shows at one moment of the ledger, their bodies, the
// archive of older ones, and what tells that a feed cannot have changed.
package feedset

import (
	"fmt"

	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/feedlist"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
	"herald/feeds"
	"herald/source"
	"herald/source/feed"
)

// Set is the feeds, each in its formats: a set of documents, as edition.Set says. It is used by one goroutine at a time.
type Set struct {
	config   Config
	list     *feedlist.List
	bodies   *bodyCache
	settings source.Digest // see fixed
	windows  windows
	pruned   bool                            // bodies were, in this process
	places   map[string]document.Document    // by config path: where it lies
	fetched  int64                           // the number of the last change when no body was lacking; 0: not known
	unnamed  []Feed                          // that have no id yet
	all      []Feed                          // of this publication
	pages    map[string][]ledger.ArchivePage // of this publication, by feed: see pagesOf
	lastPage *archivedPage
}

// New returns the set of the feeds of a config; it touches nothing yet.
func New(c Config) *Set {
	return &Set{config: c, list: c.List, bodies: &bodyCache{rendered: map[int64]renderedBody{}}, places: map[string]document.Document{}}
}

// Kinds returns a kind for each format.
func (s *Set) Kinds() []document.Kind {
	var kinds []document.Kind
	for _, f := range s.config.Formats {
		kinds = append(kinds, s.kind(f), s.archiveKind(f))
	}
	return kinds
}

// kind is a format as a kind of documents. One of ours is a feed that bears our mark, in a format that is read by others
// too, or one that the gate of its format lets through.
func (s *Set) kind(f feeds.Format) document.Kind {
	return document.Kind{Name: string(f.Kind), MediaType: f.MediaType, Topic: f.Kind != feeds.Page, Ours: func(_ string, body []byte) bool {
		parsed, err := feed.Parse(body)
		return err == nil && parsed.Ours || err != nil && s.check(f, body, nil) == nil
	}}
}

// Documents returns every feed in each of its formats. Feeds that cannot have changed are not looked at.
func (s *Set) Documents(tx *ledger.Tx) ([]*document.Document, error) {
	v, err := s.view(tx)
	if err == nil {
		err = v.standing(tx)
	}
	if err != nil {
		return nil, err
	}
	all := s.list.All(v.known, v.values)
	s.windows, s.unnamed, s.all = windows{}, nil, all
	s.pages, s.lastPage = map[string][]ledger.ArchivePage{}, nil
	var docs []*document.Document
	shown := map[int64]bool{}
	for _, f := range all {
		some, err := s.formats(tx, v, f, shown)
		if err != nil {
			return nil, err
		}
		docs = append(docs, some...)
	}
	s.bodies.keep(shown)
	return docs, nil
}

// Due reports whether the feeds ask for other terms than are kept, or there is a value that is to have a feed.
func (s *Set) Due(tx *ledger.Tx) (bool, error) {
	other, err := tx.KeepsOtherTerms(s.config.Placement.TermKinds()...)
	if err != nil || other {
		return other, err
	}
	if due, err := s.list.Due(tx); err != nil || due {
		return due, err
	}
	all, err := s.withArchive(tx)
	if err != nil {
		return false, err
	}
	return placement.CutDue(tx, all)
}

// Prepare keeps the terms that the feeds ask for, and makes the feeds of new values.
func (s *Set) Prepare(tx *ledger.Tx) error {
	if err := tx.KeepTerms(s.config.Placement.TermKinds()...); err != nil {
		return err
	}
	if err := s.list.Prepare(tx); err != nil {
		return err
	}
	all, err := s.withArchive(tx)
	if err != nil {
		return err
	}
	return placement.Cut(tx, all)
}

// check is the gate before a document of a format is put; elsewhere are hosts beside the site's whose articles it shows.
func (s *Set) check(format feeds.Format, doc []byte, elsewhere []string) error {
	if err := format.Check(doc, append(elsewhere, s.config.Placement.Site.Host())); err != nil {
		return fmt.Errorf("check %s feed: %w", format.Kind, err)
	}
	return nil
}

// Record keeps the id of each feed from its first publication on, and how far values were looked at.
func (s *Set) Record(tx *ledger.Tx, _ []ledger.Receipt) error {
	for _, f := range s.unnamed {
		known, err := tx.Feed(f.Name)
		if err != nil {
			return err
		}
		if known.GUID, err = s.id(f, known); err != nil {
			return err
		}
		if err := tx.PutFeed(known); err != nil {
			return err
		}
	}
	for _, f := range s.all {
		if err := s.recordPodcast(tx, f); err != nil {
			return err
		}
	}
	return s.list.Record(tx)
}
