package markup

import (
	"cmp"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	gmtext "github.com/yuin/goldmark/text"

	"herald/source"
	"herald/source/safehtml"
	"herald/source/text"
)

// cutMarkdownTitle is CutTitle for Markdown. The title is the text of the first heading or the first line of the first
// paragraph, whichever comes first; comments, targets of links, code, tables, images and tables of contents are none.
func cutMarkdownTitle(b source.Body) (title, rest string) {
	s := strings.ReplaceAll(strings.ReplaceAll(b.Text, "\r\n", "\n"), "\r", "\n")
	head := beginning(s)
	w, found := searchTitle(b.Markup, head)
	if len(head) < len(s) && (!found || strings.Contains(w.title, "[")) { // the target of a link may stand further down
		w, found = searchTitle(b.Markup, s)
	}
	if !found {
		return "", b.Text
	}
	return text.NFC(w.title), withoutLine(s, w.from, w.to)
}

// beginning returns the first paragraphs of a long text.
func beginning(s string) string {
	const long = 1 << 13
	if len(s) <= long {
		return s
	}
	if end := strings.LastIndex(s[:long], "\n\n"); end > 0 {
		return s[:end+1]
	}
	return strings.ToValidUTF8(s[:long], "")
}

func searchTitle(markup source.Markup, s string) (w titleSearch, found bool) {
	w = titleSearch{text: s, markup: markup}
	w.doc = dialects()[markup].document.Parser().Parse(gmtext.NewReader([]byte(s)))
	return w, w.look(w.doc)
}

// titleSearch looks for the title of a text.
type titleSearch struct {
	text     string
	markup   source.Markup
	doc      ast.Node
	shown    bool // code or a table was passed over: lines of text that follow are not cut out
	title    string
	from, to int // the lines to cut out
}

// look looks through the blocks in a node and reports whether one of them holds the title.
func (w *titleSearch) look(parent ast.Node) bool {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		found := false
		switch block := n.(type) {
		case *ast.Heading:
			found = w.heading(n)
		case *ast.Paragraph, *ast.TextBlock:
			found = w.paragraph(n)
		case *ast.LinkReferenceDefinition:
		case *ast.HTMLBlock:
			found = w.html(block)
		case *ast.CodeBlock, *ast.FencedCodeBlock, *extast.Table:
			w.shown = true
		default:
			found = w.look(n)
		}
		if found {
			return true
		}
	}
	return false
}

// heading takes a heading with all its lines.
func (w *titleSearch) heading(n ast.Node) bool {
	from, to := w.lines(n)
	if to == 0 {
		return false
	}
	mark := strings.TrimRight(w.text[from:n.Lines().At(0).Start], " \t")
	if next, _, _ := strings.Cut(w.text[to:], "\n"); isUnderline(next) && !strings.HasSuffix(mark, "#") {
		to += min(len(next)+1, len(w.text)-to)
	}
	o := w.outline(w.text[from:to])
	w.title, w.from, w.to = cmp.Or(o.Heading, o.FirstLine), from, to
	return w.title != ""
}

// paragraph takes the first line with text of a paragraph.
func (w *titleSearch) paragraph(n ast.Node) bool {
	from, to := w.lines(n)
	for line := range strings.Lines(w.text[from:to]) {
		if t := lineTitle(w.markup, line); t != "" {
			w.title = cmp.Or(w.outline(w.text[from:to]).FirstLine, t)
			if !w.shown {
				w.from, w.to = from, from+len(line)
			}
			return true
		}
		from += len(line)
	}
	return false
}

// html takes the first line with text of a block of HTML, and cuts it out if it is a heading by itself.
func (w *titleSearch) html(n *ast.HTMLBlock) bool {
	from, to := w.lines(n)
	if n.HasClosure() {
		to = n.ClosureLine.Stop
	}
	block := w.text[from:to]
	if begin := strings.TrimLeft(block, " "); text.HasPrefixFold(begin, "<table") || text.HasPrefixFold(begin, "<pre") {
		w.shown = true
		return false
	}
	o := safehtml.Scan(block)
	if w.title = cmp.Or(o.Heading, o.FirstLine); w.title == "" {
		return false
	}
	line, _, _ := strings.Cut(block, "\n")
	if safehtml.Scan(line).Heading == w.title && strings.HasSuffix(strings.TrimSpace(line), ">") {
		w.from, w.to = from, from+len(line)
	}
	return true
}

// outline reads the outline of a part of the text. Links in it find their targets wherever they stand.
func (w *titleSearch) outline(part string) safehtml.Outline {
	if strings.Contains(part, "[") {
		var targets strings.Builder
		for n := w.doc.FirstChild(); n != nil; n = n.NextSibling() {
			if n.Kind() == ast.KindLinkReferenceDefinition && targets.Len() < maxTargetText {
				from, to := w.lines(n)
				targets.WriteString("\n\n" + strings.TrimSpace(w.text[from:to]))
			}
		}
		part += targets.String()
	}
	return Scan(source.Body{Markup: w.markup, Text: part})
}

const maxTargetText = 1 << 14 // bytes of targets that are looked at for a title

// lines returns the lines of the text that a block stands on.
func (w *titleSearch) lines(n ast.Node) (from, to int) {
	segments := n.Lines()
	if segments.Len() == 0 {
		return 0, 0
	}
	from = strings.LastIndexByte(w.text[:segments.At(0).Start], '\n') + 1
	to = segments.At(segments.Len() - 1).Stop
	if to > from && w.text[to-1] == '\n' {
		return from, to
	}
	if end := strings.IndexByte(w.text[to:], '\n'); end >= 0 {
		return from, to + end + 1
	}
	return from, len(w.text)
}

// isUnderline reports the second line of a setext heading (CommonMark section 4.3).
func isUnderline(line string) bool {
	line = strings.Trim(line, " \t>")
	return line != "" && (strings.Trim(line, "=") == "" || strings.Trim(line, "-") == "")
}
