package blocks

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Links returns the parser of links and images.
func Links() parser.InlineParser { return links{parser.NewLinkParser()} }

// links bounds what goldmark looks through and repeats: for each "]" it may look at all lines of the paragraph and at all
// nodes behind the "[", and for the end of a title at all that is left of the paragraph.
type links struct{ parser.InlineParser }

// Parse implements parser.InlineParser.
func (l links) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	c, lines := costOf(block, pc), parent.Lines()
	if line[0] != ']' {
		node := l.InlineParser.Parse(parent, block, pc)
		if node != nil {
			c.brackets.open(parent, at.Start)
		}
		return node
	}
	if !c.spend(steps, lines.Len()+4*c.brackets.close(parent), at.Start) {
		return nil
	}
	node := l.InlineParser.Parse(parent, block, pc)
	if node == nil && bytes.HasPrefix(line, []byte("](")) {
		c.spend(steps, max(lines.At(lines.Len()-1).Stop-at.Start, 0), at.Start)
	}
	switch n := node.(type) {
	case *ast.Link:
		if n.Reference != nil && !c.spend(copied, len(n.Destination)+len(n.Title), at.Start) {
			n.Destination, n.Title = nil, nil
		}
	case *ast.Image:
		if n.Reference != nil && !c.spend(copied, len(n.Destination)+len(n.Title), at.Start) {
			n.Destination, n.Title = nil, nil
		}
	}
	return node
}

// CloseBlock implements parser.CloseBlocker.
func (l links) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	l.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// Footnotes are those of PHP Markdown Extra.
type Footnotes struct{}

// Extend implements goldmark.Extender.
func (Footnotes) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(footnote{extension.NewFootnoteBlockParser()}, 999)),
		parser.WithInlineParsers(util.Prioritized(footnoteLink{extension.NewFootnoteParser()}, 101)),
		parser.WithASTTransformers(util.Prioritized(extension.NewFootnoteASTTransformer(), 999)))
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(extension.NewFootnoteHTMLRenderer(), 500)))
}

// footnote counts the footnotes.
type footnote struct{ parser.BlockParser }

// Open implements parser.BlockParser.
func (f footnote) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) >= maxDepth {
		return nil, parser.NoChildren
	}
	_, at := reader.PeekLine()
	node, state := f.BlockParser.Open(parent, reader, pc)
	if node != nil {
		costOf(reader, pc).spend(defined, 1, at.Start)
	}
	return node, state
}

// footnoteLink bounds the references to footnotes: for each of them goldmark looks at all footnotes.
type footnoteLink struct{ parser.InlineParser }

// Parse implements parser.InlineParser.
func (f footnoteLink) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if !bytes.HasPrefix(bytes.TrimPrefix(line, []byte("!")), []byte("[^")) {
		return nil
	}
	c := costOf(block, pc)
	if !c.left(notes) || !c.spend(steps, c.spent[defined]+parent.Lines().Len(), at.Start) {
		return nil
	}
	node := f.InlineParser.Parse(parent, block, pc)
	if node != nil {
		c.spend(notes, 1, at.Start)
	}
	return node
}
