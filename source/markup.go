package source

import "strings"

// Render gives the body as safe HTML. It is the one form that documents show:
//
//   - only elements and attributes of an allow list; nothing that runs, styles, frames or names
//     (script, style, class, id, on*, data-*); unknown elements are unwrapped, their text stays
//   - every URL absolute and in normal form, resolved against articleURL as a browser does; only
//     http, https, mailto and tel survive
//   - lazily loaded images with their true addresses, an <iframe> as a link to its source
//   - balanced, at most 100 elements deep, white space that means nothing written in one way
//
// Liquid tags and kramdown marks outside code are dropped, the text between them stays. Equal input
// gives equal bytes; rendering the result again as HTML changes nothing. Any input is safe to give.
func Render(b Body, articleURL string) string {
	return string(sanitize(toHTML(b), absolute(articleURL)))
}

// toHTML gives the body as HTML that is not yet safe.
func toHTML(b Body) string {
	text := prepare(b, false)
	switch b.Markup {
	case Markdown:
		return markdownHTML(text)
	case Text:
		return textHTML(text)
	}
	return text
}

// prepare gives the text that a body is rendered from and, for Markdown and plain text, digested
// over: clean, NFC, line ends as "\n", without white space before them that means nothing, without
// Liquid. plain says that the text is known to be clean.
func prepare(b Body, plain bool) string {
	text := b.Text
	if b.Markup != Markdown && b.Markup != Text {
		return dropMarks(text, false)
	}
	if !plain {
		text = strings.TrimPrefix(cleanString(text), "\uFEFF")
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = trimLines(text, b.Markup == Markdown)
	if b.Markup == Markdown {
		text = dropMarks(text, true)
	}
	return text
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
