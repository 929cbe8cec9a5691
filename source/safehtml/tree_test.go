package safehtml_test

import (
	"encoding/xml"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"herald/source/safehtml"
	"herald/source/weburl"
)

// parseIn parses a fragment as a browser does with innerHTML of an element.
func parseIn(context, fragment string, scripting bool) ([]*html.Node, error) {
	parent := &html.Node{Type: html.ElementNode, Data: context, DataAtom: atom.Lookup([]byte(context))}
	return html.ParseFragmentWithOptions(strings.NewReader(fragment), parent, html.ParseOptionEnableScripting(scripting))
}

// knownTokens writes a fragment anew without what Render does not look at, whatever tree it makes: comments and
// doctypes, tags of elements outside of the table, text of raw elements. The text of a <textarea> stays. dropped
// reports whether that may make another tree.
func knownTokens(fragment string) (known string, dropped bool) {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	hidden, raw := false, "" // the next text is that of a raw element; the element
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return b.String(), dropped
		case html.TextToken:
			switch {
			case hidden:
			case raw == "xmp" || raw == "plaintext":
				b.WriteString(string(z.Raw()))
			default:
				b.WriteString(html.EscapeString(string(z.Text())))
			}
			hidden, raw = false, ""
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			tag := string(z.Raw())
			n, _ := z.TagName()
			name := string(n)
			hidden, raw = false, name
			start := kind != html.EndTagToken
			if start && name == "noscript" {
				z.NextIsNotRawText()
			}
			switch {
			case name == "iframe" && start, safehtml.Kind(name) == "raw":
				hidden = start
				if name == "iframe" {
					b.WriteString(tag + "</iframe>")
				}
			case name == "noscript", safehtml.Kind(name) == "break":
				dropped = true
			case safehtml.Kind(name) != "unknown" && name != "iframe":
				b.WriteString(tag)
			default:
				dropped = dropped || name != "iframe"
			}
		case html.DoctypeToken, html.CommentToken:
			dropped = true
		}
	}
}

// How the tree of a fragment stands to its tokens.
const (
	inOrder = iota // each tag makes one element, in the order written
	moved          // elements or texts stand before the table that they were found in
	copied         // a formatting element was made anew behind the end of a block: the writer does not do that
	unread         // the parser refuses the fragment
)

// order numbers all tags and texts of a fragment and looks where the parser puts them.
func order(fragment string) int {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(fragment))
	for n := 0; ; n++ {
		kind := z.Next()
		raw := string(z.Raw())
		switch kind {
		case html.ErrorToken:
			nodes, err := parseIn("body", b.String(), false)
			if err != nil {
				return unread
			}
			return orderOf(nodes)
		case html.TextToken:
			b.WriteString(raw)
			if strings.Trim(raw, asciiSpace) != "" {
				b.WriteString("\ue000" + strconv.Itoa(n) + "\ue001")
			}
			continue
		case html.StartTagToken, html.SelfClosingTagToken:
			tag, _ := z.TagName()
			if string(tag) == "noscript" {
				z.NextIsNotRawText()
			}
			raw = raw[:len(tag)+1] + " n=" + strconv.Itoa(n) + " " + raw[len(tag)+1:]
		}
		b.WriteString(raw)
	}
}

