package markup

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// spacedTarget is the inline parser of images whose address holds spaces and ends like the name of a file of an image
// ("![a](/b c.png)"), which editors write and CommonMark takes for text. kramdown takes any such address, and that of a link.
type spacedTarget struct{ any bool }

// Trigger implements parser.InlineParser.
func (p spacedTarget) Trigger() []byte {
	if p.any {
		return []byte{'!', '['}
	}
	return []byte{'!'}
}

const maxSpacedTarget = 1000 // bytes

// Parse implements parser.InlineParser.
func (p spacedTarget) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	line = line[:min(len(line), maxSpacedTarget)]
	from := bytes.IndexByte(line[:min(len(line), 2)], '[') + 1
	if from == 0 {
		return nil
	}
	label := bytes.IndexAny(line[from:], "[]\n") + from
	if label < from || !bytes.HasPrefix(line[label:], []byte("](")) {
		return nil
	}
	end := closingBracket(line[label+2:]) + label + 2
	if end < label+2 {
		return nil
	}
	link := ast.NewLink()
	link.Destination, link.Title = cutImageTitle(bytes.TrimSpace(line[label+2 : end]))
	if !p.takes(link.Destination, line[from:label], from == 1) {
		return nil
	}
	if label > from {
		link.AppendChild(link, ast.NewTextSegment(text.NewSegment(segment.Start+from, segment.Start+label)))
	}
	block.Advance(end + 1)
	if from == 2 {
		return ast.NewImage(link)
	}
	return link
}

// takes reports whether an address is none of CommonMark, and one here. The label of a link is text as it is: one that holds
// marks is left to CommonMark.
func (p spacedTarget) takes(address, label []byte, isLink bool) bool {
	if !bytes.ContainsAny(address, " \t") || isLink && bytes.ContainsAny(label, "*_~`<!&\\") {
		return false
	}
	return p.any || slices.Contains(imageEndings, strings.ToLower(path.Ext(string(address))))
}

var imageEndings = []string{".apng", ".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"}

// closingBracket returns the offset of the ")" that ends a target in its line, -1 for none.
func closingBracket(s []byte) int {
	open := 0
	for i, c := range s {
		switch c {
		case '(':
			open++
		case '<', '>', '\n':
			return -1
		case ')':
			if open--; open < 0 {
				return i
			}
		}
	}
	return -1
}

// cutImageTitle takes the title off the address of an image.
func cutImageTitle(s []byte) (address, title []byte) {
	if len(s) < 3 || s[len(s)-1] != '"' {
		return s, nil
	}
	at := bytes.LastIndexByte(s[:len(s)-1], '"')
	if at < 1 || s[at-1] != ' ' {
		return s, nil
	}
	return bytes.TrimSpace(s[:at]), s[at+1 : len(s)-1]
}
