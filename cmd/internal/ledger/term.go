package ledger

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
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
	if a.FeedPublished == 0 || gone && (a.LeftAt == 0 || a.Flags&NoFeed != 0) {
		return nil
	}
	for _, kind := range kinds {
		for _, value := range a.termValues(kind) {
			if one := (term{kind, value, gone, a.FeedPublished}); !slices.Contains(out, one) {
				out = append(out, one)
			}
		}
	}
	return out
}

func (a *Article) termValues(kind TermKind) (values []string) {
	switch kind {
	case ByCategory:
		return a.Said.Categories
	case ByTag:
		return a.Said.Tags
	case ByAuthor:
		for _, author := range a.Said.Authors {
			values = append(values, author.Name)
		}
		return values
	case ByLanguage:
		return []string{a.Said.Language}
	default:
		return []string{a.Source}
	}
}

// keptKinds returns the kinds whose terms are kept.
func (t *Tx) keptKinds() ([]TermKind, error) {
	if t.kinds != nil {
		return t.kinds, nil
	}
	kinds := []TermKind{}
	err := t.each("select kind from term_kind", nil, func(rows *sql.Rows) error {
		var kind TermKind
		err := rows.Scan(&kind)
		kinds = append(kinds, kind)
		return err
	})
	if err != nil {
		return nil, err
	}
	t.kinds = kinds
	return kinds, nil
}

// KeepsOtherTerms reports whether KeepTerms has something to do.
func (t *Tx) KeepsOtherTerms(kinds ...TermKind) (bool, error) {
	kept, err := t.keptKinds()
	for _, kind := range termKinds {
		if slices.Contains(kept, kind) != slices.Contains(kinds, kind) {
			return true, err
		}
	}
	return false, err
}

// KeepTerms says which kinds of terms are kept from now on: those that some Where names. What is kept costs
// each row a write a term, and so nothing else is. The terms of a kind that was not kept before are made from
// all rows, those of a kind that is named no more are dropped; with the kinds of before it does nothing.
func (t *Tx) KeepTerms(kinds ...TermKind) error {
	kept, err := t.keptKinds()
	if err != nil {
		return err
	}
	var added []TermKind
	for _, kind := range termKinds {
		var err error
		switch was, is := slices.Contains(kept, kind), slices.Contains(kinds, kind); {
		case was && !is:
			if err = t.exec("delete from term where kind = $1", string(kind)); err == nil {
				err = t.exec("delete from term_kind where kind = $1", string(kind))
			}
		case is && !was:
			added = append(added, kind)
			err = t.exec("insert into term_kind (kind) values ($1)", string(kind))
		}
		if err != nil {
			return err
		}
	}
	t.kinds = nil
	if len(added) == 0 {
		return nil
	}
	return t.pages(func(a *Article) error { return t.addTerms(a.ID, a.terms(added)) }, "id > $1 and feed_published <> 0 order by id limit 500")
}

// newTerms writes the terms of a new row.
func (t *Tx) newTerms(a *Article) error {
	kinds, err := t.keptKinds()
	if err != nil || len(kinds) == 0 {
		return err
	}
	return t.addTerms(a.ID, a.terms(kinds))
}

// oldTerms returns the terms that stand of a row before it is written, for changeTerms.
func (t *Tx) oldTerms(id int64) ([]term, error) {
	kinds, err := t.keptKinds()
	if err != nil || len(kinds) == 0 {
		return nil, err
	}
	var a Article
	var said []byte
	found, err := t.row("select feed_published, in_feed, left_at, flags, source, shown from article where id = $1", []any{id},
		&a.FeedPublished, &a.InFeed, &a.LeftAt, &a.Flags, &a.Source, &said)
	if err != nil || !found {
		return nil, err
	}
	if err := json.Unmarshal(said, &a.Said); err != nil {
		return nil, fmt.Errorf("article %d: %w; %w", id, err, ErrDamaged)
	}
	return a.terms(kinds), nil
}

// changeTerms writes what differs between the terms of a row before and now.
func (t *Tx) changeTerms(old []term, a *Article) error {
	kinds, err := t.keptKinds()
	if err != nil || len(kinds) == 0 {
		return err
	}
	now := a.terms(kinds)
	for _, o := range old {
		if slices.Contains(now, o) {
			continue
		}
		if err := t.exec("delete from term where kind = $1 and value = $2 and gone = $3 and feed_published = $4",
			string(o.kind), []byte(o.value), bit(o.gone), o.feedPublished); err != nil {
			return err
		}
	}
	return t.addTerms(a.ID, slices.DeleteFunc(now, func(n term) bool { return slices.Contains(old, n) }))
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
