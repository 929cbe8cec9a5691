package reader

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"herald/source"
	"herald/source/date"
	"herald/source/frontmatter"
)

// readDates fills Published by the chain of r, Updated and Expires.
func (m *manuscript) readDates(a *source.Article, r Reading, name fileName) error {
	if err := m.readPublished(a, r, name); err != nil {
		return err
	}
	a.Updated = m.readUpdated(r.Zone)
	key, v := m.lookup("expires", "expiryDate")
	if key == "" || v.Kind == frontmatter.Scalar && strings.HasPrefix(strings.TrimSpace(v.Text), "9999") {
		return nil // none, or never
	}
	var err error
	a.Expires, _, err = m.date(r.Zone, key)
	return err
}

// readUpdated returns the claimed time of the last change. One that cannot be read is warned of: the
// edition has a time of its own.
func (m *manuscript) readUpdated(zone *time.Location) time.Time {
	t, _, err := m.date(zone, "last_modified_at", "lastmod", "updated", "modified")
	var unread *source.ArticleError
	if errors.As(err, &unread) {
		m.warn(frontmatter.Value{Line: unread.Line, Column: unread.Column}, "%s; it is left out", unread.Reason)
	}
	return t
}

// readPublished asks the rules of the chain in turn. A date of front matter must be readable even
// where the chain does not ask for it.
func (m *manuscript) readPublished(a *source.Article, r Reading, name fileName) error {
	written, zoneless, err := m.date(r.Zone, "date", "published", "published_at", "publishDate")
	if err != nil {
		return err
	}
	rules := r.Dates
	if rules == nil {
		rules = []source.DateRule{source.DatedByFrontMatter, source.DatedByFileName}
	}
	for _, rule := range rules {
		switch {
		case rule == source.DatedByFrontMatter && !written.IsZero():
			a.Published, a.Zoneless, a.DatedBy = written, zoneless, rule
			return nil
		case rule == source.DatedByFileName && name.date != "":
			t, _, err := date.Parse(name.date, r.Zone)
			if err != nil {
				return source.Refuse(0, 0, fmt.Sprintf("file name: %v", err))
			}
			a.Published, a.Zoneless, a.DatedBy = t, true, rule
			return nil
		}
	}
	return nil
}

// date returns the date of the first of keys that has one; "published: true" is none.
func (m *manuscript) date(zone *time.Location, keys ...string) (t time.Time, zoneless bool, err error) {
	for _, key := range keys {
		_, v := m.lookup(key)
		if _, isFlag := truth(v.Text); v.Kind == frontmatter.Null || isFlag && key == "published" || v.Kind == frontmatter.Scalar && strings.TrimSpace(v.Text) == "" {
			continue
		}
		if v.Kind != frontmatter.Scalar {
			return t, false, source.Refuse(v.Line, v.Column, fmt.Sprintf("%s: %v", key, date.ErrFormat))
		}
		t, zoneless, err = date.Parse(v.Text, zone)
		if err != nil {
			return t, false, source.Refuse(v.Line, v.Column, fmt.Sprintf("%s: %q: %v", key, brief(v.Text), err))
		}
		return t, zoneless, nil
	}
	return time.Time{}, false, nil
}
