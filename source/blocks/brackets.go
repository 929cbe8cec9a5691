package blocks

import "github.com/yuin/goldmark/ast"

// brackets are those of a block that may begin a link.
type brackets struct {
	block ast.Node
	all   []bracket
}

// bracket is a "[": where it stands, and as which node of its block.
type bracket struct{ at, node int }

// open adds one.
func (b *brackets) open(block ast.Node, at int) {
	if b.block != block {
		b.block, b.all = block, b.all[:0]
	}
	b.all = append(b.all, bracket{at, block.ChildCount()})
}

// close takes the last one away and returns how many nodes stand behind it, for a "]": goldmark looks for a link among them,
// unless those that are open stand too far apart.
func (b *brackets) close(block ast.Node) int {
	const far = 998 // bytes
	if b.block != block || len(b.all) == 0 {
		return 0
	}
	last := b.all[len(b.all)-1]
	if b.all = b.all[:len(b.all)-1]; len(b.all) > 0 && b.all[len(b.all)-1].at-b.all[0].at > far {
		return 0
	}
	return max(block.ChildCount()-last.node, 0)
}
