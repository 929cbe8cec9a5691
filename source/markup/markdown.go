package markup

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"herald/source"
	"herald/source/blocks"
)

// dialect makes HTML of one kind of Markdown.
type dialect struct {
	document goldmark.Markdown // for documents
	outline  goldmark.Markdown // for titles and lead images
}

// dialects returns the kinds of Markdown by their names. They have no state.
var dialects = sync.OnceValue(func() map[source.Markup]dialect {
	made := map[source.Markup]dialect{}
	for _, name := range []source.Markup{source.Markdown, source.Kramdown} {
		made[name] = dialect{document: newMarkdown(name), outline: newMarkdown(name, outlineOptions()...)}
	}
	return made
})

// newMarkdown returns a converter of the Markdown of GitHub with footnotes, or of kramdown: no heading ids (they would be
// dropped, and those of Korean headings are all "-"), line breaks as CommonMark has them.
func newMarkdown(name source.Markup, options ...renderer.Option) goldmark.Markdown {
	extensions := []goldmark.Extender{
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
		extension.TaskList, extension.Footnote,
	}
	if name == source.Kramdown {
		extensions = append(extensions, kramdown{})
	}
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(blocks.Parsers()...),
			parser.WithInlineParsers(inlineParsers(name)...),
			parser.WithParagraphTransformers(blocks.Targets()))),
		goldmark.WithExtensions(extensions...),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(
			util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500))),
		goldmark.WithRendererOptions(append(options, html.WithUnsafe())...), // the sanitiser comes after it
	)
}

// inlineParsers are those of CommonMark with our own ones.
func inlineParsers(name source.Markup) []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(spacedTarget{any: name == source.Kramdown}, 190),
		util.Prioritized(wikiLinks{}, 195),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(emphasis{}, 500),
		util.Prioritized(bareLinks{extension.NewLinkifyParser()}, 999),
	}
}

// convert returns Markdown as HTML that is not yet safe.
func convert(to goldmark.Markdown, text string) string { return convertLinks(to, text, nil) }

// convertLinks is convert with the URLs of wiki links.
func convertLinks(to goldmark.Markdown, text string, find find) string {
	var b bytes.Buffer
	if err := to.Convert([]byte(limitNesting(text)), &b, parser.WithContext(withWiki(find))); err != nil {
		return textHTML(text) // writing to memory does not fail
	}
	return b.String()
}

// maxOpen bounds the links that were begun and not ended since the last blank line: the parser's time grows with its square.
const maxOpen = 500

// limitNesting makes text of the links that nest deeper than anybody writes.
func limitNesting(text string) string {
	if strings.Count(text, "](") <= maxOpen {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	open := 0
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			open = 0
		} else if links := strings.Count(line, "]("); links > 0 {
			if open = max(0, open+links-strings.Count(line, ")")); open > maxOpen {
				line = strings.ReplaceAll(line, "](", `]\(`)
			}
		}
		b.WriteString(line)
	}
	return b.String()
}
