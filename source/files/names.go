package files

import (
	"bytes"
	"slices"
)

// child is an entry of a folder that is looked into further.
type child struct {
	name   string // folders end with "/", so that names sort as whole paths do
	folder bool
	link   bool
}

// names holds the children of one folder, packed: a million of them cost little more than their letters.
type names struct {
	blocks [][]byte
	places []uint32 // of each child: its block's number and its offset in it
}

const (
	blockBits = 20 // the bits of an offset
	blockSize = 1 << blockBits
)

// The kinds of a packed child, the byte before its name; two bytes with the length of the name stand between.
const (
	isFile = iota
	isFolder
	isLink
)

// add appends a child. Its name is shorter than 64 KiB, as on any file system.
func (n *names) add(c child) {
	size := 3 + len(c.name)
	last := len(n.blocks) - 1
	if last < 0 || len(n.blocks[last])+size > cap(n.blocks[last]) {
		room := blockSize
		if len(n.blocks) < 4 {
			room = max(4096<<(2*len(n.blocks)), size) // most folders are small
		}
		n.blocks = append(n.blocks, make([]byte, 0, room))
		last++
	}
	kind := byte(isFile)
	switch {
	case c.folder:
		kind = isFolder
	case c.link:
		kind = isLink
	}
	n.places = append(n.places, uint32(last<<blockBits|len(n.blocks[last])))
	n.blocks[last] = append(append(n.blocks[last], kind, byte(len(c.name)>>8), byte(len(c.name))), c.name...)
}

// sort brings the children into the order of whole paths.
func (n *names) sort() {
	slices.SortFunc(n.places, func(a, b uint32) int {
		_, x := n.packed(a)
		_, y := n.packed(b)
		return bytes.Compare(x, y)
	})
}

func (n *names) len() int { return len(n.places) }

// at returns a child.
func (n *names) at(i int) child {
	kind, name := n.packed(n.places[i])
	return child{name: string(name), folder: kind == isFolder, link: kind == isLink}
}

// files returns the children from i on that are no folders, at most limit.
func (n *names) files(i, limit int) (out []child) {
	for ; i < n.len() && len(out) < limit; i++ {
		c := n.at(i)
		if c.folder {
			break
		}
		out = append(out, c)
	}
	return out
}

func (n *names) packed(place uint32) (kind byte, name []byte) {
	b := n.blocks[place>>blockBits][place&(blockSize-1):]
	return b[0], b[3 : 3+(int(b[1])<<8|int(b[2]))]
}
