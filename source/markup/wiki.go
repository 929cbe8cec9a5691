package markup

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"

	"herald/source"
	"herald/source/text"
)

// wikiLinks makes links of "[[name]]", "[[name|label]]" and "[[name#heading]]" where an article has that name. Where none
// has, the label stays; without a label all of it stays as it is written, for it may be no link at all.
type wikiLinks struct{}

// Trigger returns the byte that a wiki link begins with.
func (wikiLinks) Trigger() []byte { return []byte{'['} }

// wikiFind is where the context of a conversion holds its find.
var wikiFind = parser.NewContextKey()

// withWiki returns the context of a conversion that looks names up with find, nil for none.
func withWiki(find find) parser.Context {
	c := parser.NewContext()
	if find != nil {
		c.Set(wikiFind, find)
	}
	return c
}

// maxWiki bounds a wiki link, in bytes.
const maxWiki = 500

// Parse reads a wiki link.
func (wikiLinks) Parse(_ ast.Node, block gmtext.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if len(line) < 5 || line[1] != '[' {
		return nil
	}
	find, _ := pc.Get(wikiFind).(find)
	end := bytes.Index(line[:min(len(line), maxWiki)], []byte("]]"))
	if find == nil || end < 0 || bytes.ContainsAny(line[2:end], "[]") {
		return nil
	}
	if after := line[end+2:]; len(after) > 0 && (after[0] == '(' || after[0] == '[') {
		return nil // a link with brackets in its text
	}
	url, label, is := wikiLink(string(line[2:end]), find)
	if !is {
		return nil
	}
	block.Advance(end + 2)
	words := ast.NewString([]byte(label))
	if url == "" {
		return words
	}
	link := ast.NewLink()
	link.Destination = []byte(escapeURL(url))
	link.AppendChild(link, words)
	return link
}

// wikiLink returns the URL and the text of what stands between the brackets. It is no link where no article has the name
// and there is no label.
func wikiLink(inner string, find find) (url, label string, is bool) {
	name, label, labelled := strings.Cut(inner, "|")
	name = strings.TrimSuffix(name, `\`) // in a table
	target, heading, _ := strings.Cut(name, "#")
	if name == "" || name != strings.TrimSpace(name) || !strings.ContainsFunc(name, unicode.IsLetter) {
		return "", "", false
	}
	if label = strings.TrimSpace(label); label == "" {
		label, labelled = strings.TrimPrefix(name, "#"), false
	}
	known := false
	if target != "" {
		url, known = find(source.Ref{Kind: source.RefName, Target: text.NFC(target)})
	}
	place := fragment(heading)
	switch {
	case target == "" && place != "":
		return place, label, true // a heading of this page
	case url != "":
		return url + place, label, true
	}
	return "", label, labelled && known
}

// fragment returns the fragment that generators give a heading.
func fragment(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(heading)) {
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r), r == '-', r == '_':
			b.WriteRune(r)
		case r == ' ':
			b.WriteByte('-')
		}
	}
	if b.Len() == 0 || strings.HasPrefix(heading, "^") {
		return ""
	}
	return "#" + b.String()
}
