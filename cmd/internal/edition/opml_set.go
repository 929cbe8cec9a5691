package edition

import (
	"bytes"
	"cmp"

	"herald/cmd/internal/edition/document"
	"herald/cmd/internal/feedlist"
	"herald/cmd/internal/ledger"
	"herald/feeds"
)

// opmlSet is the list of all feeds.
type opmlSet struct {
	config *Config
	list   *feedlist.List
}

// opmlKey is the key of its path.
const opmlKey = "opml"

// Kinds returns the one kind.
func (s *opmlSet) Kinds() []Kind {
	return []Kind{{Name: "opml", MediaType: feeds.OPMLType, Ours: func(_ string, body []byte) bool { return feeds.IsOPML(body) }}}
}

// Documents returns the list, if there is to be one.
func (s *opmlSet) Documents(tx *ledger.Tx) ([]*Document, error) {
	path := s.config.Documents[opmlKey]
	if path == "" {
		return nil, nil
	}
	all, err := s.list.Read(tx)
	if err != nil {
		return nil, err
	}
	site := s.config.Placement.Site
	page, err := site.Join("/")
	if err != nil {
		return nil, err
	}
	var outlines []feeds.Outline
	for _, f := range all {
		for _, format := range s.list.Formats(f)[:min(1, len(f.Paths))] {
			url, err := site.Join(f.Paths[format.Kind])
			if err != nil {
				return nil, err
			}
			outlines = append(outlines, feeds.Outline{Title: cmp.Or(f.Title, s.config.Site.Title), URL: url, Page: page})
		}
	}
	d, err := Document{
		Kind: s.Kinds()[0], Inputs: document.InputsOf(opmlKey, s.config.Site.Title, outlines), Check: feeds.CheckOPML,
		Render: func(*ledger.Tx) ([]byte, error) {
			var out bytes.Buffer
			err := feeds.WriteOPML(&out, s.config.Site.Title, outlines)
			return out.Bytes(), err
		},
	}.At(site, path)
	return []*Document{d}, err
}
