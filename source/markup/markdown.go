package markup

import (
	"bytes"
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
		blocks.Tables{}, blocks.Footnotes{}, extension.TaskList,
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
		util.Prioritized(blocks.Links(), 200),
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
	html, _ := convertWithin(to, text, find)
	return html
}

// convertWithin is convertLinks with what of the text is beyond the bounds of package blocks, nil for nothing: it is text.
func convertWithin(to goldmark.Markdown, text string, find find) (string, *source.ArticleError) {
	var b bytes.Buffer
	context := withWiki(find)
	if err := to.Convert([]byte(text), &b, parser.WithContext(context)); err != nil {
		return textHTML(text), nil // writing to memory does not fail
	}
	return b.String(), blocks.Excess(context)
}
