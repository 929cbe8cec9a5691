package ledger

import (
	"slices"

	"herald/cmd/internal/ledger/records"
)

// term is a value that a row can be selected by. It is gone when the row was in the feeds and has left the
// public documents: then it tells only of the moment of leaving.
type term struct {
	kind          TermKind
	value         string
	gone          bool
	feedPublished int64
}

// terms returns the terms of a row that are of some kinds; none of a row that was in no feed.
func (a *Article) terms(kinds []TermKind) (out []term) {
	gone := !a.InFeed
	if a.FeedPublished == 0 || gone && (a.LeftAt == 0 || a.Flags&OffFeeds != 0) {
		return nil
	}
	for _, kind := range kinds {
		for _, value := range a.Values(kind) {
			if one := (term{kind, value, gone, a.FeedPublished}); !slices.Contains(out, one) {
				out = append(out, one)
			}
		}
	}
	return out
}

// Values returns the values of a kind that an article can be selected by.
func (a *Article) Values(kind TermKind) (values []string) {
	switch kind {
	case ByCategory:
		return a.Shown.Categories
	case ByTag:
		return a.Shown.Tags
	case ByAuthor:
		for _, author := range a.Shown.Authors {
			values = append(values, author.Name)
		}
		return values
	case ByLanguage:
		return []string{a.Shown.Language}
	default:
		return []string{a.Source}
	}
}

// keptKinds returns the kinds whose terms are kept.
func (t *Tx) keptKinds() ([]TermKind, error) {
	if t.kinds != nil {
		return t.kinds, nil
	}
	kinds, err := records.List(t.conn, records.Itself[TermKind], "select kind from term_kind")
	if err != nil {
		return nil, err
	}
	t.kinds = append([]TermKind{}, kinds...)
	return t.kinds, nil
}

// Keeps reports whether the terms of all of some kinds are kept.
func (t *Tx) Keeps(kinds ...TermKind) (bool, error) {
	kept, err := t.keptKinds()
	return len(without(kinds, kept)) == 0, err
}

// KeepsOtherTerms reports whether KeepTerms has something to do.
func (t *Tx) KeepsOtherTerms(kinds ...TermKind) (bool, error) {
	kept, err := t.keptKinds()
	return len(without(kept, kinds)) > 0 || len(without(kinds, kept)) > 0, err
}

// KeepTerms says which kinds of terms are kept from now on: those that some Where names. What is kept costs
// each row a write a term, and so nothing else is. The terms of a kind that was not kept before are made from
// all rows, those of a kind that is named no more are dropped; with the kinds of before it does nothing.
func (t *Tx) KeepTerms(kinds ...TermKind) error {
	kept, err := t.keptKinds()
	if err != nil {
		return err
	}
	t.kinds = nil
	for _, kind := range without(kept, kinds) {
		if err := t.exec("delete from term where kind = $1", string(kind)); err != nil {
			return err
		}
		if err := t.exec("delete from term_kind where kind = $1", string(kind)); err != nil {
			return err
		}
	}
	added := without(kinds, kept)
	for _, kind := range added {
		if err := t.exec("insert into term_kind (kind) values ($1) on conflict (kind) do nothing", string(kind)); err != nil {
			return err
		}
		all, err := t.Values(kind, -1) // what changed meanwhile was not noted
		if err != nil {
			return err
		}
		for _, v := range all {
			t.note(term{kind: kind, value: v.Value})
		}
	}
	return t.eachTerms(added, func(article int64, terms []term) error {
		t.note(terms...)
		return t.addTerms(article, terms)
	})
}

// eachTerms calls f with the terms of each row that are of some kinds.
func (t *Tx) eachTerms(kinds []TermKind, f func(article int64, terms []term) error) error {
	if len(kinds) == 0 {
		return nil
	}
	return articles.Pages(t.conn, func(a *Article) error { return f(a.ID, a.terms(kinds)) }, 0, "where id > $1 and feed_published <> 0 order by id")
}

// putTerms writes what differs between the terms of a row as it stood and those that it has now.
func (t *Tx) putTerms(old, a *Article) error {
	kinds, err := t.keptKinds()
	if err != nil || len(kinds) == 0 {
		return err
	}
	var standing []term
	if old != nil {
		standing = old.terms(kinds)
	}
	now := a.terms(kinds)
	t.noteChange(old, a, append(standing, now...)...)
	for _, o := range without(standing, now) {
		if err := t.exec("delete from term where kind = $1 and value = $2 and gone = $3 and feed_published = $4",
			string(o.kind), []byte(o.value), bit(o.gone), o.feedPublished); err != nil {
			return err
		}
	}
	return t.addTerms(a.ID, without(now, standing))
}

// addTerms writes terms one by one: a statement of several rows costs SQLite a journal of its own.
func (t *Tx) addTerms(article int64, terms []term) error {
	for _, n := range terms {
		if err := t.exec("insert into term (kind, value, gone, feed_published, article) values ($1, $2, $3, $4, $5)",
			string(n.kind), []byte(n.value), bit(n.gone), n.feedPublished, article); err != nil {
			return err
		}
	}
	return nil
}

// without returns what is in a list and not in another.
func without[V comparable](list, other []V) (out []V) {
	for _, v := range list {
		if !slices.Contains(other, v) {
			out = append(out, v)
		}
	}
	return out
}