func orderOf(nodes []*html.Node) int {
	var seen []int
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for t := n.Data; n.Type == html.TextNode; {
			_, rest, found := strings.Cut(t, "\ue000")
			if !found {
				break
			}
			number, rest, _ := strings.Cut(rest, "\ue001")
			i, _ := strconv.Atoi(number)
			seen, t = append(seen, i), rest
		}
		for _, a := range n.Attr {
			if i, err := strconv.Atoi(a.Val); err == nil && a.Key == "n" {
				seen = append(seen, i)
			}
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	for _, n := range nodes {
		walk(n)
	}
	sorted := slices.IsSorted(seen)
	slices.Sort(seen)
	switch {
	case len(slices.Compact(slices.Clone(seen))) < len(seen):
		return copied
	case !sorted:
		return moved
	}
	return inOrder
}

// checkTree compares what Render writes with what an independent sanitizer makes of the standard's tree.
func checkTree(t *testing.T, fragment string) {
	t.Helper()
	if beyondTree(fragment) {
		return
	}
	known, dropped := knownTokens(fragment)
	class := order(known)
	nodes, err := parseIn("body", known, false)
	if err != nil || class == unread {
		return
	}
	if slices.ContainsFunc(nodes, unwritable) || class == moved && slices.ContainsFunc(nodes, endsAround) {
		return
	}
	got, want := written(string(safehtml.Render(fragment, nil))), sanitized(nodes)
	if !dropped {
		raw, err := parseIn("body", fragment, false)
		if again := sanitized(raw); err == nil && again != want {
			t.Fatalf("the test's own reading of %q:\n got %s\nwant %s", fragment, want, again)
		}
	}
	switch class {
	case moved: // also out of a <pre>, where white space before the table is written as elsewhere
		got, want = strings.Join(strings.Fields(got), ""), strings.Join(strings.Fields(want), "")
	case copied:
		got, want = onlyText(got), onlyText(want)
	}
	if got != want {
		t.Fatalf("Render(%q), read as %q, class %d:\n got %s\nwant %s", fragment, known, class, got, want)
	}
}

// onlyText returns the letters of a shape without its tags, in a fixed order: all are there, once.
func onlyText(shape string) string {
	var b []rune
	inTag, quoted := false, false
	for _, r := range shape {
		switch {
		case r == '<' && !quoted:
			inTag = true
		case r == '>' && !quoted:
			inTag = false
		case r == '"' && inTag:
			quoted = !quoted
		case !inTag && r > ' ':
			b = append(b, r)
		}
	}
	slices.Sort(b)
	return string(b)
}

// beyondTree reports whether a fragment has what Render treats in its own way on purpose: more depth or attributes
// than it follows, images in <noscript>, which replace one another, NUL, and what pages hide (TestHidden).
func beyondTree(fragment string) bool {
	lower := strings.ToLower(fragment)
	return strings.Contains(lower, "<noscript") && strings.Contains(lower, "<img") || strings.Count(fragment, "<") > 90 || strings.Count(fragment, "=") > 60 || strings.Count(fragment, " ") > 60 ||
		strings.Contains(fragment, "\x00") || slices.ContainsFunc([]string{"<svg", "<template", "<button", "<annotation", "hidden", "class"}, func(s string) bool { return strings.Contains(lower, s) })
}

// unwritable reports whether what the policy makes of a tree would be read as another tree: an <iframe> in a link
// becomes a link, an item of a list stands in an element that is written as a <div>, and an <a> without a target is
// not written between elements that end one another.
func unwritable(n *html.Node) bool {
	if n.Type == html.ElementNode {
		name, written := n.Data, safehtml.WrittenName(n.Data)
		for p := n.Parent; p != nil; p = p.Parent {
			switch {
			case safehtml.Kind(name) == "embed" && p.Data == "a",
				p.Data == "a" && len(safehtml.SafeAttrs("a", p.Attr)) == 0 && strings.Contains(" h1 h2 h3 h4 h5 h6 rt rp ", " "+name+" "),
				strings.Contains(" li dd dt ", " "+name+" ") && written == name && safehtml.WrittenName(p.Data) == "div" && p.Data != "div" && p.Data != "address":
				return true
			}
		}
	}
	return slices.ContainsFunc(slices.Collect(n.ChildNodes()), unwritable)
}

// endsAround reports whether an element stands in one that it would end.
func endsAround(n *html.Node) bool {
	const names = " li dt dd rt rp h1 h2 h3 h4 h5 h6 "
	for p := n.Parent; p != nil && strings.Contains(names, " "+n.Data+" "); p = p.Parent {
		if strings.Contains(names, " "+p.Data+" ") {
			return true
		}
	}
	return slices.ContainsFunc(slices.Collect(n.ChildNodes()), endsAround)
}

// checkStable holds that what was written is read back as it was written, wherever it is put.
func checkStable(t *testing.T, fragment string) {
	t.Helper()
	for _, resolve := range []func(string) string{nil, weburl.Resolver("https://news.example.org/a/")} {
		checkStableWith(t, fragment, resolve)
	}
}

func checkStableWith(t *testing.T, fragment string, resolve func(string) string) {
	t.Helper()
	out := string(safehtml.Render(fragment, resolve))
	if again := string(safehtml.Render(out, resolve)); again != out {
		t.Fatalf("Render of Render(%q):\n got %q\nwant %q", fragment, again, out)
	}
	if strings.Contains(out, "]]>") {
		t.Fatalf("Render(%q) ends a CDATA section: %q", fragment, out)
	}
	for _, context := range []string{"body", "div", "td"} {
		nodes, err := parseIn(context, out, true)
		if err != nil {
			t.Fatalf("parse Render(%q) in <%s>: %v", fragment, context, err)
		}
		if got, want := parsed(nodes), written(out); got != want {
			t.Fatalf("Render(%q) in <%s>:\n got %s\nwant %s", fragment, context, got, want)
		}
		var b strings.Builder
		for _, n := range nodes {
			if err := html.Render(&b, n); err != nil {
				t.Fatal(err)
			}
		}
		again, err := parseIn(context, b.String(), true)
		if got, want := parsed(again), parsed(nodes); err != nil || got != want {
			t.Fatalf("Render(%q), parsed and written in <%s>:\n got %s\nwant %s", fragment, context, got, want)
		}
	}
	d := xml.NewDecoder(strings.NewReader("<div>" + asXHTML(out) + "</div>"))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("Render(%q) as XHTML: %v\n%s", fragment, err, out)
		}
	}
}

// asXHTML closes the elements that have no end tag in HTML.
func asXHTML(out string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(out))
	for z.Next() != html.ErrorToken {
		raw := string(z.Raw())
		if name, _ := z.TagName(); slices.Contains(voids, string(name)) {
			raw = strings.TrimSuffix(raw, ">") + "/>"
		}
		b.WriteString(raw)
	}
	return b.String()
}

