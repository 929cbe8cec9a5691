package reader

import (
	"herald/source"
	"herald/source/date"
	"herald/source/frontmatter"
	"herald/source/markup"
)

// edgeLines is how many lines at either end of the text may be datelines.
const edgeLines = 3

// dateOtherwise asks a rule of the chain that looks at neither front matter nor the file's name.
func (m *manuscript) dateOtherwise(a *source.Article, r Reading, rule source.DateRule) (err error) {
	switch {
	case rule == source.DatedByGit && r.Added != nil:
		a.Published, err = r.Added()
	case rule == source.DatedByDateline:
		m.readDateline(a, r)
	}
	if err == nil && !a.Published.IsZero() {
		a.DatedBy = rule
	}
	return err
}

// readDateline fills Published with the date of a line at an end of the text, and says which line that is.
func (m *manuscript) readDateline(a *source.Article, r Reading) {
	for _, line := range markup.EdgeLines(a.Body, edgeLines) {
		t, zoneless, found := date.Dateline(line, r.Zone)
		if !found {
			continue
		}
		a.Published, a.Zoneless = t, zoneless
		m.warn(frontmatter.Value{}, "dated by the line %q of its text", brief(line))
		return
	}
}
