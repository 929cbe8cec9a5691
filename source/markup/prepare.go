package markup

import (
	"strings"

	"herald/source"
	"herald/source/marks"
	"herald/source/text"
)

// ResolveMarks returns the text of a body without the marks of templates and their like: the first step of reading, before
// a body is kept.
func ResolveMarks(b source.Body, f marks.Facts) marks.Result {
	if b.Markup.IsMarkdown() {
		f.Phrase = func(text string) string { return phrase(b.Markup, text) }
	}
	f.Reference = referenceAddress
	return marks.Resolve(b, f)
}

// phrase returns Markdown of a few words as HTML without the paragraph around it.
func phrase(name source.Markup, text string) string {
	html := strings.TrimSpace(convert(dialects()[name].document, text))
	inner, isParagraph := strings.CutPrefix(html, "<p>")
	if inner, closed := strings.CutSuffix(inner, "</p>"); isParagraph && closed {
		return inner
	}
	return html
}

// Prepare returns the text that a body is rendered from and, for Markdown and plain text, digested
// over: clean, NFC, line ends as "\n", without white space before them that means nothing. plain means that the text is
// known to be clean.
func Prepare(b source.Body, plain bool) string {
	s := b.Text
	if !b.Markup.IsMarkdown() && b.Markup != source.Text {
		return s
	}
	if !plain {
		s = strings.TrimPrefix(text.CleanString(s), "\uFEFF")
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = trimLines(s, b.Markup.IsMarkdown())
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
