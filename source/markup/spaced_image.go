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

// spacedImage is the inline parser of images whose address holds spaces and ends like the name of a file of an image
// ("![a](/b c.png)"), which editors write and CommonMark takes for text.
type spacedImage struct{}

// Trigger implements parser.InlineParser.
func (spacedImage) Trigger() []byte { return []byte{'!'} }

const maxSpacedImage = 1000 // bytes

// Parse implements parser.InlineParser.
func (spacedImage) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	line = line[:min(len(line), maxSpacedImage)]
	if !bytes.HasPrefix(line, []byte("![")) {
		return nil
	}
	label := bytes.IndexAny(line[2:], "[]\n") + 2
	if label < 2 || !bytes.HasPrefix(line[label:], []byte("](")) {
		return nil
	}
	from := label + 2
	end := from + closingBracket(line[from:])
	if end < from {
		return nil
	}
	address, title := cutImageTitle(bytes.TrimSpace(line[from:end]))
	if !bytes.ContainsAny(address, " \t") || !slices.Contains(imageEndings, strings.ToLower(path.Ext(string(address)))) {
		return nil
	}
	link := ast.NewLink()
	link.Destination, link.Title = address, title
	image := ast.NewImage(link)
	if label > 2 {
		image.AppendChild(image, ast.NewTextSegment(text.NewSegment(segment.Start+2, segment.Start+label)))
	}
	block.Advance(end + 1)
	return image
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
