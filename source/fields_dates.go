package source

import (
	"fmt"
	"strings"
	"time"
)

// readDates fills Published by the chain of r, Updated and Expires.
func (m *matter) readDates(a *Article, r Reading, name fileName) error {
	if err := m.readPublished(a, r, name); err != nil {
		return err
	}
	var err error
	if a.Updated, _, err = m.date(r.Zone, "last_modified_at", "lastmod", "updated", "modified"); err != nil {
		return err
	}
	key, v := m.lookup("expires", "expiryDate")
	if key == "" || v.kind == scalar && strings.HasPrefix(strings.TrimSpace(v.text), "9999") {
		return nil // none, or never
	}
	a.Expires, _, err = m.date(r.Zone, key)
	return err
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
