package frontmatter

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// parseFlush parses a text again in which the later lines of a quoted value that stand at column 1 are moved in, as the parsers of
// Ruby and JavaScript read them. Where that does not help, it returns what it was given.
func parseFlush(text string, failed error) (string, *yaml.Node, error) {
	moved := moveIn(text)
	if moved == text {
		return text, nil, failed
	}
	root, err := parseYAML(moved)
	if err != nil {
		return text, nil, failed
	}
	return moved, root, nil
}

// moveIn puts a space before the lines at column 1 that lie inside the quoted value of a key at column 1.
func moveIn(text string) string {
	var b strings.Builder
	var quote byte
	for line := range strings.Lines(text) {
		rest := line
		if quote == 0 {
			quote, rest = opensQuote(line)
		} else if line[0] != ' ' && line[0] != '\t' && line[0] != '\n' {
			b.WriteByte(' ')
		}
		b.WriteString(line)
		if quote != 0 && closesQuote(rest, quote) {
			quote = 0
		}
	}
	return b.String()
}

// opensQuote returns the quote with which the value of a key at column 1 begins, and what stands behind it; 0 where it begins
// otherwise.
func opensQuote(line string) (quote byte, rest string) {
	key, value, found := strings.Cut(line, ":")
	trimmed := strings.TrimLeft(value, " \t")
	if !found || key == "" || strings.ContainsAny(key[:1], " \t\"'#-") || trimmed == value || trimmed == "" || trimmed[0] != '"' && trimmed[0] != '\'' {
		return 0, ""
	}
	return trimmed[0], trimmed[1:]
}

// closesQuote reports whether a quoted value ends in a line of it.
func closesQuote(line string, quote byte) bool {
	for i := 0; i < len(line); i++ {
		switch {
		case quote == '"' && line[i] == '\\', quote == '\'' && strings.HasPrefix(line[i:], "''"):
			i++
		case line[i] == quote:
			return true
		}
	}
	return false
}
