// Package blocks returns goldmark's parsers of blocks with bounds: what nests deeper than anybody writes is text, and
// time is linear in the length of the text. The text itself, code above all, stays as it is.
package blocks

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxDepth is how many blocks may stand in one another before another quotation or list may begin: 40 lists, or 80
// quotations. Each line is read once by all of them.
const maxDepth = 80

// Parsers returns the parsers of CommonMark's blocks.
func Parsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(Lists(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(Quotations(), 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	}
}

// Lists returns the parser of lists.
func Lists() parser.BlockParser { return bounded{parser.NewListParser()} }

// Quotations returns the parser of quotations.
func Quotations() parser.BlockParser { return bounded{parser.NewBlockquoteParser()} }

// Definitions are the lists of definitions of PHP Markdown Extra.
type Definitions struct{}

// Extend implements goldmark.Extender.
func (Definitions) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithBlockParsers(
		util.Prioritized(bounded{extension.NewDefinitionListParser()}, 101),
		util.Prioritized(extension.NewDefinitionDescriptionParser(), 102)))
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 500)))
}

// bounded opens no block at maxDepth.
type bounded struct{ parser.BlockParser }

// Open implements parser.BlockParser.
func (b bounded) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) >= maxDepth {
		return nil, parser.NoChildren
	}
	return b.BlockParser.Open(parent, reader, pc)
}

// Continue implements parser.BlockParser: of each line goldmark keeps something for each list and quotation that it stands in.
func (b bounded) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	_, at := reader.PeekLine()
	if !costOf(reader, pc).spend(nested, 1, at.Start) {
		return parser.Close
	}
	return b.BlockParser.Continue(node, reader, pc)
}
