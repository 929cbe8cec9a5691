package screen

import (
	"fmt"
	"strings"

	"herald/source/text"
)

// Excerpt prints a line of a file with a mark below a column of it; nothing where there is no line. Line and column count from 1,
// the column in characters.
func (s Screen) Excerpt(of string, line, column int) {
	if strings.TrimSpace(of) == "" || line < 1 || column < 1 {
		return
	}
	runes := []rune(strings.TrimRight(of, " \t\r\n"))
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
	fmt.Fprintf(s.out, "  %s | %s^\n", strings.Repeat(" ", len(number)), strings.Repeat(" ", text.Columns(before+string(runes[from:at]))))
}

// How many characters of a line stand before and behind the marked one at most.
const (
	excerptBefore = 60
	excerptBehind = 60
)
