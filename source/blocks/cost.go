package blocks

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"herald/source"
)

// cost is what the text that is parsed with a context costs beyond what its length says.
type cost struct {
	text   []byte
	spent  [len(bounds)]int
	excess *source.ArticleError

	brackets brackets
	bars     int // behind a backslash, in tables
	ticks    int // of code, likewise
}

// kind is what costs.
type kind int

const (
	steps  kind = iota // of searches
	cells              // that the rows of tables lack, and that are filled in
	copied             // bytes of targets and titles that references repeat
	nested             // lines, in each list and quotation that they stand in
	notes              // references to footnotes
	defined
)

// bounds are far beyond what people write, and far below what hurts.
var bounds = [...]struct {
	most int
	what string
}{
	steps:   {30_000_000, "links and footnotes of long paragraphs take more than %d steps to find; end paragraphs with blank lines"},
	cells:   {50_000, "the rows of tables lack more than %d of the cells that their headers have"},
	copied:  {1_000_000, "references to targets of links repeat more than %d bytes of them"},
	nested:  {500_000, "nested lists and quotations hold more than %d lines; a line counts in each that it stands in"},
	notes:   {5_000, "there are more than %d references to footnotes"},
	defined: {20_000, "there are more than %d footnotes"},
}

var costKey = parser.NewContextKey()

func costOf(reader text.Reader, pc parser.Context) *cost {
	return pc.ComputeIfAbsent(costKey, func() any { return &cost{text: reader.Source()} }).(*cost)
}

// Excess returns what in the text that was parsed with a context costs too much, with its line in the text; nil for nothing.
// What is beyond a bound was read as text.
func Excess(pc parser.Context) *source.ArticleError {
	c, _ := pc.Get(costKey).(*cost)
	if c == nil {
		return nil
	}
	return c.excess
}

// spend reports whether what is read at an offset of the text may cost so much more.
func (c *cost) spend(k kind, more, at int) bool {
	if c.spent[k] += more; c.spent[k] <= bounds[k].most {
		return true
	}
	c.spent[k] = bounds[k].most + 1
	if c.excess == nil {
		line := 1 + bytes.Count(c.text[:min(max(at, 0), len(c.text))], []byte("\n"))
		c.excess = source.Refuse(line, 0, fmt.Sprintf(bounds[k].what, bounds[k].most))
	}
	return false
}

// left reports whether anything of a kind may still be spent.
func (c *cost) left(k kind) bool { return c.spent[k] <= bounds[k].most }
