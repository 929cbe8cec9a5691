package markup

import (
	"strings"

	"herald/source"
	"herald/source/text"
)

// Prepare returns the text that a body is rendered from and, for Markdown and plain text, digested
// over: clean, NFC, line ends as "\n", without white space before them that means nothing, without
// Liquid. plain means that the text is known to be clean.
func Prepare(b source.Body, plain bool) string { return prepare(b, plain, nil) }

// prepare is Prepare with the URLs of references in their places.
func prepare(b source.Body, plain bool, find find) string {
	s := b.Text
	if !b.Markup.IsMarkdown() && b.Markup != source.Text {
		return dropDirectives(s, false, find)
	}
	if !plain {
		s = strings.TrimPrefix(text.CleanString(s), "\uFEFF")
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = trimLines(s, b.Markup.IsMarkdown())
	if b.Markup.IsMarkdown() {
		s = dropDirectives(s, true, find)
	}
	return s
}

// trimLines drops white space at the ends of lines; hard keeps the two spaces that are a line break
// in Markdown.
func trimLines(text string, hard bool) string {
	if !endsInSpace(text) {
		return strings.TrimRight(text, " \t\n")
	}
	var b strings.Builder
	b.Grow(len(text))
	for line := range strings.Lines(text) {
		body := strings.TrimSuffix(line, "\n")
		bare := strings.TrimRight(body, " \t")
		b.WriteString(bare)
		if hard && bare != "" && strings.HasSuffix(body, "  ") {
			b.WriteString("  ")
		}
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), " \t\n")
}

// endsInSpace reports whether a line other than the last ends in white space.
func endsInSpace(text string) bool {
	for line := range strings.Lines(text) {
		if strings.HasSuffix(line, " \n") || strings.HasSuffix(line, "\t\n") {
			return true
		}
	}
	return false
}
