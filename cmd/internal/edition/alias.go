package edition

import (
	"fmt"
	"maps"
	"slices"

	"herald/cmd/internal/edition/document"
	"herald/sitemap"
	"herald/source/feed"
)

// aliasKind is the kind of old paths, whatever they repeat.
var aliasKind = Kind{Name: "alias", Ours: func(_ string, body []byte) bool {
	if f, err := feed.Parse(body); err == nil {
		return f.Ours
	}
	return isOurSitemap("", body)
}}

// aliasOf is the kind of an old path of a document: what stands there may be the document, or another of before.
func aliasOf(kind Kind) Kind {
	return Kind{Name: aliasKind.Name, MediaType: kind.MediaType, Ours: func(path string, body []byte) bool {
		return aliasKind.Ours(path, body) || kind.Ours(path, body)
	}}
}

// isOurSitemap reports whether a sitemap or an index bears our mark.
func isOurSitemap(_ string, body []byte) bool {
	_, _, ours, err := sitemap.Read(body)
	return err == nil && ours
}

// withAliases adds the old paths: same bytes, just behind the documents that they repeat.
func withAliases(c *Config, docs []*Document) ([]*Document, error) {
	if len(c.Aliases) == 0 {
		return docs, nil
	}
	olds := map[string][]string{} // by the path below the sink's root
	for _, old := range slices.Sorted(maps.Keys(c.Aliases)) {
		name, err := c.Placement.Site.FilePath(c.Aliases[old])
		if err != nil {
			return nil, fmt.Errorf("alias %s: %w", old, err)
		}
		olds[name] = append(olds[name], old)
	}
	var out []*Document
	for _, d := range docs {
		out = append(out, d)
		for _, old := range olds[d.Path] {
			alias, err := Document{
				Kind:   aliasOf(d.Kind),
				Inputs: document.InputsOf(aliasKind.Name, d.Inputs), Render: d.Render, Check: d.Check, Concerns: d.Concerns, Holds: d.Holds,
			}.At(c.Placement.Site, old)
			if err != nil {
				return nil, err
			}
			out = append(out, alias)
		}
	}
	return out, nil
}
