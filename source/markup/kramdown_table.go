package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// looseTable makes tables of the paragraphs that have a "|" in each of their lines: with a header where the second line
// is one of dashes, and with all cells that a row has.
type looseTable struct{}

// Transform implements parser.ParagraphTransformer.
func (looseTable) Transform(node *ast.Paragraph, reader text.Reader, _ parser.Context) {
	table, source := extast.NewTable(), reader.Source()
	for i := range node.Lines().Len() {
		line := node.Lines().At(i)
		row := tableRow(line, source)
		switch {
		case row == nil:
			return
		case !isSeparator(line.Value(source)):
			table.AppendChild(table, row)
		case bytes.IndexByte(line.Value(source), '=') < 0 && table.ChildCount() == 1 && table.FirstChild().Kind() == extast.KindTableRow:
			header := table.FirstChild().(*extast.TableRow)
			table.RemoveChild(table, header)
			table.Alignments = alignments(row, source)
			table.AppendChild(table, extast.NewTableHeader(header))
		}
	}
	if !table.HasChildren() {
		return
	}
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		align(row, table.Alignments)
	}
	table.SetPos(node.Pos())
	node.Parent().ReplaceChild(node.Parent(), node, table)
}

// isSeparator reports a line between the rows of a table.
func isSeparator(line []byte) bool { return len(bytes.Trim(line, "|-=:+ \t\n")) == 0 }

// alignments returns what the cells of a line of dashes say of their columns.
func alignments(row *extast.TableRow, source []byte) (all []extast.Alignment) {
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		dashes := cell.Lines().Value(source)
		left, right := bytes.HasPrefix(dashes, []byte(":")), bytes.HasSuffix(dashes, []byte(":"))
		switch {
		case left && right:
			all = append(all, extast.AlignCenter)
		case left:
			all = append(all, extast.AlignLeft)
		case right:
			all = append(all, extast.AlignRight)
		default:
			all = append(all, extast.AlignNone)
		}
	}
	return all
}

func align(row ast.Node, columns []extast.Alignment) {
	cell := row.FirstChild()
	for i := 0; i < len(columns) && cell != nil; i, cell = i+1, cell.NextSibling() {
		cell.(*extast.TableCell).Alignment = columns[i]
	}
}

// tableRow returns the row of a table that a line is, nil for none. A "|" in code or behind a backslash is text.
func tableRow(line text.Segment, source []byte) *extast.TableRow {
	line = line.TrimLeftSpace(source)
	line = line.TrimRightSpace(source)
	s := line.Value(source)
	row := extast.NewTableRow(nil)
	row.SetPos(line.Start)
	from, bars := 0, 0
	for at := 0; at < len(s); {
		switch {
		case s[at] == '\\':
			at += 2
		case s[at] == '`':
			at += codeSpanLength(s[at:])
		case s[at] == '|':
			if at > 0 {
				addCell(row, text.NewSegment(line.Start+from, line.Start+at), source)
			}
			bars++
			at++
			from = at
		default:
			at++
		}
	}
	if from < len(s) {
		addCell(row, text.NewSegment(line.Start+from, line.Stop), source)
	}
	if bars == 0 {
		return nil
	}
	return row
}

func addCell(row *extast.TableRow, segment text.Segment, source []byte) {
	cell := extast.NewTableCell()
	cell.SetPos(segment.Start)
	segment = segment.TrimLeftSpace(source)
	cell.Lines().Append(segment.TrimRightSpace(source))
	row.AppendChild(row, cell)
}

// codeSpanLength returns the length of the code that begins with the backticks at the start of a line, or theirs.
func codeSpanLength(s []byte) int {
	n := len(s) - len(bytes.TrimLeft(s, "`"))
	for at := n; at < len(s); {
		next := bytes.IndexByte(s[at:], '`')
		if next < 0 {
			break
		}
		at += next
		run := len(s[at:]) - len(bytes.TrimLeft(s[at:], "`"))
		if at += run; run == n {
			return at
		}
	}
	return n
}
