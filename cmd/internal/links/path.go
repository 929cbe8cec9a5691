package links

import (
	"cmp"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/text"
)

// place is where a target may lie.
type place struct {
	source *Source
	key    string
	shared int // names of folders that the target shares with the path of the source's root
}

// atPath returns the articles at the path that a reference of a row names, the likeliest first.
func (f Finder) atPath(tx *ledger.Tx, row *ledger.Article, ref source.Ref) ([]*ledger.Article, error) {
	var places []place
	if !strings.HasPrefix(ref.Target, "/") {
		places = f.beside(row, ref.Target)
	}
	if strings.HasPrefix(ref.Target, "/") || ref.Kind == source.RefPage && !strings.HasPrefix(ref.Target, "..") {
		places = append(places, f.below(row, strings.TrimPrefix(ref.Target, "/"))...)
	}
	for _, p := range places {
		found, err := tx.AtKeys(p.source.Name, spellings(p.key)...)
		if err != nil || len(found) > 0 {
			return found, err
		}
	}
	return nil, nil
}

// beside returns where a path relative to the folder of a row's file may lead: to any source whose root it is below.
func (f Finder) beside(row *ledger.Article, target string) (out []place) {
	own := f.order(row.Source)
	if own == len(f.Sources) || f.Sources[own].Folder == nil {
		return nil
	}
	file := filepath.Join(f.Sources[own].Folder.Root, filepath.FromSlash(path.Join(path.Dir(row.Key), target)))
	for i := range f.Sources {
		s := &f.Sources[i]
		if s.Folder == nil {
			continue
		}
		if key, inside := s.Folder.Key(file); inside {
			out = append(out, place{source: s, key: key})
		}
	}
	return out
}

// below returns where a path may lead that begins at a folder of the site: at the root of a source or, since sources lie in
// the folders of a site, at one above it, so that the path begins with the last names of the root's. The more of these it
// begins with, the likelier; then the row's own source goes first.
func (f Finder) below(row *ledger.Article, target string) (out []place) {
	for i := range f.Sources {
		s := &f.Sources[i]
		if s.Folder == nil {
			continue
		}
		root := strings.Split(strings.Trim(filepath.ToSlash(s.Folder.Root), "/"), "/")
		for n := range root {
			if key, is := strings.CutPrefix(target, strings.Join(root[n:], "/")+"/"); is {
				out = append(out, place{s, key, len(root) - n})
			}
		}
		out = append(out, place{s, target, 0})
	}
	slices.SortStableFunc(out, func(a, b place) int {
		return cmp.Or(b.shared-a.shared, compare(b.source.Name == row.Source, a.source.Name == row.Source))
	})
	return out
}

// compare orders false before true.
func compare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// extensions are those of files that may be articles, in the order in which they are tried.
var extensions = []string{".md", ".mdx", ".markdown", ".html", ".htm", ".txt"}

func isPage(name string) bool {
	return slices.Contains(extensions, strings.ToLower(path.Ext(name)))
}

// spellings returns the keys that a path may stand for: itself, with another extension or none, and the index of a folder.
func spellings(key string) []string {
	stem := key
	if isPage(key) {
		stem = strings.TrimSuffix(key, path.Ext(key))
	}
	all := []string{key}
	for _, of := range []string{stem, stem + "/index", stem + "/_index"} {
		for _, ext := range extensions {
			all = append(all, of+ext)
		}
	}
	for _, one := range all {
		if other := text.NFD(one); other != one { // as some systems keep names
			all = append(all, other)
		}
	}
	return all
}
