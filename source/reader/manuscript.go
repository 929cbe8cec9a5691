package reader

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/preset"
	"herald/source/text"
)

// manuscript is what one article is made from: its fields and its body.
type manuscript struct {
	fields   []frontmatter.Field // unique keys
	marks    uint64              // of the keys: see keyMark
	present  bool                // there are fields, or front matter without any: the body is no bare text
	body     string
	file     string // the text that the body is a part of, "" without one
	plain    bool   // nothing in the text needs cleaning
	prepared string // the article's body, for outline and digest
	warnings []source.Warning
	preset   *preset.Preset
}

// lookup returns the first of keys that is there and not null, as it is written there, and its value.
func (m *manuscript) lookup(keys ...string) (string, frontmatter.Value) {
	for _, key := range keys {
		if m.marks&keyMark(key) == 0 {
			continue
		}
		if name, v := frontmatter.Lookup(m.fields, key); v.Kind != frontmatter.Null {
			return name, v
		}
	}
	return "", frontmatter.Value{}
}

// setFields takes fields in place of those that were there.
func (m *manuscript) setFields(fields []frontmatter.Field) {
	m.fields, m.marks = fields, 0
	for i := range fields {
		m.marks |= keyMark(fields[i].Key)
	}
}

// keyMark returns one bit of 64 for a key, the same for all its spellings: of two hundred keys that may be there, few are, and most of the others
// are known by their bits.
func keyMark(key string) uint64 {
	first := byte('_')
	if key != "" && key[0] != '-' {
		first = key[0]
	}
	return 1 << ((len(key)*11 + int(first|0x20)) % 64) // the same for small and capital letters
}

// has reports whether one of keys is there.
func (m *manuscript) has(keys []string) bool {
	key, _ := m.lookup(keys...)
	return key != ""
}

// these returns the keys if one of them is there, else none.
func (m *manuscript) these(keys []string) []string {
	if !m.has(keys) {
		return nil
	}
	return keys
}

// maxWarnings is how many warnings front matter causes at most.
const maxWarnings = 20

// warn warns of something odd about a value.
func (m *manuscript) warn(v frontmatter.Value, format string, args ...any) {
	w := source.Warning{Line: v.Line, Column: v.Column, Message: fmt.Sprintf(format, args...)}
	if len(m.warnings) < maxWarnings && !slices.Contains(m.warnings, w) {
		m.warnings = append(m.warnings, w)
	}
}

// brief cuts a text that a message repeats.
func brief(s string) string {
	const limit = 60
	if s = text.Collapse(s); utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s[:min(len(s), limit*utf8.UTFMax)])[:limit]) + "…"
}

// text returns the text of the first of keys that has some; a value that is no text is warned of
// and passed over.
func (m *manuscript) text(keys ...string) (string, frontmatter.Value) {
	for _, key := range keys {
		name, v := m.lookup(key)
		switch {
		case v.Kind == frontmatter.Scalar && strings.TrimSpace(v.Text) != "":
			return strings.TrimSpace(v.Text), v
		case v.Kind == frontmatter.List || v.Kind == frontmatter.Mapping:
			m.warn(v, "%s: want a text; it is left out", name)
		}
	}
	return "", frontmatter.Value{}
}

// truth reads the words that YAML 1.1 and people use for yes and no.
func truth(text string) (yes, known bool) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "true", "yes", "on", "y", "1":
		return true, true
	case "false", "no", "off", "n", "0":
		return false, true
	}
	return false, false
}

// flag reads a yes or no of the first of keys that is there. It does no harm where it cannot be read: a warning, and
// not set.
func (m *manuscript) flag(keys ...string) (yes, set bool) {
	key, v := m.lookup(keys...)
	if v.Kind == frontmatter.Null || v.Kind == frontmatter.Scalar && strings.TrimSpace(v.Text) == "" {
		return false, false
	}
	yes, known := truth(v.Text)
	if !known {
		m.warn(v, "%s: want true or false; it is left out", key)
	}
	return yes, known
}

// texts returns the texts of a value: a scalar is one, lists are flattened, a map in a list stands for
// its name; what else is there is warned of.
func (m *manuscript) texts(key string, v frontmatter.Value) []string {
	switch v.Kind {
	case frontmatter.Scalar:
		if t := text.Collapse(v.Text); t != "" {
			return []string{t}
		}
	case frontmatter.List:
		var all []string
		for _, item := range v.Items {
			all = append(all, m.texts(key, item)...)
		}
		return all
	case frontmatter.Mapping:
		if name := v.Member("name", "title"); name != "" {
			return []string{text.Collapse(name)}
		}
		m.warn(v, "%s: want a text or a list of texts; this is left out", key)
	}
	return nil
}

// terms returns the values of a plural and a singular key, each once, in order. The text of the
// singular key is one value; that of the plural one is split as Jekyll and Hugo do, at white
// space, and where it has commas, at those.
func (m *manuscript) terms(singular, plural string) []string {
	var all []string
	_, many := m.lookup(plural)
	switch {
	case many.Kind == frontmatter.Scalar && strings.EqualFold(strings.TrimSpace(many.Text), "false"):
	case many.Kind == frontmatter.Scalar && strings.ContainsAny(many.Text, ",，"):
		for part := range strings.FieldsFuncSeq(many.Text, func(r rune) bool { return r == ',' || r == '，' }) {
			all = append(all, text.Collapse(part))
		}
	case many.Kind == frontmatter.Scalar:
		for part := range strings.FieldsSeq(many.Text) {
			all = append(all, text.NFC(part))
		}
	default:
		all = m.texts(plural, many)
	}
	_, one := m.lookup(singular)
	all = unique(append(all, m.texts(singular, one)...))
	if len(all) > maxTerms {
		m.warn(many, "%s: more than %d values; the rest is left out", plural, maxTerms)
		all = all[:maxTerms]
	}
	return all
}

// maxTerms bounds the values of one kind that an article can have.
const maxTerms = 200

// unique drops empty and repeated values.
func unique(all []string) []string {
	var kept []string
	seen := make(map[string]bool, len(all))
	for _, s := range all {
		if s != "" && !seen[s] {
			seen[s] = true
			kept = append(kept, s)
		}
	}
	return kept
}
