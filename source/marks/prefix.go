package marks

import "strings"

// containerPrefix returns the marks of quotations and lists that a line begins with, with the white space around them.
func containerPrefix(line string) string {
	for at := 0; ; {
		for at < len(line) && (line[at] == ' ' || line[at] == '\t') {
			at++
		}
		size := containerMark(line[at:])
		if size == 0 {
			return line[:at]
		}
		at += size
	}
}

// containerMark returns the length of the mark of a quotation or of an item of a list that a text begins with, or 0.
func containerMark(s string) int {
	size := len(s) - len(strings.TrimLeft(s[:min(len(s), 10)], "0123456789")) - max(0, len(s)-10)
	switch {
	case s == "":
		return 0
	case s[0] == '>':
		return 1
	case size > 0 && size < 10 && size < len(s) && (s[size] == '.' || s[size] == ')'):
		size++
	case s[0] == '-' || s[0] == '*' || s[0] == '+':
		size = 1
	default:
		return 0
	}
	if size < len(s) && s[size] != ' ' && s[size] != '\t' {
		return 0
	}
	return size
}

// quotePrefix returns a prefix as a further line of the same containers has it: markers of lists are white space.
func quotePrefix(prefix string) string {
	return strings.Map(func(r rune) rune {
		if r == '>' || r == '\t' {
			return r
		}
		return ' '
	}, prefix)
}

// contentsMarks are the marks in whose place a table of contents stands.
var contentsMarks = []string{"[toc]", "[[toc]]", "[[_toc_]]", "@[toc]", "${toc}"}

// tableOfContents returns the length of the mark of a table of contents that a text begins with, or 0.
func tableOfContents(s string) int {
	for _, m := range contentsMarks {
		if len(s) >= len(m) && strings.EqualFold(s[:len(m)], m) {
			return len(m)
		}
	}
	return 0
}
