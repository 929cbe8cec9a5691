package frontmatter

import (
	"slices"
	"strings"

	"herald/source"
)

// headerKeys are the keys that header lines without a fence may begin with: a text may begin with any other word and a
// colon.
var headerKeys = []string{
	"title", "date", "author", "authors", "category", "categories", "tags", "slug", "status", "summary", "description", "layout",
	"modified", "updated", "lang", "permalink", "subtitle", "template", "save_as", "url", "comments", "toc", "id", "published", "draft",
}

// isHeaderKey reports whether header lines may begin with a key.
func isHeaderKey(key string) bool {
	return slices.ContainsFunc(headerKeys, func(known string) bool { return SameKey(known, key) })
}

// headerMatter reads the headers that have no opening fence: Nikola's ".. title: …" lines, also in a comment of HTML;
// Hexo's, which only a closing fence ends; the "Title: …" lines of Pelican and MultiMarkdown, which a blank line ends. first
// is the first line that is not blank. Text without a header is all body.
func headerMatter(text string, start int, first string) (Matter, error) {
	switch {
	case strings.HasPrefix(first, ".. ") || strings.HasPrefix(first, "<!--"):
		return nikolaMatter(text, start), nil
	case strings.HasPrefix(first, `"`):
		if end, body := looseEnd(text, start, ";;;"); end > 0 {
			return looseMatter(text, start, end, body, jsonFields)
		}
	}
	if key, _, ok := cutKey(first); !ok || !isHeaderKey(key) {
		return Matter{Body: text}, nil
	}
	if end, body := looseEnd(text, start, "---"); end > 0 {
		return looseMatter(text, start, end, body, yamlFields)
	}
	if m := linesMatter(text, start); m.Present {
		return m, nil
	}
	return Matter{Body: text}, nil
}

// looseEnd looks for the line of only fence characters, three or more, that ends a header without an opening fence. A blank
// line before it means that there is none. It returns the offsets of that line and of what follows it, or 0.
func looseEnd(text string, start int, fence string) (end, body int) {
	pos := start
	for n := 0; n < maxHeaderLines && pos < len(text); n++ {
		line, _, _ := strings.Cut(text[pos:], "\n")
		bare := strings.TrimRight(line, " \t")
		switch {
		case bare == "":
			return 0, 0
		case strings.HasPrefix(bare, fence) && strings.Trim(bare, fence[:1]) == "":
			if pos == start {
				return 0, 0
			}
			return pos, min(pos+len(line)+1, len(text))
		}
		pos += len(line) + 1
	}
	return 0, 0
}

// looseMatter reads a header that ends at end. One without title and date is text above a rule.
func looseMatter(text string, start, end, body int, read readFields) (Matter, error) {
	fields, warnings, err := read(text[:start] + "---\n" + text[start:end])
	if err != nil {
		if refused, ok := err.(*source.ArticleError); ok {
			refused.Line = max(refused.Line-1, 1)
		}
		return Matter{}, err
	}
	for i := range fields {
		moveUp(&fields[i].Value)
	}
	for i := range warnings {
		warnings[i].Line = max(warnings[i].Line-1, 1)
	}
	if !isHeader(fields) {
		return Matter{Body: text}, nil
	}
	return newMatter(fields, text[body:], warnings), nil
}

// moveUp takes one line off the places of a value.
func moveUp(v *Value) {
	v.Line = max(v.Line-1, 0)
	for i := range v.Items {
		moveUp(&v.Items[i])
	}
	for i := range v.Fields {
		moveUp(&v.Fields[i].Value)
	}
}
