package markup

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"herald/source/blocks"
	"herald/source/safehtml"
)

// kramdown is what kramdown, as Jekyll runs it (kramdown.gettalong.org/syntax.html, with its parser of GitHub's
// Markdown), has otherwise than GitHub: quotations that take in the lines below them, tables without a header, lists of
// definitions, abbreviations.
type kramdown struct{}

// Extend implements goldmark.Extender.
func (kramdown) Extend(m goldmark.Markdown) {
	blocks.Definitions{}.Extend(m)
	m.Parser().AddOptions(
		parser.WithBlockParsers(
			util.Prioritized(endOfBlock{}, 10),
			util.Prioritized(lazyQuote{blocks.Quotations()}, 790)), // before CommonMark's
		parser.WithParagraphTransformers(
			util.Prioritized(abbreviations{}, 90),
			util.Prioritized(looseTable{}, 190))) // before GitHub's tables
}

// endOfBlock is the block parser of the line "^", which ends the block before it and shows nothing.
type endOfBlock struct{}

// Trigger implements parser.BlockParser.
func (endOfBlock) Trigger() []byte { return []byte{'^'} }

// Open implements parser.BlockParser.
func (endOfBlock) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	if line, _ := reader.PeekLine(); string(bytes.TrimRight(line, " \n")) != "^" {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return ast.NewHTMLBlock(ast.HTMLBlockType7), parser.NoChildren
}

// Continue implements parser.BlockParser.
func (endOfBlock) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }

// Close implements parser.BlockParser.
func (endOfBlock) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph implements parser.BlockParser.
func (endOfBlock) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser.
func (endOfBlock) CanAcceptIndentedLine() bool { return false }

// lazyQuote is the block parser of quotations: one ends at a blank line, an attribute list or a block of HTML, not at
// a line without ">".
type lazyQuote struct{ parser.BlockParser }

// Continue implements parser.BlockParser.
func (q lazyQuote) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	state := q.BlockParser.Continue(node, reader, pc)
	if state != parser.Close || blocks.Excess(pc) != nil {
		return state
	}
	line, _ := reader.PeekLine()
	begin := strings.TrimSpace(string(line[:min(len(line), 20)]))
	if begin == "" || begin == "^" || strings.HasPrefix(begin, "{:") || strings.HasPrefix(begin, "</") || safehtml.BeginsWithBlockTag(begin) {
		return state
	}
	return parser.Continue | parser.HasChildren
}

// abbreviation is the line that explains one ("*[HTML]: …").
var abbreviation = regexp.MustCompile(`^ {0,3}\*\[.+?\]:`)

// abbreviations takes them out of the beginning of paragraphs; a reader sees none of them.
type abbreviations struct{}

// Transform implements parser.ParagraphTransformer.
func (abbreviations) Transform(node *ast.Paragraph, reader text.Reader, _ parser.Context) {
	lines, n := node.Lines(), 0
	for n < lines.Len() {
		line := lines.At(n)
		if !abbreviation.Match(line.Value(reader.Source())) {
			break
		}
		n++
	}
	switch {
	case n == lines.Len():
		node.Parent().RemoveChild(node.Parent(), node)
	case n > 0:
		lines.SetSliced(n, lines.Len())
	}
}
