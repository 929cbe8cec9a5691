package generator

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// OneLine returns text that others wrote as one printable line.
func OneLine(s string) string {
	return strings.Map(DropUnprintable, strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " "))
}

// DropUnprintable drops what YAML allows nowhere in a file, and the marks that change the line
// or the order of letters unseen.
func DropUnprintable(r rune) rune {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0, r == 0xfeff, r == 0xfffe, r == 0xffff, r == 0x2028, r == 0x2029:
		return -1
	}
	return r
}

// HasFrontMatter looks whether a file begins as files with front matter do.
func HasFrontMatter(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 64)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	line, _, _ := strings.Cut(strings.TrimPrefix(string(head[:n]), "\uFEFF"), "\n")
	line = strings.TrimRight(line, " \t\r")
	return line == "---" || line == "+++" || strings.HasPrefix(line, "{")
}

// Counted returns "1 thing", "2 things".
func Counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
