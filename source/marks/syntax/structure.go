package syntax

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"herald/source/blocks"
)

// Span is a part of a text.
type Span struct {
	Start, Stop int
	Kind        SpanKind
}

// SpanKind is what stands in a Span.
type SpanKind int

// The kinds of spans.
const (
	FencedCode SpanKind = iota
	IndentedCode
	CodeSpan
	RawHTML   // elements whose text is no text, and comments
	HTMLBlock // other HTML in Markdown: marks count in it, what belongs to Markdown does not
)

// Structure returns where in a Markdown text code and HTML stand, in order, as goldmark reads it.
//
// verbatim reports the names of tags whose text, up to their end tags, is no Markdown. mdx means that what is indented is no code.
func Structure(s string, verbatim func(name string) bool, mdx bool) []Span {
	if !strings.ContainsAny(s, "`~<\t") && !strings.Contains(s, "    ") {
		return nil
	}
	p := structureParser()
	if mdx {
		p = structureMDX()
	}
	context := parser.NewContext()
	context.Set(readingKey, &reading{text: s, verbatim: verbatim, ends: NewEnds(s)})
	source := []byte(s)
	root := p.Parse(text.NewReader(source), parser.WithContext(context))
	var spans []Span
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if part, ok := spanOf(n, s); entering && ok {
			spans = append(spans, part)
		}
		return ast.WalkContinue, nil
	})
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	return spans
}

// spanOf returns the part of the text that a node of code or HTML takes.
func spanOf(n ast.Node, s string) (Span, bool) {
	switch n := n.(type) {
	case *ast.CodeSpan:
		first, _ := n.FirstChild().(*ast.Text)
		last, _ := n.LastChild().(*ast.Text)
		if first == nil || last == nil {
			return Span{}, false
		}
		return Span{first.Segment.Start, last.Segment.Stop, CodeSpan}, true
	case *ast.FencedCodeBlock:
		line, _, _ := strings.Cut(s[n.Pos():], "\n")
		return blockSpan(n, Span{n.Pos(), n.Pos() + len(line), FencedCode})
	case *ast.CodeBlock:
		part, ok := blockSpan(n, Span{-1, -1, IndentedCode})
		for part.Start > 0 && (s[part.Start-1] == ' ' || s[part.Start-1] == '\t') {
			part.Start--
		}
		return part, ok
	case *ast.HTMLBlock:
		kind := HTMLBlock
		if n.HTMLBlockType < ast.HTMLBlockType6 {
			kind = RawHTML
		}
		part, ok := blockSpan(n, Span{-1, -1, kind})
		if n.HasClosure() {
			part.Stop = max(part.Stop, n.ClosureLine.Stop)
		}
		return part, ok
	}
	return Span{}, false
}

// blockSpan widens a Span by the lines of a block.
func blockSpan(n ast.Node, part Span) (Span, bool) {
	if lines := n.Lines(); lines.Len() > 0 {
		if part.Start < 0 {
			part.Start = lines.At(0).Start
		}
		part.Stop = max(part.Stop, lines.At(lines.Len()-1).Stop)
	}
	return part, part.Start >= 0
}

// structureParser and structureMDX read the blocks of Markdown and the spans of code in them. They have no state.
var (
	structureParser = sync.OnceValue(func() parser.Parser { return newStructureParser(util.Prioritized(parser.NewCodeBlockParser(), 500)) })
	structureMDX    = sync.OnceValue(func() parser.Parser { return newStructureParser() }) // MDX has no indented code
)

// newStructureParser returns a parser of all blocks that goldmark knows but tables, and of spans of code.
func newStructureParser(more ...util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(append(more,
			util.Prioritized(markBlocks{}, 50),
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(blocks.Lists(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(blocks.Quotations(), 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999),
			util.Prioritized(parser.NewParagraphParser(), 1000))...),
		parser.WithInlineParsers(
			util.Prioritized(markInlines{}, 50),
			util.Prioritized(parser.NewCodeSpanParser(), 100)))
}
