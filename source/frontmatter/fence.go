package frontmatter

import (
	"strings"

	"herald/source"
)

// readFields reads front matter of one kind from text, whose line 1 is the file's.
type readFields func(text string) ([]Field, []source.Warning, error)

// openingEnd returns the offset behind the line of the opening fence.
func openingEnd(text string) int {
	start := len(text) - len(strings.TrimLeft(text, " \t\n"))
	if n := strings.IndexByte(text[start:], '\n'); n >= 0 {
		return start + n + 1
	}
	return len(text)
}

// findFence looks for the closing line after the opening one at start; YAML may also end with
// "...". It returns the offsets of the line and of what follows it, or -1.
func findFence(text string, start int, fence string) (end, body int) {
	for pos := start; ; {
		n := strings.IndexByte(text[pos:], '\n')
		if n < 0 {
			return -1, -1
		}
		pos += n + 1
		rest := text[pos:]
		if !strings.HasPrefix(rest, fence) && (fence != "---" || !strings.HasPrefix(rest, "...")) {
			continue
		}
		line, _, found := strings.Cut(rest, "\n")
		if strings.TrimRight(line[3:], " \t") != "" {
			continue
		}
		body = pos + len(line)
		if found {
			body++
		}
		return pos, body
	}
}
