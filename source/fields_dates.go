package source

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// readDates fills Published by the chain of r, Updated and Expires.
func (m *matter) readDates(a *Article, r Reading, name fileName) error {
	if err := m.readPublished(a, r, name); err != nil {
		return err
	}
	a.Updated = m.readUpdated(r.Zone)
	key, v := m.lookup("expires", "expiryDate")
	if key == "" || v.kind == scalar && strings.HasPrefix(strings.TrimSpace(v.text), "9999") {
		return nil // none, or never
	}
	var err error
	a.Expires, _, err = m.date(r.Zone, key)
	return err
}

// readUpdated gives the claimed time of the last change. One that cannot be read is warned of: the
// edition knows a time of its own.
func (m *matter) readUpdated(zone *time.Location) time.Time {
	t, _, err := m.date(zone, "last_modified_at", "lastmod", "updated", "modified")
	var unread *ArticleError
	if errors.As(err, &unread) {
		m.warn(value{line: unread.Line, column: unread.Column}, "%s; it is left out", unread.Reason)
	}
	return t
}

// readPublished asks the rules of the chain in turn. What front matter says must be readable even
// where the chain does not ask for it.
func (m *matter) readPublished(a *Article, r Reading, name fileName) error {
	written, zoneless, err := m.date(r.Zone, "date", "published", "published_at", "publishDate")
	if err != nil {
		return err
	}
	rules := r.Dates
	if rules == nil {
		rules = []DateRule{DatedByFrontMatter, DatedByFileName}
	}
	for _, rule := range rules {
		switch {
		case rule == DatedByFrontMatter && !written.IsZero():
			a.Published, a.Zoneless, a.DatedBy = written, zoneless, rule
			return nil
		case rule == DatedByFileName && name.date != "":
			t, _, err := ParseDate(name.date, r.Zone)
			if err != nil {
				return refusal(0, 0, fmt.Sprintf("file name: %v", err))
			}
			a.Published, a.Zoneless, a.DatedBy = t, true, rule
			return nil
		}
	}
	return nil
}

// date gives the date of the first of keys that has one; "published: true" is none.
func (m *matter) date(zone *time.Location, keys ...string) (t time.Time, zoneless bool, err error) {
	for _, key := range keys {
		_, v := m.lookup(key)
		if _, isFlag := truth(v.text); v.kind == null || isFlag && key == "published" || v.kind == scalar && strings.TrimSpace(v.text) == "" {
			continue
		}
		if v.kind != scalar {
			return t, false, refusal(v.line, v.column, fmt.Sprintf("%s: %v", key, errDate))
		}
		t, zoneless, err = ParseDate(v.text, zone)
		if err != nil {
			return t, false, refusal(v.line, v.column, fmt.Sprintf("%s: %q: %v", key, brief(v.text), err))
		}
		return t, zoneless, nil
	}
	return time.Time{}, false, nil
}
