package markup

import (
	"regexp"
	"slices"
	"strings"

	"herald/source"
	"herald/source/safehtml"
	"herald/source/text"
)

var (
	// In Markdown: code, headings, quotations, tables, lists.
	apartLine = regexp.MustCompile("^(?: {4}|\t| {0,3}(?:#|>|\\||[-+*] |[0-9]{1,9}[.)] ))")
	fenceMark = regexp.MustCompile("^ {0,3}(?:`{3,}|~{3,})")

	lineTag = regexp.MustCompile(`<(/?)([a-z0-9]+)[^>]*>`)

	// apartTags are the elements whose text is no line of the article itself: headings, lists, tables, quotations, code.
	apartTags = []string{"h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "td", "th", "caption", "blockquote", "figcaption", "pre"}
	// inlineTags are those that break no line.
	inlineTags = []string{"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong",
		"sub", "sup", "time", "u", "var", "wbr"}
)

// EdgeLines returns the first and the last lines of a body's running text, so many of each, in their order.
func EdgeLines(b source.Body, count int) []string {
	var all []string
	switch b.Markup {
	case source.Text:
		all = strings.Split(b.Text, "\n")
	case source.Markdown:
		all = markdownLines(b.Text)
	default:
		all = htmlLines(Render(b, ""))
	}
	all = slices.DeleteFunc(all, func(line string) bool { return strings.TrimSpace(line) == "" })
	if len(all) <= 2*count {
		return all
	}
	return slices.Concat(all[:count], all[len(all)-count:])
}

// markdownLines returns the lines of paragraphs, as they are written.
func markdownLines(body string) (out []string) {
	fence := ""
	for line := range strings.Lines(body) {
		mark := fenceMark.FindString(line)
		switch mark = strings.TrimSpace(mark); {
		case fence != "":
			if strings.HasPrefix(mark, fence) {
				fence = ""
			}
		case mark != "":
			fence = mark
		case !apartLine.MatchString(line):
			out = append(out, safehtml.PlainText(line))
		}
	}
	return out
}

// htmlLines returns the lines of safe HTML.
func htmlLines(html string) (out []string) {
	var line strings.Builder
	apart, from := 0, 0
	add := func(s string) {
		for i, part := range strings.Split(s, "\n") {
			if i > 0 {
				out = append(out, text.Collapse(line.String()))
				line.Reset()
			}
			if apart == 0 {
				line.WriteString(safehtml.DecodeReferences(part))
			}
		}
	}
	for _, m := range lineTag.FindAllStringSubmatchIndex(html, -1) {
		add(html[from:m[0]])
		from = m[1]
		name, closes := html[m[4]:m[5]], m[2] != m[3]
		if !slices.Contains(inlineTags, name) {
			add("\n")
		}
		switch {
		case !slices.Contains(apartTags, name):
		case closes:
			apart = max(apart-1, 0)
		default:
			apart++
		}
	}
	add(html[from:])
	return append(out, text.Collapse(line.String()))
}
