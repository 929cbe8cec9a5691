package frontmatter

import (
	"fmt"
	"strings"

	"herald/source"
)

// Split takes the front matter off text, which text.Clean has cleaned. Blank lines may precede
// it. Text without front matter is all body.
func Split(text string) (Matter, error) {
	start := len(text) - len(strings.TrimLeft(text, " \t\n"))
	start = strings.LastIndexByte(text[:start], '\n') + 1 // the first line that is not blank
	first, _, _ := strings.Cut(text[start:], "\n")
	switch first = strings.TrimRight(first, " \t"); {
	case first == "---":
		return readMatter(text, start, "---", yamlFields)
	case first == "+++":
		return readMatter(text, start, "+++", tomlFields)
	case beginsJSON(text[start:]):
		return jsonMatter(text, start)
	}
	return Matter{Body: text}, nil
}

// readFields reads front matter of one kind from text, whose line 1 is the file's.
type readFields func(text string) ([]Field, []source.Warning, error)

// readMatter reads front matter that stands between two fence lines. read gets everything before
// the closing fence, so that its lines count as the file's do.
func readMatter(text string, start int, fence string, read readFields) (Matter, error) {
	end, body := findFence(text, start, fence)
	opening := 1 + strings.Count(text[:start], "\n")
	switch {
	case end < 0:
		return Matter{}, source.Refuse(opening, 1, fmt.Sprintf("front matter has no end: a line %q is missing", fence))
	case end-start > maxMatterBytes:
		return Matter{}, source.Refuse(opening, 1, fmt.Sprintf("front matter is larger than %d bytes", maxMatterBytes))
	}
	fields, warnings, err := read(text[:end])
	if err != nil {
		return Matter{}, err
	}
	return Matter{Present: true, Fields: fields, Body: text[body:], Warnings: warnings}, nil
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
