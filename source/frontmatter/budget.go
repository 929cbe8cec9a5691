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
	maxMatterNodes = 10_000 // after aliases are followed
)

// errDepth and errNodes refuse front matter that is built to exhaust memory.
var (
	errDepth = errors.New("front matter is nested too deeply")
	errNodes = fmt.Errorf("front matter holds more than %d values (aliases count where they are used)", maxMatterNodes)
)

// budget bounds what one front matter may grow to.
type budget struct{ nodes int }

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
