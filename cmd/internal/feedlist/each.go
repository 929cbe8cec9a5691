package feedlist

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/placement"
)

// looked is how far the values of the feeds that are one per value were looked at.
type looked struct {
	what string // the filter and the kind
	till int64  // the number of the last change
}

func lookedKey(f Feed) string { return "each " + f.Name }

// looked returns how far the values of a feed were looked at by the last publication.
func (f Feed) looked(tx *ledger.Tx) (looked, error) {
	note, err := tx.Meta(lookedKey(f))
	what, till, _ := strings.Cut(note, " ")
	number, _ := strconv.ParseInt(till, 10, 64)
	if now := f.looksAt(); what != now {
		return looked{now, -1}, err // at none, or with another filter
	}
	return looked{what, number}, err
}

// looksAt names the filter and the kind of a feed.
func (f Feed) looksAt() string {
	text, err := json.Marshal([]any{f.Where, f.Each})
	if err != nil {
		panic(err) // texts always marshal
	}
	return fmt.Sprintf("%x", sha256.Sum256(text))
}

// fresh returns the values of a feed that changed since they were last looked at, that have no feed yet, and of which it
// picks an article.
func (l *List) fresh(tx *ledger.Tx, f Feed) (out []string, err error) {
	last, err := f.looked(tx)
	if err != nil {
		return nil, err
	}
	changed, err := tx.Values(f.Each, last.till)
	if err != nil {
		return nil, err
	}
	place := l.config.Placement
	for _, v := range changed {
		value := place.Value(f.Each, v.Value)
		if value == "" || len(out) > 0 && out[len(out)-1] == value {
			continue
		}
		one := f.Part().Of(value, place.Language)
		known, err := tx.KnowsFeed(one.Name)
		if err != nil {
			return nil, err
		}
		some := false
		if !known {
			err = tx.NewestOf(one.Where, 1, func(*ledger.Article) error { some = true; return nil })
		}
		if err != nil {
			return nil, err
		}
		if some {
			out = append(out, value)
		}
	}
	return out, nil
}

// Due reports whether a value is new that is to have a feed, and notes how far it looked.
func (l *List) Due(tx *ledger.Tx) (due bool, err error) {
	if l.seen, err = tx.Changes(); err != nil {
		return false, err
	}
	for _, f := range l.config.Feeds {
		if f.Each == "" {
			continue
		}
		values, err := l.fresh(tx, f)
		if err != nil {
			return false, err
		}
		for _, value := range values {
			if placement.SlugOf(value) != "" {
				due = true
				continue
			}
			l.config.Log.Warn("a value without letters and digits has no feed", "feed", f.Name, "each", string(f.Each), "value", value)
		}
	}
	return due, nil
}

// Prepare makes the feeds of new values, the lesser in byte order first.
func (l *List) Prepare(tx *ledger.Tx) error {
	for _, f := range l.config.Feeds {
		if f.Each == "" {
			continue
		}
		values, err := l.fresh(tx, f)
		if err != nil {
			return err
		}
		if len(values) == 0 {
			continue
		}
		standing, err := tx.Values(f.Each, -1)
		if err != nil {
			return err
		}
		taken := map[string]string{} // the value by its slug
		for _, v := range standing {
			taken[v.Slug] = v.Value
		}
		for _, value := range values {
			slug, err := putSlug(tx, f.Each, value, taken)
			if err != nil {
				return err
			}
			if slug == "" {
				continue
			}
			if err := tx.PutFeed(ledger.Feed{Name: f.Part().Of(value, "").Name}); err != nil {
				return err
			}
		}
	}
	return nil
}

// putSlug returns what stands for a value in paths: for ever, and for no other of its kind. taken are the values by slug.
func putSlug(tx *ledger.Tx, kind ledger.TermKind, value string, taken map[string]string) (string, error) {
	base := placement.SlugOf(value)
	slug := base
	for n := 2; base != ""; n++ {
		other, found := taken[slug]
		if found && other == value {
			return slug, nil
		}
		if !found {
			break
		}
		slug = fmt.Sprintf("%s-%d", base, n)
	}
	if base == "" {
		return "", nil
	}
	taken[slug] = value
	return slug, tx.PutSlug(kind, value, slug)
}

// Record notes how far values were looked at.
func (l *List) Record(tx *ledger.Tx) error {
	for _, f := range l.config.Feeds {
		if f.Each == "" {
			continue
		}
		if err := tx.SetMeta(lookedKey(f), fmt.Sprintf("%s %d", f.looksAt(), l.seen)); err != nil {
			return err
		}
	}
	return nil
}
