package blocks

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Targets returns what takes the targets of links ("[a]: /b") out of the beginnings of paragraphs.
func Targets() util.PrioritizedValue { return util.Prioritized(targets{}, 100) }

// targets does so in parts: goldmark's own takes the square of the number of targets in a paragraph.
type targets struct{}

const maxPart = 100 // lines

// Transform implements parser.ParagraphTransformer.
func (targets) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines().Sliced(0, node.Lines().Len())
	cut := false
	for len(lines) > maxPart && beginsTarget(lines[0], reader) {
		n := maxPart
		for n < len(lines) && !beginsTarget(lines[n], reader) {
			n++
		}
		part := ast.NewParagraph()
		part.SetLines(join(lines[:n]))
		node.Parent().InsertBefore(node.Parent(), node, part)
		parser.LinkReferenceParagraphTransformer.Transform(part, reader, pc)
		lines, cut = lines[n:], true
		if part.Parent() != nil { // there is text in it: no targets follow
			node.SetLines(join(part.Lines().Sliced(0, part.Lines().Len()), lines))
			part.Parent().RemoveChild(part.Parent(), part)
			return
		}
	}
	if cut {
		node.SetLines(join(lines))
	}
	parser.LinkReferenceParagraphTransformer.Transform(node, reader, pc)
}

// join returns lines of their own: the transformer writes over those of its paragraph.
func join(parts ...[]text.Segment) *text.Segments {
	all := text.NewSegments()
	for _, lines := range parts {
		all.AppendAll(lines)
	}
	return all
}

// beginsTarget reports whether a line may be the first of the target of a link.
func beginsTarget(line text.Segment, reader text.Reader) bool {
	return bytes.HasPrefix(bytes.TrimLeft(line.Value(reader.Source()), " "), []byte("["))
}