// TestNesting lists what becomes of tags that do not nest.
func TestNesting(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"text in a table stands before it", "a <table>b<tr>c<td>d</table>", "a b c<table><tr><td>d</td>\n</tr>\n</table>"},
		{"so does a block", "<table><tr><p>a<td>b</table>", "<p>a</p>\n<table><tr><td>b</td>\n</tr>\n</table>"},
		{"a form around rows is none", "<table><form><tr><td>a</form></table>", "<table><tr><td>a</td>\n</tr>\n</table>"},
		{"a row is implied, its body not written", "<table><td>a</tbody>b</table>", "b<table><tr><td>a</td>\n</tr>\n</table>"},
		{"a table does not stand in a table", "<table><table><td>a</table>", "<table></table>\n<table><tr><td>a</td>\n</tr>\n</table>"},
		{"a heading ends another", "<h1>a<h2>b</h1>c", "<h1>a</h1>\n<h2>b</h2>\nc"},
		{"an item in a box of an item is its own", "<ul><li>a<blockquote><li>b</blockquote>c</ul>", "<ul><li>a<blockquote><li>b</li>\n</blockquote>\nc</li>\n</ul>"},
		{"unless the box is written as a div", "<ul><li>a<fieldset><li>b</ul>", "<ul><li>a<div></div>\n</li>\n<li>b</li>\n</ul>"},
		{"a caption ends a paragraph", "<figure><p>a<figcaption>b</figure>", "<figure><p>a</p>\n<figcaption>b</figcaption>\n</figure>"},
		{"a block keeps an inline end tag out", "<cite><p>a</cite>b", "<cite><p>ab</p>\n</cite>"},
		{"the end of formatting ends the blocks in it", "<b>a<p>b</b>c</p>", "<b>a<p>b</p>\n</b>c"},
		{"formatting ends with its block", "<p><b>a<p>b", "<p><b>a</b></p>\n<p>b</p>"},
		{"readings of characters", "<ruby>a<rt>b<rp>c</ruby>", "<ruby>a<rt>b</rt><rp>c</rp></ruby>"},
		{"a line end of <xmp> is text", "<xmp>\na</xmp>", "<pre>\n\na</pre>"},
		{"</br> is <br>, </p> alone is nothing", "a</br>b</p>c", "a<br>\nbc"},
		{"a quotation of nothing is none", "a<blockquote cite=/x> <!-- x --> <blockquote></blockquote></blockquote><blockquote><br></blockquote>b", "a<blockquote><br>\n</blockquote>\nb"},
		{"elements outside of the table are not there", "<svg><style><img src=/a></style><title>a</title><p>b</svg>", "<p>b</p>"},
	} {
		if got := string(safehtml.Render(c.in, nil)); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestTree(t *testing.T) {
	for _, fragment := range vectors {
		t.Run("", func(t *testing.T) {
			checkTree(t, fragment)
			checkStable(t, fragment)
		})
	}
}

// pieces are what TestTreeOfPieces puts together.
var pieces = strings.Split(`a|b|c | d| e |&amp;|
|<!-- x -->|</p>|</br>|<br>|<hr>|<wbr>|<img src=/a>|<a href=/b>|<a>|</a>|<iframe src=/c></iframe>|<embed src=/d>|<script>x</script>|<style>|</style>|<title>|<textarea>|</textarea>|<xmp>|<source src=/e>|<col>|<span>|</span>|<option>|<svg>|<select>|<button>|</button>|<font>|<a href=#i>|<p id=i>|<a id=i>|<li id=i>|<td id=i>`, "|")

func somePieces(r *rand.Rand) string {
	elements := strings.Fields("a b i code small strong cite mark q sub ruby rt rp video picture noscript article blockquote dd dt dl div details summary figcaption h1 h2 li main ol p pre section table ul address center dialog dir fieldset form listing menu search caption colgroup tbody td tfoot th thead tr table td tr p li b legend body")
	var b strings.Builder
	for range 1 + r.IntN(9) {
		switch name := elements[r.IntN(len(elements))]; r.IntN(5) {
		case 0, 1:
			b.WriteString("<" + name + ">")
		case 2:
			b.WriteString("</" + name + ">")
		default:
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
	}
	return b.String()
}

func TestTreeOfPieces(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 3))
	for range 2000 {
		fragment := somePieces(r)
		checkTree(t, fragment)
		checkStable(t, fragment)
		if r.IntN(8) == 0 { // as deep as it goes
			checkStable(t, strings.Repeat("<div>", 97)+fragment)
		}
	}
}

// FuzzTree parses what was written, and compares it with what the standard's tree holds.
func FuzzTree(f *testing.F) {
	for _, fragment := range vectors {
		f.Add(fragment)
	}
	f.Fuzz(func(t *testing.T, fragment string) {
		checkTree(t, fragment)
		checkStable(t, fragment)
	})
}
