package markup

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// delimiter is a run of "*", "_" or "~" whose partner is yet to be found.
type delimiter struct {
	ast.BaseInline
	segment      text.Segment // what no emphasis has taken so far
	written      int          // the length of the run
	char         byte
	opens, ends  bool
	before, next *delimiter // those that may still find a partner
}

var kindDelimiter = ast.NewNodeKind("Delimiter")

// Kind implements ast.Node.
func (*delimiter) Kind() ast.NodeKind { return kindDelimiter }

// Dump implements ast.Node.
func (d *delimiter) Dump(source []byte, level int) {
	ast.DumpHelper(d, source, level, map[string]string{"Run": string(d.segment.Value(source))}, nil)
}

// pairDelimiters makes emphasis of the delimiters among the children of a node and among those of the links in it, as
// the algorithm "process emphasis" of CommonMark does. What finds no partner is text.
func pairDelimiters(parent ast.Node) {
	head := &delimiter{}
	last := head
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		switch d := c.(type) {
		case *delimiter:
			d.before, last.next = last, d
			last = d
		case *ast.Link, *ast.Image:
			pairDelimiters(c)
		}
	}
	bottoms := map[bottom]int{}
	for closer := head.next; closer != nil; {
		if !closer.ends {
			closer = closer.next
			continue
		}
		key := bottom{closer.char, closer.opens, closer.written % 3}
		opener := closer.opener(bottoms[key])
		if opener != nil {
			wrap(parent, opener, closer)
		} else {
			bottoms[key] = closer.segment.Start
		}
		next := closer.next
		switch {
		case closer.segment.IsEmpty(), opener == nil && !closer.opens:
			closer.drop()
			closer = next
		case opener == nil:
			closer = next
		}
	}
	for d := head.next; d != nil; d = d.next {
		d.drop()
	}
}

// bottom says of which delimiters it is known that they find no partner before an offset.
type bottom struct {
	char   byte
	opens  bool
	length int // modulo 3
}

// opener returns the nearest delimiter before d, and not before an offset, that d can end, or nil.
func (d *delimiter) opener(from int) *delimiter {
	for o := d.before; o.written > 0 && o.segment.Start >= from; o = o.before {
		if !o.opens || o.char != d.char {
			continue
		}
		both := o.ends || d.opens
		if !both || (o.written+d.written)%3 != 0 || o.written%3 == 0 {
			return o
		}
	}
	return nil
}

// wrap moves what stands between two delimiters into a new node of emphasis, and takes from both what it costs.
func wrap(parent ast.Node, opener, closer *delimiter) {
	level := 1
	if opener.segment.Len() >= 2 && closer.segment.Len() >= 2 {
		level = 2
	}
	var node ast.Node = ast.NewEmphasis(level)
	if opener.char == '~' {
		node = extast.NewStrikethrough()
	}
	for d := opener.next; d != closer; d = d.next {
		d.drop()
	}
	for c := opener.NextSibling(); c != ast.Node(closer); c = opener.NextSibling() {
		node.AppendChild(node, c)
	}
	parent.InsertAfter(parent, opener, node)
	opener.segment.Stop -= level
	closer.segment.Start += level
	if opener.segment.IsEmpty() {
		opener.drop()
	}
}

// drop takes a delimiter out of the list; what is left of it is text.
func (d *delimiter) drop() {
	d.before.next = d.next
	if d.next != nil {
		d.next.before = d.before
	}
	if parent := d.Parent(); d.segment.IsEmpty() {
		parent.RemoveChild(parent, d)
	} else {
		ast.MergeOrReplaceTextSegment(parent, d, d.segment)
	}
}
