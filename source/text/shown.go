package text

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Showable returns a name as messages show it: control characters and broken UTF-8 are escaped, so that one message stays one line.
func Showable(name string) string {
	if utf8.ValidString(name) && strings.IndexFunc(name, func(r rune) bool { return !strconv.IsPrint(r) }) < 0 {
		return name
	}
	quoted := strconv.Quote(name)
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(quoted[1 : len(quoted)-1])
}

// Number returns a number that is not negative with commas between thousands: "1,200".
func Number(n int) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
