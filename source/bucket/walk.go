package bucket

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"herald/source/selection"
	"herald/source/text"
)

// list lists what lies below the prefix.
func (s *Source) list(ctx context.Context) (*listing, error) {
	l := &listing{helpers: map[string]object{}}
	err := s.store.list(ctx, s.store.address.prefix, 0, func(o object) error { return s.sort(l, o) })
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", s.store.address.place(), err)
	}
	byKey := func(a, b entry) int { return strings.Compare(a.key, b.key) }
	if !slices.IsSortedFunc(l.entries, byKey) {
		slices.SortStableFunc(l.entries, byKey) // directory buckets, and stores that walk folders, have another order
	}
	l.entries = slices.CompactFunc(l.entries, func(a, b entry) bool { return a.key == b.key })
	l.stamp = l.includesStamp()
	return l, nil
}

// sort puts an object where it belongs.
func (s *Source) sort(l *listing, o object) error {
	l.all++
	if o.key == "" || strings.HasSuffix(o.key, "/") {
		return nil // a marker of a folder
	}
	if !isPath(o.key) {
		if l.odd++; l.odd == 1 {
			l.oddest = s.store.place(o.key)
		}
		return nil
	}
	o.key = strings.Clone(o.key) // not of the whole page
	reading := s.config.Reading
	if reading.IsData(o.key) || strings.HasPrefix(o.key, includes) && o.size <= maxIncluded && len(l.helpers) < maxIncludes {
		l.helpers[o.key] = o
	}
	switch {
	case s.selection.Path(o.key):
		if len(l.entries) == maxObjects {
			return fmt.Errorf("more than %d objects may be articles: let exclude leave some out, or name a longer prefix", maxObjects)
		}
		l.entries = append(l.entries, entry{object: o})
	case s.selection.Missed(o.key):
		if why, _ := selection.Resembles(o.key); why != "" {
			l.miss(fmt.Sprintf("%s: passed over: %s, and the source's include does not take it in", s.store.place(o.key), why))
		}
	}
	return nil
}

// fingerprint returns what tells the version of an entry from others, with all that it is read with; "": nothing does.
func (s *Source) fingerprint(l *listing, o object) string {
	if o.print == (print{}) {
		return ""
	}
	var b strings.Builder
	for _, name := range s.config.Reading.DataNames(o.key) {
		if h, found := l.helpers[name]; found {
			if h.print == (print{}) {
				return ""
			}
			b.WriteString(name + "\n" + string(h.print[:]))
		}
	}
	own := hex.EncodeToString(o.print[:])
	if b.WriteString(l.stamp); b.Len() == 0 {
		return own
	}
	sum := sha256.Sum256([]byte(b.String()))
	return own + "+" + hex.EncodeToString(sum[:8])
}

// notes returns what is odd in a listing.
func (s *Source) notes(l *listing) (all []string) {
	if l.odd > 0 {
		all = append(all, fmt.Sprintf("%s of objects are no paths (an empty name, . or ..): these are passed over; rename them (the first: %s)", text.Number(l.odd)+" keys", l.oddest))
	}
	if l.all == 0 {
		all = append(all, fmt.Sprintf("no object lies below %s/: is that the prefix that is meant?", s.store.address.place()))
	}
	return all
}
