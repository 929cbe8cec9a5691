package lint

import (
	"bytes"
	"strings"

	"herald/source/finding"
	"herald/source/xmlscan"
)

func (c *checker) run() {
	c.stack = []*node{{row: &row{kids: roots}, kids: map[string]int{}}}
	for {
		switch c.scan.Next() {
		case xmlscan.Done:
			return
		case xmlscan.Start:
			c.start()
		case xmlscan.Text:
			if n := c.stack[len(c.stack)-1]; n.row.check != nil {
				n.text = append(n.text, c.scan.Data...)
			} else if !n.row.free && len(bytes.TrimSpace(c.scan.Data)) > 0 {
				c.report(n, "UnexpectedText", n.path()+" "+finding.Quote(string(bytes.TrimSpace(c.scan.Data))))
			}
		case xmlscan.End:
			c.end()
		}
	}
}

func (c *checker) start() {
	s, parent := c.scan, c.stack[len(c.stack)-1]
	n := &node{parent: parent, attrs: s.Attrs, line: s.Line, offset: s.Offset}
	if len(c.stack) == 1 {
		c.namespace(n)
	}
	prefix, known := spaces[s.Space]
	if s.Space == c.own {
		prefix, known = "", true
	}
	n.name = prefix + s.Name
	n.row = parent.row.kids[n.name]
	switch {
	case n.row != nil:
	case parent.row.free || !known && s.Space != "":
		n.row = &row{free: true}
	default:
		c.report(n, "UndefinedElement", n.path())
		n.row = &row{free: true}
	}
	if n.row.kids != nil {
		n.kids, n.texts = map[string]int{}, map[string]string{}
	}
	if n.row.one && parent.kids[n.name] > 0 {
		c.report(n, "DuplicateElement", n.path()+" appears twice")
	}
	if parent.kids != nil {
		parent.kids[n.name]++
	}
	c.stack = append(c.stack, n)
	if n.row.open != nil {
		n.row.open(c, n)
	}
}

// namespace judges that of the root, which the tables leave out.
func (c *checker) namespace(n *node) {
	space := c.scan.Space
	switch prefix, known := spaces[space]; {
	case known && prefix == "":
		return
	case space == "":
		c.report(n, "MissingNamespace", "<"+c.scan.Name+">")
	case strings.HasPrefix(space, "http://www.google.com/schemas/sitemap/0.8"):
		c.report(n, "ObsoleteNamespace", finding.Quote(space))
	default:
		c.report(n, "InvalidNamespace", "<"+c.scan.Name+"> is in "+finding.Quote(space))
	}
	if _, known := spaces[space]; !known {
		c.own = space
	}
}

func (c *checker) end() {
	n := c.stack[len(c.stack)-1]
	c.stack = c.stack[:len(c.stack)-1]
	if n.row.check != nil {
		s := string(bytes.TrimSpace(n.text))
		if s == "" {
			c.report(n, "NotBlank", n.path())
		} else {
			n.row.check(c, n, s)
		}
		if n.parent.texts != nil && n.parent.texts[n.name] == "" {
			n.parent.texts[n.name] = s
		}
	}
	for name, kid := range n.row.kids {
		if kid.required && n.kids[name] == 0 {
			c.report(n, "MissingElement", "<"+n.name+"> has no <"+name+">")
		}
	}
	if n.row.close != nil {
		n.row.close(c, n)
	}
}
