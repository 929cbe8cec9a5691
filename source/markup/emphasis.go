package markup

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// emphasis is the inline parser of "*", "_" and "~~", in place of goldmark's own ones. It differs in three ways:
//
//   - beside letters of Korean, Chinese and Japanese, which need no spaces between words, punctuation does not keep
//     a run from beginning or ending emphasis (`**"인용"**이라고`); see flanks
//   - one "~" is a tilde ("3~5"), and so are three and more
//   - pairs are found in linear time; goldmark's search takes the square of the number of runs
//
// Runs stay in the tree as delimiters until their block ends, when pairDelimiters makes emphasis of them. Those in the
// text of a link are children of the link by then, and find no partner outside of it.
type emphasis struct{}

// delimitersSeen tells whether the block that is read has any.
var delimitersSeen = parser.NewContextKey()

// Trigger implements parser.InlineParser.
func (emphasis) Trigger() []byte { return []byte{'*', '_', '~'} }

// Parse implements parser.InlineParser: it takes a whole run.
func (emphasis) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	previous := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	n := 1
	for n < len(line) && line[n] == line[0] {
		n++
	}
	block.Advance(n)
	segment = segment.WithStop(segment.Start + n)
	if line[0] == '~' && n != 2 {
		return ast.NewTextSegment(segment)
	}
	d := &delimiter{segment: segment, written: n, char: line[0]}
	beside := neighbours{before: previous, after: ' '}
	if n < len(line) {
		beside.after, _ = utf8.DecodeRune(line[n:])
	}
	if n >= 2 {
		beside.letterBefore = letterBefore(block.Source()[:segment.Start])
		beside.letterAfter = letterAfter(line[n:])
	}
	d.opens, d.ends = beside.flanks(d.char)
	pc.Set(delimitersSeen, true)
	return d
}

// CloseBlock implements parser.CloseBlocker.
func (emphasis) CloseBlock(parent ast.Node, _ text.Reader, pc parser.Context) {
	if pc.Get(delimitersSeen) != nil {
		pc.Set(delimitersSeen, nil)
		pairDelimiters(parent)
	}
}

// neighbours are the characters beside a run of delimiters. The letters are those behind the punctuation beside it,
// 0 for none near by.
type neighbours struct{ before, after, letterBefore, letterAfter rune }

// flanks reports whether a run may begin and end emphasis (CommonMark section 6.2). There, punctuation inside of the
// run asks for a space or punctuation outside of it; here, a character of Korean, Chinese or Japanese will do on
// either side, and their punctuation asks for nothing. "_" is for those who put spaces between words.
func (n neighbours) flanks(char byte) (opens, ends bool) {
	spaceBefore, spaceAfter := isSpace(n.before), isSpace(n.after)
	markBefore, markAfter := isPunctuation(n.before), isPunctuation(n.after)
	if char == '_' {
		left := !spaceAfter && (!markAfter || spaceBefore || markBefore)
		right := !spaceBefore && (!markBefore || spaceAfter || markAfter)
		return left && (!right || markBefore), right && (!left || markAfter)
	}
	easternBefore, easternAfter := isEastern(n.before), isEastern(n.after)
	opens = !spaceAfter && (!markAfter || spaceBefore || markBefore || easternBefore || easternAfter || isEastern(n.letterAfter))
	ends = !spaceBefore && (!markBefore || spaceAfter || markAfter || easternBefore || easternAfter || isEastern(n.letterBefore))
	return opens, ends
}

// nearPunctuation is how much punctuation may stand between a run and a letter: quotation marks, brackets, a full stop.
const nearPunctuation = 4

// letterBefore returns the character before the punctuation that a text ends with, 0 for none near by.
func letterBefore(s []byte) rune {
	for range nearPunctuation {
		r, size := utf8.DecodeLastRune(s)
		if !isPunctuation(r) {
			return r
		}
		s = s[:len(s)-size]
	}
	return 0
}

// letterAfter returns the character behind the punctuation that a text begins with, 0 for none near by.
func letterAfter(s []byte) rune {
	for range nearPunctuation {
		r, size := utf8.DecodeRune(s)
		if !isPunctuation(r) {
			return r
		}
		s = s[size:]
	}
	return 0
}

func isPunctuation(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func isSpace(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Zs, r) }

// isEastern reports the letters and the punctuation of Korean, Chinese and Japanese, in any width.
func isEastern(r rune) bool {
	if r < 0x1100 {
		return false
	}
	return unicode.In(r, unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo) ||
		r >= 0x3000 && r <= 0x303F || r >= 0xFE30 && r <= 0xFE4F || r >= 0xFF00 && r <= 0xFFEF
}
