package markup

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"herald/source/safehtml"
)

// outlineOptions are what makes of Markdown the HTML that its outline is read from.
func outlineOptions() []renderer.Option {
	return []renderer.Option{
		html.WithHardWraps(), // the first line is a line as it was written, not a paragraph
		renderer.WithNodeRenderers(util.Prioritized(outlineNodes{}, 1)),
	}
}

// outlineNodes renders what outlines have otherwise than documents.
type outlineNodes struct{}

// RegisterFuncs names the kinds of nodes and their renderers.
func (outlineNodes) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindImage, renderAddress)
	r.Register(ast.KindFencedCodeBlock, renderNothing) // a title is no program
	r.Register(ast.KindCodeBlock, renderNothing)
	r.Register(extast.KindTable, renderTable)          // nor a table
	r.Register(extast.KindFootnoteLink, renderNothing) // nor does it end in the number of a footnote
}

func renderNothing(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkSkipChildren, nil
}

// renderTable writes the images of a table, and no text.
func renderTable(w util.BufWriter, source []byte, table ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	err := ast.Walk(table, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Image:
			return renderAddress(w, source, n, entering)
		case *ast.RawHTML:
			for i := 0; entering && i < n.Segments.Len(); i++ {
				segment := n.Segments.At(i)
				_, _ = w.Write(segment.Value(source))
			}
		}
		return ast.WalkContinue, nil
	})
	return ast.WalkSkipChildren, err
}

// renderAddress writes the address of an image as the author did, not percent-encoded, and in the attribute of
// lazy loaders: what stands there is never taken for a placeholder.
func renderAddress(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	address := util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(node.(*ast.Image).Destination)))
	_, _ = w.WriteString(`<img data-src="`)
	_, _ = w.Write(safehtml.AppendEscaped(nil, string(address), true))
	_, err := w.WriteString(`">`)
	return ast.WalkSkipChildren, err
}
