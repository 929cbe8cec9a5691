package markup

import (
	"strings"

	"herald/source"
	"herald/source/text"
)

// CutTitle takes the title out of a body without front matter: its first line with text, or in Markdown the heading
// that is its first text. A line that is too long for a title begins the body as well.
func CutTitle(b source.Body) (title, rest string) {
	if b.Markup.IsMarkdown() {
		return cutMarkdownTitle(b)
	}
	before := 0
	for line := range strings.Lines(b.Text) {
		if title = lineTitle(b.Markup, line); title == "" {
			before += len(line)
			continue
		}
		return text.NFC(title), withoutLine(b.Text, before, before+len(line))
	}
	return "", b.Text
}
