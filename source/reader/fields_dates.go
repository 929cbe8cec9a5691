package reader

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"herald/source"
	"herald/source/date"
	"herald/source/frontmatter"
)

// claim is a date that front matter claims.
type claim struct {
	time     time.Time // zero: none
	zoneless bool
	refused  *source.ArticleError // it is there, and no day can be told
}

// readDates fills Published by the chain of r, PublicFrom, Updated and Expires.
func (m *manuscript) readDates(a *source.Article, r Reading, name fileName) error {
	if err := m.readPublished(a, r, name); err != nil {
		return err
	}
	if err := m.readPublicFrom(a, r); err != nil {
		return err
	}
	a.Updated = m.readUpdated(r.Zone)
	key, v := m.lookup(expiresKeys...)
	if key == "" || v.Kind == frontmatter.Scalar && strings.HasPrefix(strings.TrimSpace(v.Text), "9999") {
		return nil // none, or never
	}
	expires := m.claim(r.Zone, expiresKeys)
	if expires.refused != nil {
		return expires.refused
	}
	a.Expires = expires.time
	return nil
}

// readPublished asks the rules of the chain in turn. A date of front matter that cannot be read refuses the article, whether or
// not the chain asks for it, unless the file name has one.
func (m *manuscript) readPublished(a *source.Article, r Reading, name fileName) error {
	written := m.claim(r.Zone, publishedKeys)
	rules := r.Dates
	if rules == nil {
		rules = []source.DateRule{source.DatedByFrontMatter, source.DatedByFileName}
	}
	named, err := fileDate(name, r.Zone, rules)
	if err != nil {
		return err
	}
	switch {
	case written.refused == nil && written.time.IsZero() && named.IsZero():
		if written = m.claim(r.Zone, weakPublishedKeys); written.refused != nil {
			m.leaveOut(written.refused)
		}
	case written.refused != nil && named.IsZero():
		return written.refused
	case written.refused != nil:
		m.warn(frontmatter.Value{Line: written.refused.Line, Column: written.refused.Column}, "%s; the date of the file name is taken", written.refused.Reason)
	}
	for _, rule := range rules {
		switch {
		case rule == source.DatedByFrontMatter && !written.time.IsZero():
			a.Published, a.Zoneless, a.DatedBy = written.time, written.zoneless, rule
			return nil
		case rule == source.DatedByFileName && !named.IsZero():
			a.Published, a.Zoneless, a.DatedBy = named, true, rule
			return nil
		}
		if err := m.dateOtherwise(a, r, rule); err != nil || !a.Published.IsZero() {
			return err
		}
	}
	return nil
}

// fileDate returns the date of a file name, where the chain asks for it and there is one.
func fileDate(name fileName, zone *time.Location, rules []source.DateRule) (time.Time, error) {
	if name.date == "" || !slices.Contains(rules, source.DatedByFileName) {
		return time.Time{}, nil
	}
	t, _, err := date.Parse(name.date, zone)
	if err != nil {
		return t, source.Refuse(0, 0, fmt.Sprintf("file name: %v", err))
	}
	return t, nil
}

// readPublicFrom fills PublicFrom with the latest date of publication that is after Published: until then the article
// is to come.
func (m *manuscript) readPublicFrom(a *source.Article, r Reading) error {
	if a.DatedBy != source.DatedByFrontMatter || !m.has(publicKeys) {
		return nil // there is no date beside which another could stand
	}
	for _, key := range publicKeys {
		c := m.claim(r.Zone, []string{key})
		switch {
		case c.refused != nil:
			return c.refused
		case c.time.After(a.Published) && c.time.After(a.PublicFrom):
			a.PublicFrom = c.time
		}
	}
	return nil
}

// readUpdated returns the claimed time of the last change. One that cannot be read is warned of: the
// edition has a time of its own.
func (m *manuscript) readUpdated(zone *time.Location) time.Time {
	c := m.claim(zone, updatedKeys)
	if c.refused != nil {
		m.leaveOut(c.refused)
	}
	return c.time
}

// leaveOut warns of a date that cannot be read and does not matter enough to refuse the article.
func (m *manuscript) leaveOut(unread *source.ArticleError) {
	m.warn(frontmatter.Value{Line: unread.Line, Column: unread.Column}, "%s; it is left out", unread.Reason)
}

// claim returns the date of the first of keys that has one; "published: true" is none.
func (m *manuscript) claim(zone *time.Location, keys []string) claim {
	if !m.has(keys) {
		return claim{}
	}
	for _, key := range keys {
		name, v := m.lookup(key)
		v = dateMember(v)
		if v.Kind == frontmatter.Null || v.Kind == frontmatter.Scalar && m.isNoDate(key, v) {
			continue
		}
		refused := func(why string) claim { return claim{refused: source.Refuse(v.Line, v.Column, name+": "+why)} }
		if v.Kind != frontmatter.Scalar {
			return refused(date.ErrFormat.Error())
		}
		text, own := m.written(v)
		t, zoneless, doubt, err := date.Read(text, cmp.Or(own, zone))
		if errors.Is(err, date.ErrNone) {
			m.warn(v, "%s: %q: %v; it is left out", name, brief(v.Text), err)
			continue
		}
		if err != nil {
			return refused(fmt.Sprintf("%q: %v", brief(v.Text), err))
		}
		if doubt != "" {
			m.warn(v, "%s: %q: %s", name, brief(v.Text), doubt)
		}
		return claim{time: t, zoneless: zoneless && own == nil}
	}
	return claim{}
}

// written returns a date as the preset reads it, and the zone of one without an offset; nil: the source's.
func (m *manuscript) written(v frontmatter.Value) (text string, zone *time.Location) {
	if m.preset.Date == nil {
		return v.Text, nil
	}
	return m.preset.Date(v)
}

// dateMember returns the date in a map such as {date: …, author: …}.
func dateMember(v frontmatter.Value) frontmatter.Value {
	if v.Kind != frontmatter.Mapping {
		return v
	}
	if _, inside := frontmatter.Lookup(v.Fields, "date", "published", "publish", "created", "updated", "modified", "time", "start"); inside.Kind != frontmatter.Null {
		return inside
	}
	return v
}

// isNoDate reports what stands in the place of a date and means none.
func (m *manuscript) isNoDate(key string, v frontmatter.Value) bool {
	written := strings.ToLower(strings.TrimSpace(v.Text))
	switch written {
	case "", "true", "false":
		return true
	case "last modified", "created", "git last modified", "git created": // Eleventy's
		m.warn(v, "%s: herald takes no date from %q; it is left out", key, written)
		return true
	}
	_, isFlag := truth(written)
	return isFlag && (key == "published" || key == "publish")
}
