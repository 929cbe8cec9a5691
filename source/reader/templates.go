package reader

import (
	"fmt"
	"slices"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
)

// identityKeys are those of what an article is known by for ever.
var identityKeys = slices.Concat(urlKeys, idKeys, slugKeys)

// dropTemplates takes the fields with template marks out, with a warning: herald runs no templates, and such a mark is no
// text. In what an article is known by they refuse it.
func (m *manuscript) dropTemplates() error {
	var kept []frontmatter.Field
	for i := range m.fields {
		f := &m.fields[i]
		mark := templateMark(f.Value)
		switch {
		case mark == "" || !isKey(f.Key, readKeys):
			continue
		case isKey(f.Key, identityKeys):
			return source.Refuse(f.Value.Line, f.Value.Column, fmt.Sprintf("%s: %s is a template's mark, and herald runs no templates: write out the text", f.Key, mark))
		}
		m.warn(f.Value, "%s: %s is a template's mark, and herald runs no templates; the field is left out", f.Key, mark)
		if kept == nil {
			kept = slices.Clone(m.fields)
		}
		kept[i].Value = frontmatter.Value{Line: f.Value.Line, Column: f.Value.Column}
	}
	if kept != nil {
		m.fields = kept
	}
	return nil
}

// templateMark returns the first mark of a template in a value: "{{ }}", "{% %}" or "<% %>"; "" for none.
func templateMark(v frontmatter.Value) string {
	if v.Kind == frontmatter.Scalar {
		return markIn(v.Text)
	}
	for i := range v.Items {
		if mark := templateMark(v.Items[i]); mark != "" {
			return mark
		}
	}
	for i := range v.Fields {
		if mark := templateMark(v.Fields[i].Value); mark != "" {
			return mark
		}
	}
	return ""
}

func markIn(text string) string {
	if strings.IndexByte(text, '{') < 0 && strings.IndexByte(text, '<') < 0 {
		return ""
	}
	for _, mark := range []string{"{{ }}", "{% %}", "<% %>"} {
		if _, after, opened := strings.Cut(text, mark[:2]); opened && strings.Contains(after, mark[3:]) {
			return mark
		}
	}
	return ""
}
