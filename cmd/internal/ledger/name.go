package ledger

import (
	"slices"

	"herald/cmd/internal/ledger/names"
	"herald/cmd/internal/ledger/records"
	"herald/cmd/internal/ledger/sqlform"
)

// names returns the names of a row. A removed row has none.
func (a *Article) names() []string {
	if a.RemovedAt != 0 || a.Source == Recovered {
		return nil
	}
	return names.Of(a.Key, a.Shown.Title)
}

// keepsNames reports whether names are kept.
func (t *Tx) keepsNames() (bool, error) {
	if t.named == nil {
		kept, err := t.Meta(metaNames)
		if err != nil {
			return false, err
		}
		t.named = new(kept != "")
	}
	return *t.named, nil
}

// KeepNames keeps the names of all articles from now on, for Named. Before some article refers to another by a name they
// would cost each row a write, and nobody would ask for them.
func (t *Tx) KeepNames() error {
	if kept, err := t.keepsNames(); err != nil || kept {
		return err
	}
	if err := t.SetMeta(metaNames, "1"); err != nil {
		return err
	}
	return t.remakeNames()
}

// remakeNames makes the names of all articles where names are kept and there are none yet.
func (t *Tx) remakeNames() error {
	t.named = nil
	if kept, err := t.keepsNames(); err != nil || !kept {
		return err
	}
	return t.All(func(a *Article) error { return t.addNames(a.ID, a.names()) })
}

// putNames writes what differs between the names that stand of a row and those that it has now.
func (t *Tx) putNames(old, a *Article) error {
	if kept, err := t.keepsNames(); err != nil || !kept {
		return err
	}
	var standing []string
	if old != nil {
		standing = old.names()
	}
	now := a.names()
	for _, name := range without(standing, now) {
		if err := t.exec("delete from name where value = $1 and article = $2", []byte(name), a.ID); err != nil {
			return err
		}
	}
	return t.addNames(a.ID, without(now, standing))
}

func (t *Tx) addNames(article int64, all []string) error {
	for _, name := range all {
		if err := t.exec("insert into name (value, article) values ($1, $2)", []byte(name), article); err != nil {
			return err
		}
	}
	return nil
}

// Named returns the living articles that have a name, by id, at most limit; none before KeepNames.
func (t *Tx) Named(name string, limit int) (out []*Article, err error) {
	keep := func(a *Article) error { out = append(out, a); return nil }
	err = articles.Each(t.conn, keep, "where id in (select article from name where value = $1) order by id limit $2", []byte(names.Spell(name)), limit)
	return out, err
}

// AtKeys returns the living articles that entries with some keys of a source are, by the order of the keys.
func (t *Tx) AtKeys(src string, keys ...string) (out []*Article, err error) {
	args := []any{src}
	for _, key := range keys {
		args = append(args, []byte(key))
	}
	found, err := records.List(t.conn, func(s *Seen) []any { return []any{(*blob)(&s.Key), &s.Article} },
		"select key, article from seen where source = $1 and key in ("+sqlform.Placeholders(2, len(args))+") and article <> 0", args...)
	slices.SortFunc(found, func(a, b Seen) int { return slices.Index(keys, a.Key) - slices.Index(keys, b.Key) })
	for _, s := range found {
		a, err := t.Article(s.Article)
		if err != nil {
			return nil, err
		}
		if a != nil && a.RemovedAt == 0 {
			out = append(out, a)
		}
	}
	return out, err
}
