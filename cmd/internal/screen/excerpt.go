package screen

import (
	"fmt"
	"strings"
	"unicode"
)

// Excerpt prints a line of a file with a mark below a column of it; nothing where there is no line. Line and column count from 1,
// the column in characters.
func (s Screen) Excerpt(text string, line, column int) {
	if strings.TrimSpace(text) == "" || line < 1 || column < 1 {
		return
	}
	runes := []rune(strings.TrimRight(text, " \t\r\n"))
	at := min(column-1, len(runes))
	from, before := 0, ""
	if at > excerptBefore {
		from, before = at-excerptBefore, "…"
	}
	end, behind := len(runes), ""
	if end > at+excerptBehind {
		end, behind = at+excerptBehind, "…"
	}
	shown := before + strings.ReplaceAll(string(runes[from:end]), "\t", " ") + behind
	number := fmt.Sprint(line)
	fmt.Fprintf(s.out, "  %s | %s\n", number, Printable(shown))
	fmt.Fprintf(s.out, "  %s | %s^\n", strings.Repeat(" ", len(number)), strings.Repeat(" ", width(before)+width(string(runes[from:at]))))
}

// How many characters of a line stand before and behind the marked one at most.
const (
	excerptBefore = 60
	excerptBehind = 60
)

// width is how many columns of a terminal a text takes (Unicode, East Asian Width: W and F take two).
func width(text string) (columns int) {
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		case r >= 0x1100 && (r <= 0x115F || r >= 0x2E80 && r <= 0xA4CF || r >= 0xAC00 && r <= 0xD7A3 || r >= 0xF900 && r <= 0xFAFF ||
			r >= 0xFE30 && r <= 0xFE6F || r >= 0xFF00 && r <= 0xFF60 || r >= 0xFFE0 && r <= 0xFFE6 || r >= 0x1F300 && r <= 0x1FAFF || r >= 0x20000 && r <= 0x3FFFD):
			columns += 2
		default:
			columns++
		}
	}
	return columns
}
