package source

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// markdown makes the Markdown of GitHub with footnotes: no heading ids (they would be dropped, and
// those of Korean headings are all "-"), line breaks as CommonMark has them. It has no state.
var markdown = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
			extension.Strikethrough, extension.Linkify, extension.TaskList, extension.Footnote),
		goldmark.WithRendererOptions(html.WithUnsafe()), // the sanitiser comes after it
	)
})

// markdownHTML gives Markdown as HTML that is not yet safe.
func markdownHTML(text string) string {
	var b bytes.Buffer
	if err := markdown().Convert([]byte(limitNesting(text)), &b); err != nil {
		return textHTML(text) // writing to memory does not fail
	}
	return b.String()
}

// How deep blocks of Markdown nest; the parser's time grows with the square of the depth.
const (
	maxMarkers = 40  // marks of quotations and lists before the text of a line
	maxIndent  = 160 // columns before the text of a line
)

// limitNesting makes text of the marks that would nest deeper than anybody writes, and cuts indentation
// of the same kind.
func limitNesting(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for line := range strings.Lines(text) {
		markers, columns, at := 0, 0, 0
		for ; at < len(line) && strings.IndexByte(" \t>-+*", line[at]) >= 0; at++ {
			switch line[at] {
			case ' ':
				columns++
			case '\t':
				columns += 4
			default:
				markers++
			}
			if columns <= maxIndent && markers <= maxMarkers {
				b.WriteByte(line[at])
				continue
			}
			if markers > maxMarkers && strings.IndexByte(" \t", line[at]) < 0 && strings.Trim(line, " \t-*\n") != "" {
				b.WriteByte('\\')
				break
			}
			if markers > maxMarkers {
				b.WriteByte(line[at])
			}
		}
		b.WriteString(line[at:])
	}
	return b.String()
}
