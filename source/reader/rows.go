package reader

import (
	"encoding/json"
	"path"
	"slices"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/markup"
)

// bodyKeys are the names of the field that holds the body of a row.
var bodyKeys = []string{"content", "body", "content_html", "html", "content_text", "text"}

// bodyMembers are the members that hold the text, where a body is a map.
var bodyMembers = []string{"rendered", "html", "value"}

// RowKeys returns the names of the fields that tell the rows of a source apart, the best first: id, address, slug, each as r.Fields
// calls it and by our own names. A dot leads into a map, where no name has it.
func RowKeys(r Reading) []string {
	theirs := func(ours ...string) (all []string) {
		for _, name := range ours {
			all = append(all, r.Fields[name]...)
		}
		return all
	}
	return slices.Concat(theirs(idKeys...), idKeys, theirs(urlKeys...), urlKeys, theirs(slugKeys...), slugKeys)
}

// RowPath returns where the article of a row stands as a file would, for Reading.Path: by its slug, else by its key, of an address by
// its path. What follows a dot in it is no extension unless it is one of an article's.
func RowPath(key string, fields map[string]any, r Reading) string {
	name := key
	for _, slug := range slices.Concat(r.Fields["slug"], slugKeys) {
		if text := TextAt(fields, slug); text != "" {
			name = text
			break
		}
	}
	if _, after, isAddress := strings.Cut(name, "://"); isAddress {
		if _, below, found := strings.Cut(after, "/"); found {
			name, _, _ = strings.Cut(below, "#")
			name, _, _ = strings.Cut(name, "?")
		}
	}
	name = strings.Trim(name, "/")
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdx", ".html", ".htm", ".txt":
		return name
	}
	return name + ".txt"
}

// TextAt returns the text or number at a dotted path of a decoded JSON value; "": none is there. Names count in any case; of several the
// one that is spelt alike counts, else the first in byte order. A name that has the dots itself goes first.
func TextAt(v any, path string) string {
	switch v := v.(type) {
	case string:
		if path == "" {
			return strings.TrimSpace(v)
		}
	case json.Number:
		if path == "" {
			return v.String()
		}
	case map[string]any:
		if inner, found := member(v, path); found && path != "" {
			return TextAt(inner, "")
		}
		head, tail, dotted := strings.Cut(path, ".")
		if inner, found := member(v, head); found && dotted {
			return TextAt(inner, tail)
		}
	}
	return ""
}

// member returns a member of a map by its name.
func member(m map[string]any, name string) (any, bool) {
	if v, found := m[name]; found {
		return v, true
	}
	least, found := "", false
	for other := range m {
		if frontmatter.SameKey(other, name) && (!found || other < least) {
			least, found = other, true
		}
	}
	return m[least], found
}

// ComposeRow is Compose for a row whose body is one of its fields: what r.Fields calls content, else content, body, content_html,
// html, content_text or text. A body that is neither a text nor a map with one refuses the article.
func ComposeRow(place string, fields map[string]any, r Reading) (*source.Article, error) {
	all, err := frontmatter.FromMap(fields)
	return composeRow(place, all, err, r)
}

// ComposeColumns is ComposeRow for values beside the names of their columns, which ascend and are unique. A value that is nil is no field.
func ComposeColumns(place string, names []string, values []any, r Reading) (*source.Article, error) {
	all, err := frontmatter.FromRow(names, values)
	return composeRow(place, all, err, r)
}

// composeRow makes the article of a row, whose fields could not be read where err says why.
func composeRow(place string, fields []frontmatter.Field, err error, r Reading) (*source.Article, error) {
	if err != nil {
		return nil, refuse(source.Refuse(0, 0, "fields: "+err.Error()), place)
	}
	body, err := bodyOf(fields, r.Fields["content"])
	if err != nil {
		return nil, refuse(err, place)
	}
	a, err := composeFields(place, fields, body, r)
	if err == nil {
		warnMarked(a, r)
	}
	return a, err
}

// bodyOf returns the body among the fields of a row: the first of their names for it that is there, else of bodyKeys.
func bodyOf(fields []frontmatter.Field, theirs []string) (frontmatter.Value, error) {
	for _, name := range append(theirs[:len(theirs):len(theirs)], bodyKeys...) {
		switch v := dotted(fields, name); {
		case !isThere(v):
		case v.Kind == frontmatter.Scalar:
			return v, nil
		case v.Kind == frontmatter.Mapping && v.Member(bodyMembers...) != "":
			return frontmatter.Value{Text: v.Member(bodyMembers...)}, nil
		case v.IsBlocks():
			return v, source.Refuse(0, 0, name+": want a text, and this is a text as data (blocks of an editor), which herald does not read: have the system answer with HTML or Markdown")
		default:
			return v, source.Refuse(0, 0, name+": want a text; where a member of it is meant, say so in fields, such as content: "+name+".html")
		}
	}
	return frontmatter.Value{}, nil
}

// warnMarked warns of a row whose text is taken for plain text and looks like Markdown.
func warnMarked(a *source.Article, r Reading) {
	if a.Body.Markup == source.Text && r.Markup != source.Text && markup.IsMarked(a.Body.Text) {
		a.Warnings = append(a.Warnings, source.Warning{Message: "its text looks like Markdown and is read as plain text: say markup: markdown in the source"})
	}
}
