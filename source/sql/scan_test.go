package sql_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/source"
	rows "herald/source/sql"
)

// follower is who scans a source: it knows what it saw, as the ledger does.
type follower struct {
	config rows.Config
	now    time.Time
	from   *database
	seen   map[string]string // fingerprints by key
	memory string
}

func follow(d *database, c rows.Config) *follower {
	return &follower{config: c, from: d, now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), seen: map[string]string{}}
}

// scanned is what one scan found.
type scanned struct {
	listed, loaded, removed []string
	titles                  map[string]string // of what was loaded
	refused                 map[string]string // reasons by key
	notes                   []string
}

// scan is one scan of a new process.
func (r *follower) scan(t *testing.T) scanned {
	t.Helper()
	got, err := r.try(t)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func (r *follower) try(t *testing.T) (got scanned, err error) {
	t.Helper()
	c := r.config
	c.Now = func() time.Time { return r.now }
	s := r.from.open(t, c)
	got = scanned{titles: map[string]string{}, refused: map[string]string{}}
	s.Recall(r.memory, false)
	seen := maps.Clone(r.seen)
	for e, err := range s.List(t.Context()) {
		if err != nil {
			return got, err
		}
		got.listed = append(got.listed, e.Key)
		if was, known := seen[e.Key]; known && was == e.Fingerprint && was != "" {
			continue
		}
		seen[e.Key] = e.Fingerprint
		got.loaded = append(got.loaded, e.Key)
		a, err := s.Load(t.Context(), e.Key)
		var refused *source.ArticleError
		switch {
		case errors.As(err, &refused):
			got.refused[e.Key] = err.Error()
		case err != nil:
			return got, err
		default:
			got.titles[e.Key] = a.Title
		}
	}
	if !slices.IsSorted(got.listed) {
		t.Errorf("got %q, want the keys in ascending byte order", got.listed)
	}
	for key := range r.seen {
		if !slices.Contains(got.listed, key) && !s.Stays(key) {
			got.removed = append(got.removed, key)
			delete(seen, key)
		}
	}
	slices.Sort(got.removed)
	got.notes = s.Notes()
	r.seen, r.memory = seen, s.Memory()
	return got, nil
}

// each runs a test over every kind of database.
func each(t *testing.T, test func(t *testing.T, d *database)) {
	for name, fresh := range kinds() {
		t.Run(name, func(t *testing.T) { test(t, fresh(t)) })
	}
}

// only cuts the zeros off keys that are whole numbers.
func only(keys []string) []string {
	out := make([]string, len(keys))
	for i, key := range keys {
		out[i] = strings.TrimLeft(key, "0")
	}
	return out
}

func equal(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}
