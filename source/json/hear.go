package json

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// maxHeard is how many items are asked for alone because the system named them: a webhook is sent for one, and names what belongs to it.
const maxHeard = 20

// idFields are the fields in which systems name an item: those of WordPress's plugins, and of Ghost.
var idFields = []string{"id", "post_id", "postid", "uuid"}

// Hear takes the body of a webhook, JSON or a form: the next listing asks for each item that it names, for what has changed since does not
// tell what is gone. A number that is the id of something else costs a question and does no harm.
func (s *Source) Hear(body []byte) {
	if s.dialect.one == nil {
		return // everything is listed
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range keysIn(body, s.dialect.ids) {
		if len(s.heard) < maxHeard && !slices.Contains(s.heard, key) {
			s.heard = append(s.heard, key)
		}
	}
}

// keysIn returns the ids of a form that a body names, those that stand least deep first. What stands within an object that is named belongs to it:
// its authors, its revisions.
func keysIn(body []byte, form *regexp.Regexp) (keys []string) {
	var doc any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if d.Decode(&doc) != nil {
		fields, _ := url.ParseQuery(string(body))
		flat := map[string]any{}
		for name := range fields {
			flat[name] = fields.Get(name)
		}
		doc = flat
	}
	for level := []any{doc}; len(level) > 0 && len(keys) < maxHeard; {
		var below []any
		for _, v := range level {
			switch v := v.(type) {
			case []any:
				below = append(below, v...)
			case map[string]any:
				named := namesIn(v, form)
				if keys = append(keys, named...); len(named) > 0 {
					continue
				}
				for _, name := range slices.Sorted(maps.Keys(v)) {
					below = append(below, v[name])
				}
			}
		}
		level = below
	}
	return keys
}

// namesIn returns the ids of a form that an object itself bears.
func namesIn(object map[string]any, form *regexp.Regexp) (ids []string) {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		var id string
		switch v := object[name].(type) {
		case string:
			id = v
		case json.Number:
			id = v.String()
		}
		if slices.Contains(idFields, strings.ToLower(name)) && form.MatchString(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// takeHeard returns the items that the system has named, and forgets them. What it names later may be later than what a walk has read.
func (s *Source) takeHeard() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	heard := s.heard
	s.heard = nil
	return heard
}

// gone returns which of the items that the system named before a walk it has no more, and which it does not answer for. A walk through
// everything says so itself.
func (s *Source) gone(ctx context.Context, w *walk, heard []string) (gone, unsure []string) {
	if w.since == "" {
		return nil, nil
	}
	for _, key := range heard {
		if slices.ContainsFunc(w.rows, func(r row) bool { return r.key == key }) {
			continue
		}
		ctx, cancel := context.WithTimeout(ctx, stayWithin)
		_, err := s.one(ctx, key)
		cancel()
		switch {
		case errors.Is(err, fs.ErrNotExist):
			gone = append(gone, key)
		case err != nil:
			unsure = append(unsure, key)
		}
	}
	return gone, unsure
}

// without returns a listing that lacks what is gone.
func (l *listing) without(gone []string) *listing {
	if len(gone) == 0 {
		return l
	}
	less := *l
	less.rows = slices.DeleteFunc(slices.Clone(l.rows), func(r row) bool { return slices.Contains(gone, r.key) })
	for _, key := range gone {
		less.lacking.stands[key] = false
	}
	return &less
}
