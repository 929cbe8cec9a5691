package marks

import (
	"regexp"
	"strings"
)

// componentLine matches a line that is nothing but the tag of a component.
var componentLine = regexp.MustCompile(`^[ \t]*<(/?)[A-Z][^<>]*?(/?)>[ \t]*$`)

// dedentComponents drops the indentation of text in components: MDX has no indented code, Markdown has.
func dedentComponents(s string) string {
	if !strings.Contains(s, "\n    ") {
		return s
	}
	var b strings.Builder
	var indents []int // of the text in the components that are open; -1: not yet known
	for line := range strings.Lines(s) {
		bare := strings.TrimLeft(line, " ")
		indent := len(line) - len(bare)
		if tag := componentLine.FindStringSubmatch(strings.TrimSuffix(line, "\n")); tag != nil && tag[2] == "" {
			if tag[1] == "" {
				indents = append(indents, -1)
			} else if len(indents) > 0 {
				indents = indents[:len(indents)-1]
			}
			b.WriteString(bare)
			continue
		}
		if open := len(indents) - 1; open >= 0 && strings.TrimSpace(bare) != "" {
			if indents[open] < 0 {
				indents[open] = indent
			}
			line = line[min(indent, indents[open]):]
		}
		b.WriteString(line)
	}
	return b.String()
}
