package markup

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"

	"herald/source/text"
)

// bareLinks is the inline parser of addresses that stand in a text as they are: those of the web as the extended
// autolinks of GitHub with letters of any script, all others as goldmark has them.
type bareLinks struct{ parser.InlineParser }

// Trigger implements parser.InlineParser: an address stands behind white space or a bracket. goldmark asks for white
// space at the start of a line and behind other inline elements too.
func (bareLinks) Trigger() []byte { return []byte{' ', '('} }

// Parse implements parser.InlineParser.
func (b bareLinks) Parse(parent ast.Node, block gmtext.Reader, pc parser.Context) ast.Node {
	if pc.IsInLinkLabel() {
		return nil
	}
	line, segment := block.PeekLine()
	lead := 0
	if c := line[0]; c == ' ' || c == '(' {
		lead = 1
	}
	host, protocol := webHost(line[lead:])
	if host == 0 {
		return b.InlineParser.Parse(parent, block, pc)
	}
	before := block.PrecendingCharacter()
	n := addressLength(line[lead:], host, lead == 0 && before == '\n')
	if n == 0 {
		return nil
	}
	if lead > 0 {
		ast.MergeOrAppendTextSegment(parent, segment.WithStop(segment.Start+lead))
	}
	block.Advance(lead + n)
	start := segment.Start + lead
	link := ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(gmtext.NewSegment(start, start+n)))
	link.Protocol = protocol
	return link
}

// webHost returns where the host of the address that a text begins with begins, and the protocol that the address
// lacks; 0 where there is no address.
func webHost(s []byte) (host int, lacks []byte) {
	if len(s) == 0 || s[0] != 'h' && s[0] != 'w' {
		return 0, nil
	}
	for _, scheme := range []string{"https://", "http://"} {
		if bytes.HasPrefix(s, []byte(scheme)) {
			return len(scheme), nil
		}
	}
	if www := "www."; bytes.HasPrefix(s, []byte(www)) {
		return len(www), []byte("http")
	}
	return 0, nil
}

// addressLength returns the length of the address that a text begins with, 0 for none. alone means that it begins a
// line: where it ends the line as well, it is taken whole. Elsewhere it ends before the words that follow it without a space.
func addressLength(s []byte, host int, alone bool) int {
	if !isHost(s[host:]) {
		return 0
	}
	if alone {
		if end := addressEnd(s, host, false); len(bytes.TrimSpace(s[end:])) == 0 {
			return trimAddress(s[:end])
		}
	}
	return trimAddress(s[:addressEnd(s, host, true)])
}

// addressEnd returns where an address ends at the latest, its host being good.
func addressEnd(s []byte, host int, cut bool) int {
	inHost, open := true, 0
	for at := host; at < len(s); {
		r, size := utf8.DecodeRune(s[at:])
		switch {
		case endsAddress(r) || r == '~' && bytes.HasPrefix(s[at:], []byte("~~")):
			return at
		case r == '/' || r == '?' || r == '#':
			inHost = false
		case r == '(':
			open++
		case r == ')':
			open--
		case cut && r >= utf8.RuneSelf && endsWord(s[at-1]) && (inHost || open < 0 || isStop(s[at-1]) || beginsWords(s[at:], r)):
			return at
		}
		at += size
	}
	return len(s)
}

// endsAddress reports the characters that are in no address.
func endsAddress(r rune) bool {
	switch r {
	case '<', '"', '`', '*', '|', '\\', utf8.RuneError:
		return true
	}
	return r <= ' ' || unicode.IsSpace(r) || r >= utf8.RuneSelf && isPunctuation(r) && (isEastern(r) || unicode.In(r, unicode.Pi, unicode.Pf))
}

// endsWord reports the bytes behind which a letter that is not ASCII may be that of the next word.
func endsWord(c byte) bool {
	return text.IsAlphanumeric(c) || strings.IndexByte(")]}", c) >= 0 || isStop(c)
}

// isStop reports the punctuation behind which a new sentence begins.
func isStop(c byte) bool { return strings.IndexByte(".,;!'", c) >= 0 }

// beginsWords reports whether what follows in the path of an address is words and not part of it ("…/path를",
// "…/path页面"). Korean words end at a space, so that there only the particles are such ("…/wiki/C언어").
func beginsWords(s []byte, r rune) bool {
	if !unicode.Is(unicode.Hangul, r) {
		return true
	}
	return slices.ContainsFunc(particles, func(particle string) bool {
		rest, found := bytes.CutPrefix(s, []byte(particle))
		next, _ := utf8.DecodeRune(rest)
		return found && (len(rest) == 0 || endsAddress(next) || next < utf8.RuneSelf && isPunctuation(next))
	})
}

// particles are the Korean endings that stand directly behind a noun, here an address.
var particles = []string{
	"가", "이", "은", "는", "을", "를", "의", "에", "와", "과", "도", "만", "로", "으로", "에서", "에게", "에는", "에도", "에서는", "에서도",
	"까지", "부터", "처럼", "보다", "라고", "이라고", "라는", "이라는", "란", "이란", "나", "이나", "이고", "이며", "이다", "입니다", "인", "께", "하고", "에서의", "로의", "으로는", "로는",
}

// trimAddress returns the length of an address without the punctuation of the sentence around it (the rule of GitHub).
func trimAddress(s []byte) int {
	surplus := bytes.Count(s, []byte(")")) - bytes.Count(s, []byte("("))
	for end := len(s); end > 0; end-- {
		switch s[end-1] {
		case '?', '!', '.', ',', ':', '\'', '_', '~':
		case ')':
			if surplus--; surplus < 0 {
				return end
			}
		case ';':
			name := end - 1
			for name > 0 && text.IsAlphanumeric(s[name-1]) {
				name--
			}
			if name == 0 || name == end-1 || s[name-1] != '&' {
				return end
			}
			end = name
		default:
			return end
		}
	}
	return 0
}

const maxHost = 255 // bytes

// isHost reports whether a text begins with a host: letters and digits of any script, in two parts or more.
func isHost(s []byte) bool {
	end := 0
	for end < min(len(s), maxHost) {
		r, size := utf8.DecodeRune(s[end:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '-' && r != '_' && r != '.' {
			break
		}
		end += size
	}
	parts := strings.Split(strings.TrimRight(string(s[:end]), "."), ".")
	for i, part := range parts {
		if part == "" || i >= len(parts)-2 && strings.Contains(part, "_") {
			return false
		}
	}
	return len(parts) > 1
}
