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

// Tables are the tables of GitHub.
type Tables struct{}

// Extend implements goldmark.Extender.
func (Tables) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithParagraphTransformers(util.Prioritized(table{extension.NewTableParagraphTransformer()}, 200)),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)))
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(
		extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), 500)))
}

// table makes no table whose rows lack too many cells: goldmark fills them in. Nor one with too many bars behind a backslash
// and too much code: for each span of code it looks at all such bars.
type table struct{ parser.ParagraphTransformer }

// Transform implements parser.ParagraphTransformer.
func (t table) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines, source := node.Lines(), reader.Source()
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		delimiters := line.Value(source)
		if !isDelimiters(delimiters) {
			continue
		}
		c := costOf(reader, pc)
		header := lines.At(i - 1)
		columns := bytes.Count(delimiters, []byte("|")) + 1
		for j := i - 1; j < lines.Len(); j++ {
			line := lines.At(j)
			row := line.Value(source)
			lacking := 0
			if j > i {
				lacking = max(columns-bytes.Count(row, []byte("|"))-1, 0)
			}
			if !c.spend(cells, lacking, header.Start) || !c.spendBars(row, header.Start) {
				return
			}
		}
		break
	}
	t.ParagraphTransformer.Transform(node, reader, pc)
}

// spendBars counts what is code, or a bar that is none, in a row of a table.
func (c *cost) spendBars(row []byte, at int) bool {
	escaped := bytes.Count(row, []byte(`\|`))
	if escaped == 0 && c.bars == 0 {
		return true
	}
	code := bytes.Count(row, []byte("`"))
	c.bars += escaped
	c.ticks += code
	return c.spend(steps, escaped*c.ticks+code*c.bars, at)
}

// isDelimiters reports whether a line may be the one below the header of a table.
func isDelimiters(line []byte) bool {
	return len(bytes.Trim(line, "-|: \t\r\n")) == 0 && bytes.IndexByte(line, '-') >= 0
}
