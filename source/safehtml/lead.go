package safehtml

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"herald/source/text"
)

// isMore reports whether the inside of a comment ends the summary of the body that it stands in: "more" (Hugo, Hexo,
// Zola; WordPress writes the words of a link behind it) and "truncate" (Docusaurus).
func isMore(comment string) bool {
	comment, ended := strings.CutSuffix(comment, ">")
	comment = strings.TrimLeft(comment, "- \t\n")
	for _, word := range []string{"more", "truncate"} {
		if ended && text.HasPrefixFold(comment, word) && strings.HasSuffix(comment, "--") && !text.IsAlphanumeric(comment[len(word)]) {
			return true
		}
	}
	return false
}

// shownText returns the text of HTML as a reader sees it, blocks separated by spaces; it stops once it has about
// limit bytes, or where the summary ends, which more reports where all before it was returned. The marks of footnotes are left out, and so are the
// footnotes behind the text.
func shownText(body string, limit int) (shown string, more bool) {
	var t plainRun
	z := bodyTokens(body)
	for len(t.text) < limit {
		kind := z.next()
		if z.more || kind == tokenEnd || !t.add(&z, kind, limit) {
			break
		}
	}
	return text.Collapse(string(t.text)), z.more && len(t.text) <= limit-utf8.UTFMax
}

// plainRun is the text of HTML that was read so far.
type plainRun struct {
	text  []byte
	lists int    // open numbered lists
	list  int    // where the outermost of them began
	note  int    // where the text of the link of a footnote began
	ahead string // the fragment that the link leads to
}

// add adds a token; it is false at the first footnote behind the text.
func (t *plainRun) add(z *tokenizer, kind tokenKind, limit int) bool {
	switch {
	case kind == tokenText:
		t.text = append(t.text, cutText(z.decoded(), limit)...)
	case z.data == "a" && kind == tokenStart:
		t.note, t.ahead = len(t.text), noteOf(z.attrs)
	case z.data == "a" && t.ahead != "":
		if isNoteMark(string(t.text[t.note:])) {
			t.text = t.text[:t.note]
			if t.lists > 0 && strings.Contains(t.ahead, "ref") { // "fnref:1" is the place of its mark
				t.text = t.text[:t.list]
				return false
			}
		}
		t.ahead = ""
	case isBlock(z.data):
		t.countList(z.data, kind)
		t.text = append(t.text, ' ')
	}
	return true
}

func (t *plainRun) countList(name string, kind tokenKind) {
	switch {
	case name != "ol":
	case kind == tokenClose:
		t.lists = max(0, t.lists-1)
	default:
		if t.lists == 0 {
			t.list = len(t.text)
		}
		t.lists++
	}
}

// noteFragment is how the programs that make footnotes name them, and the places of their marks; Render sets a prefix
// before that.
var noteFragment = regexp.MustCompile(`^(?:x[0-9a-f]{8}-)*(?:user-content-)?(?:fn(?:ref)?[^a-z]|fn(?:ref)?$|footnote|cite_(?:note|ref)|_ftn|easy-footnote)`)

// noteOf returns the fragment that a link leads to if it is named like one of a footnote or of the place of its mark.
func noteOf(attrs []rawAttr) string {
	for _, a := range attrs {
		if !strings.EqualFold(a.key, "href") {
			continue
		}
		_, fragment, _ := strings.Cut(a.value(), "#")
		if noteFragment.MatchString(fragment) {
			return fragment
		}
	}
	return ""
}

// isNoteMark reports whether the text of a link is the mark of a footnote, or an arrow back to it.
func isNoteMark(label string) bool {
	label = strings.Trim(text.Collapse(label), "[]()^{} \u00a0")
	return utf8.RuneCountInString(label) <= 3 || strings.ContainsAny(label, "↩↑⏎")
}
