package frontmatter

import (
	"errors"
	"fmt"
)

// The bounds of front matter. Real ones hold some dozen keys and a few kilobytes; what goes
// beyond is a broken file or an attack, and is refused before it costs memory.
const (
	maxMatterBytes = 1 << 20
	maxMatterDepth = 64
	maxMatterNodes = 10_000  // after aliases are followed
	maxMatterMarks = 100_000 // line ends, commas and the like, before it is parsed
	maxMatterText  = 4 << 20 // bytes of texts, likewise
)

// These refuse front matter that is built to exhaust memory.
var (
	errDepth = errors.New("front matter is nested too deeply")
	errText  = fmt.Errorf("front matter holds texts of more than %d bytes (aliases count where they are used)", maxMatterText)
	errMarks = fmt.Errorf("front matter holds more than %d line ends and marks of YAML or TOML", maxMatterMarks)
	errNodes = fmt.Errorf("front matter holds more than %d values (aliases count where they are used)", maxMatterNodes)
)

// budget bounds what one front matter may grow to.
type budget struct{ nodes, text int }

// spend takes one node at a depth from the budget.
func (b *budget) spend(depth int) error {
	b.nodes++
	switch {
	case depth > maxMatterDepth:
		return errDepth
	case b.nodes > maxMatterNodes:
		return errNodes
	}
	return nil
}

// spendText takes a text from the budget.
func (b *budget) spendText(s string) error {
	if b.text += len(s); b.text > maxMatterText {
		return errText
	}
	return nil
}
