package syntax

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// reading is the text that is parsed.
type reading struct {
	text     string
	verbatim func(name string) bool
	ends     *Ends
}

// readingKey names the reading in the context of a parser.
var readingKey = parser.NewContextKey()

// markEnd returns the end of the mark at an offset, with the text that it takes as it is, or 0.
func (r *reading) markEnd(at int) int {
	m, ok := Read(r.text, at)
	if !ok {
		return 0
	}
	if r.verbatim(m.Name) {
		if end := r.ends.Find(m); end.End > 0 {
			return end.End
		}
	}
	return m.End
}

// markBlock is a mark that stands on lines of its own.
type markBlock struct {
	ast.BaseBlock
	stop int
}

var markBlockKind = ast.NewNodeKind("MarkBlock")

// Kind returns the kind of the node.
func (*markBlock) Kind() ast.NodeKind { return markBlockKind }

// Dump writes the node for debugging.
func (b *markBlock) Dump(source []byte, level int) { ast.DumpHelper(b, source, level, nil, nil) }

// IsRaw reports that the block has no inline nodes.
func (*markBlock) IsRaw() bool { return true }

// markBlocks finds marks that stand on lines of their own: what is between their ends is no Markdown.
type markBlocks struct{}

// Trigger returns the byte that marks begin with.
func (markBlocks) Trigger() []byte { return []byte{'{'} }

// Open begins a block at a mark behind which the line is empty.
func (markBlocks) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if pc.BlockOffset() < 0 || pc.BlockOffset() >= len(line) {
		return nil, parser.NoChildren
	}
	r := pc.Get(readingKey).(*reading)
	end := r.markEnd(segment.Start - segment.Padding + pc.BlockOffset())
	if end == 0 {
		return nil, parser.NoChildren
	}
	if rest, _, _ := strings.Cut(r.text[end:], "\n"); strings.TrimSpace(rest) != "" {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return &markBlock{stop: end}, parser.NoChildren
}

// Continue takes the lines up to the end of the mark.
func (markBlocks) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	_, segment := reader.PeekLine()
	if segment.Start >= node.(*markBlock).stop {
		return parser.Close
	}
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

// Close has nothing to do.
func (markBlocks) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph reports that a mark on a line of its own ends the paragraph before it.
func (markBlocks) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine reports that what is indented is code.
func (markBlocks) CanAcceptIndentedLine() bool { return false }

// markInlines takes marks in running text as a whole, so that no code begins or ends in them.
type markInlines struct{}

// Trigger returns the byte that marks begin with.
func (markInlines) Trigger() []byte { return []byte{'{'} }

// Parse takes a mark.
func (markInlines) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	_, segment := block.PeekLine()
	end := pc.Get(readingKey).(*reading).markEnd(segment.Start)
	if end == 0 {
		return nil
	}
	start := segment.Start
	for {
		line, segment := block.PeekLine()
		if line == nil || end <= segment.Start {
			break
		}
		if end <= segment.Stop {
			block.Advance(end - segment.Start + segment.Padding)
			break
		}
		block.AdvanceLine()
	}
	return ast.NewTextSegment(text.NewSegment(start, start+1))
}
