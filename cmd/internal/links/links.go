package links

import (
	"path"
	"slices"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/names"
	"herald/cmd/internal/placement"
	"herald/source"
)

// Answer says what a reference stands for.
type Answer struct {
	Ref source.Ref
	URL string // "": it has none
	Why string // it has none
}

// String returns the reference as its author named it, and what it stands for.
func (a Answer) String() string {
	named := a.Ref.Target
	if a.Ref.Kind == source.RefName {
		named = "[[" + named + "]]"
	}
	if a.URL == "" {
		return "link to " + named + ": " + a.Why + "; its text stays without a link"
	}
	return "link to " + named + ": " + a.URL
}

// The reasons why a reference has no URL.
const (
	unknown   = "no such article"
	notPublic = "the article is not public"
	ambiguous = "more than one article has that name"
)

// Of returns what the references of a row stand for, in their order.
func (f Finder) Of(tx *ledger.Tx, row *ledger.Article) ([]Answer, error) {
	var all []Answer
	for _, ref := range row.Shown.Refs {
		a, err := f.answer(tx, row, ref)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// answer returns what one reference of a row stands for.
func (f Finder) answer(tx *ledger.Tx, row *ledger.Article, ref source.Ref) (a Answer, err error) {
	a.Ref = ref
	if ref.Kind == source.RefStatic {
		if a.URL, err = f.Site.Join(ref.Target); err != nil {
			a.Why = "no path of the site"
		}
		return a, nil
	}
	found, err := f.articles(tx, row, ref)
	if err != nil {
		return a, err
	}
	standing := slices.DeleteFunc(slices.Clone(found), func(a *ledger.Article) bool { return !placement.Stands(a) })
	switch {
	case len(found) == 0:
		a.Why = unknown
	case len(standing) == 0:
		a.Why = notPublic
	case len(standing) > 1 && ref.ByName() && ref.Kind != source.RefPost:
		a.Why = ambiguous
	default:
		a.URL = standing[0].URL
	}
	return a, nil
}

// articles returns the living articles that a reference of a row may mean, the likeliest first.
func (f Finder) articles(tx *ledger.Tx, row *ledger.Article, ref source.Ref) ([]*ledger.Article, error) {
	switch ref.Kind {
	case source.RefFile, source.RefPage:
		found, err := f.atPath(tx, row, ref)
		if err != nil || len(found) > 0 || !ref.ByName() {
			return found, err
		}
	}
	if !ref.ByName() {
		return nil, nil
	}
	return f.named(tx, ref)
}

// named returns the articles that have the name in the last part of a target, in the folders that stand before it.
func (f Finder) named(tx *ledger.Tx, ref source.Ref) ([]*ledger.Article, error) {
	folders, name := path.Split(ref.Target)
	if isPage(name) && ref.Kind != source.RefPost {
		name = strings.TrimSuffix(name, path.Ext(name))
	}
	rows, err := tx.Named(name, maxNamed)
	if err != nil {
		return nil, err
	}
	if ref.Kind == source.RefName && len(rows) == 0 && folders != "" {
		folders = ""
		rows, err = tx.Named(ref.Target, maxNamed) // a title with a slash
	}
	rows = slices.DeleteFunc(rows, func(row *ledger.Article) bool { return !f.means(row, ref.Kind, folders, name) })
	slices.SortStableFunc(rows, func(a, b *ledger.Article) int {
		if a.Source != b.Source {
			return f.order(a.Source) - f.order(b.Source)
		}
		return strings.Compare(a.Key, b.Key)
	})
	return rows, err
}

// maxNamed bounds the articles of one name that are looked at.
const maxNamed = 20

// means reports whether a row that has a name may be meant: its folders end as those of the target do, and where a file
// is named it is not its title that is alike.
func (f Finder) means(row *ledger.Article, kind source.RefKind, folders, name string) bool {
	folder, file := names.File(f.pathOf(row))
	if kind != source.RefName && names.Spell(file) != names.Spell(name) {
		return false
	}
	if kind == source.RefPost {
		folder = strings.ReplaceAll(folder, "/_posts/", "/") // Jekyll has them on either side of the other folders
	}
	return strings.HasSuffix(names.Spell(folder), names.Spell("/"+folders))
}
