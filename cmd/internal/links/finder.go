// Package links finds the articles that links name by file, title or a tag of a template: the URLs that references
// (source.Ref) stand for at one moment of the ledger.
//
// Only an article that stands has a URL. What no article is, a draft, one that is yet to come or is gone has none, and of a
// name that two articles have neither is meant.
package links

import (
	"path"
	"path/filepath"
	"slices"

	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/weburl"
)

// Source is a source as links see it.
type Source struct {
	Name   string
	Folder *source.Folder // that its keys are paths below; nil: links cannot name its entries by path
}

// Finder finds what references stand for. The order of its sources decides between articles that a path may mean.
type Finder struct {
	Site    *weburl.Site
	Sources []Source
}

// order returns the place of a source in the config, behind all where it is in none.
func (f Finder) order(name string) int {
	if i := slices.IndexFunc(f.Sources, func(s Source) bool { return s.Name == name }); i >= 0 {
		return i
	}
	return len(f.Sources)
}

// pathOf returns the path of a row's file, at least below the root of its source.
func (f Finder) pathOf(row *ledger.Article) string {
	if i := f.order(row.Source); i < len(f.Sources) && f.Sources[i].Folder != nil {
		return path.Join("/", filepath.ToSlash(f.Sources[i].Folder.Root), row.Key)
	}
	return "/" + row.Key
}
