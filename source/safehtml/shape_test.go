package safehtml_test

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"herald/source/safehtml"
	"herald/source/text"
)

const asciiSpace = " \t\n\r\f"

// shape is what a fragment shows, in a form that two fragments can be compared in: elements and letters in their order.
// White space counts in a <pre> only, and not at its beginning. A <tbody> or <colgroup> that HTML makes itself is left
// out, and so is a <p> or <div> that holds nothing (a browser makes one of "</p>" and of a <form> in a table), or a <blockquote> (it is not written).
type shape struct {
	out  []string
	open []int // where in out the open elements begin, -1 for those left out
	pre  int
}

func (s *shape) String() string { return text.NFC(strings.Join(s.out, "")) }

func (s *shape) start(name string, attrs []html.Attribute) {
	s.open = append(s.open, len(s.out))
	if name == "pre" {
		s.pre++
	}
	if (name == "tbody" || name == "colgroup") && len(attrs) == 0 {
		s.open[len(s.open)-1] = -1
		return
	}
	tag := "<" + name
	byKey := func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) } // the parser sorts some
	for _, a := range slices.SortedFunc(slices.Values(attrs), byKey) {
		tag += fmt.Sprintf(" %s=%q", a.Key, a.Val)
	}
	s.out = append(s.out, tag+">")
}

func (s *shape) end(name string) {
	if name == "pre" {
		s.pre--
	}
	from := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	switch {
	case from < 0:
	case (name == "p" || name == "div" || name == "blockquote") && from == len(s.out)-1:
		s.out = s.out[:from]
	default:
		s.out = append(s.out, "</"+name+">")
	}
}

func (s *shape) text(t string) {
	t = text.CleanString(t)
	switch {
	case s.pre == 0:
		t = strings.Join(strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune(asciiSpace, r) }), "")
	case strings.HasPrefix(s.out[len(s.out)-1], "<pre"):
		t = strings.TrimLeft(t, "\r\n")
	}
	if t = strings.ReplaceAll(t, "\r", ""); t != "" {
		s.out = append(s.out, t)
	}
}

var voids = []string{"br", "col", "hr", "img", "source", "wbr"}

// written returns the shape of what Render wrote, as its tags nest and without any rule of HTML.
func written(out string) string {
	var s shape
	z := html.NewTokenizer(strings.NewReader(out))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return s.String()
		case html.TextToken:
			s.text(string(z.Text()))
		case html.StartTagToken:
			t := z.Token()
			s.start(t.Data, t.Attr)
			if slices.Contains(voids, t.Data) {
				s.end(t.Data)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			s.end(string(name))
		}
	}
}

// parsed returns the shape of nodes as they are.
func parsed(nodes []*html.Node) string {
	var s shape
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			s.text(n.Data)
		case html.ElementNode:
			s.start(n.Data, n.Attr)
			for c := range n.ChildNodes() {
				walk(c)
			}
			s.end(n.Data)
		}
	}
	for _, n := range nodes {
		walk(n)
	}
	return s.String()
}

// sanitized returns the shape that the policy makes of nodes: an independent sanitizer, over a tree.
func sanitized(nodes []*html.Node) string {
	w := policyWalk{}
	for _, n := range nodes {
		w.node(n)
	}
	return w.shape.String()
}

type policyWalk struct {
	shape shape
	open  []string // names of the elements of HTML around
	shown []string // and how they are written
}

func (w *policyWalk) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		w.text(n.Data)
	case n.Type == html.ElementNode && safehtml.Kind(n.Data) != "raw":
		w.element(n)
	}
}

func (w *policyWalk) text(t string) {
	if len(w.open) > 0 && slices.Contains([]string{"table", "tbody", "thead", "tfoot", "tr", "colgroup"}, w.open[len(w.open)-1]) {
		return // white space: everything else stands before the table
	}
	w.shape.text(t)
}

// around reports whether an element of names is open, behind none of the limits.
func (w *policyWalk) around(limits []string, names ...string) bool {
	for _, name := range slices.Backward(w.open) {
		if slices.Contains(names, name) {
			return true
		}
		if slices.Contains(limits, name) {
			return false
		}
	}
	return false
}

func (w *policyWalk) element(n *html.Node) {
	attrs, name := safehtml.SafeAttrs(n.Data, n.Attr), safehtml.WrittenName(n.Data)
	has := func(key string) bool {
		return slices.ContainsFunc(attrs, func(a html.Attribute) bool { return a.Key == key })
	}
	inTable := n.Parent != nil && slices.Contains([]string{"table", "tbody", "thead", "tfoot", "tr"}, n.Parent.Data)
	switch {
	case safehtml.Kind(n.Data) == "break":
		w.children(n)
		return
	case safehtml.Kind(n.Data) == "embed":
		w.link(n, attrs)
		return
	case n.Data == "form" && inTable, n.Data == "noscript", safehtml.Kind(n.Data) == "unknown":
		name = ""
	case n.Data == "a" && (!has("href") || w.around([]string{"td", "th", "caption"}, "a")):
		name = ""
	case n.Data == "img" && !has("src"):
		return
	case n.Data == "source" && (!w.around(nil, "picture", "video", "audio") || !has("src") && !has("srcset")):
		return
	case n.Data == "video" || n.Data == "audio":
		attrs = append(attrs, html.Attribute{Key: "controls"})
	}
	if name != "" {
		w.shape.start(name, attrs)
		w.shown = append(w.shown, name)
	} else if n.Data == "a" {
		w.shown = append(w.shown, "")
	}
	shown := len(w.shown)
	w.children(n)
	if name != "" {
		w.shape.end(name)
		w.shown = w.shown[:shown-1]
	} else if n.Data == "a" {
		w.shown = w.shown[:shown-1]
	}
}

func (w *policyWalk) children(n *html.Node) {
	if safehtml.Kind(n.Data) != "unknown" {
		w.open = append(w.open, n.Data)
		defer func(depth int) { w.open = w.open[:depth] }(len(w.open) - 1)
	}
	for c := range n.ChildNodes() {
		w.node(c)
	}
}

// link shows an <iframe> or <embed>.
func (w *policyWalk) link(n *html.Node, attrs []html.Attribute) {
	src, title := "", ""
	for _, a := range attrs {
		switch a.Key {
		case "src":
			src = a.Val
		case "title":
			title = a.Val
		}
	}
	if src == "" {
		return
	}
	if title == "" {
		title = src
	}
	flow := []string{"div", "section", "article", "aside", "figure", "blockquote", "main", "header", "footer"}
	alone := len(w.shown) == 0 || slices.Contains(flow, w.shown[len(w.shown)-1])
	if alone {
		w.shape.start("p", nil)
	}
	w.shape.start("a", []html.Attribute{{Key: "href", Val: src}})
	w.shape.text(strings.Trim(title, asciiSpace))
	w.shape.end("a")
	if alone {
		w.shape.end("p")
	}
}

// withDescendants ranges over a node and all below it.
func withDescendants(n *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		if !yield(n) {
			return
		}
		for d := range n.Descendants() {
			if !yield(d) {
				return
			}
		}
	}
}
