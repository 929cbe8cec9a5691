// Package yamlhint finds what people most likely wrote wrong in YAML that a parser refuses. The parser names the line at which
// it gave up, or where the mapping began; they want the one to mend, and how.
package yamlhint

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Hint is a likely fault. Line and Column count from 1, Column in characters; Remedy says what to do.
type Hint struct {
	Line, Column int
	Remedy       string
}

// Find returns the first likely fault of a text that a YAML parser refused; false: none is known.
func Find(text string) (Hint, bool) {
	var open levels
	flow := 0   // how many [ and { are open
	block := -1 // the indent of the key whose text block (| or >) goes on; -1: none does
	rest := text
	for i, line := range strings.Split(text, "\n") {
		_, rest, _ = strings.Cut(rest, "\n")
		line = strings.TrimRight(line, "\r")
		indent := len(line) - len(strings.TrimLeft(line, " "))
		if strings.TrimSpace(line) == "" || block >= 0 && indent > block {
			continue
		}
		block = -1
		if line[indent] == '#' {
			continue
		}
		column, remedy := fault(line, indent, rest)
		if remedy == "" && flow <= 0 {
			column, remedy = open.misplaced(line, indent, i+1)
		}
		flow += strings.Count(line, "[") + strings.Count(line, "{") - strings.Count(line, "]") - strings.Count(line, "}")
		if remedy != "" {
			return Hint{i + 1, column, remedy}, true
		}
		if blockText.MatchString(line) {
			block = indent
		}
	}
	return Hint{}, false
}

var (
	blockText = regexp.MustCompile(`(?:^|[\s:-])[|>][-+0-9]*(?:\s+#.*)?$`)
	glued     = regexp.MustCompile(`^\s*(?:- +)*([\p{L}_][\p{L}\p{N}_-]*):([{\["'\p{L}\p{N}./])`)
	equals    = regexp.MustCompile(`^\s*(?:- +)*([\p{L}_][\p{L}\p{N}_.]*)\s*=\s*\S`)
	unquoted  = regexp.MustCompile("^(\\s*(?:- )?[^\\s:#][^:#]*:\\s+|\\s*- )(?:\\[[^\\]]*\\]\\s*[^\\s,#\\]}]|\"[^\"]*\"\\s*[^\\s,#\\]}]|[@%`]|\\*[/*\\s])")
	asking    = regexp.MustCompile(`[{\[,]\s*(?:[\p{L}_][\p{L}\p{N}_-]*:\s+)?([^\s"'{}\[\],#][^"'{}\[\],]*\?)`)
	braced    = regexp.MustCompile(`[{\[][^"'#]*[^"'#\$]\$\{`)
)

// fault returns what is wrong with a line before the rest of a text, and where; "" for nothing that is known.
func fault(line string, indent int, rest string) (column int, remedy string) {
	if indent < len(line) && line[indent] == '\t' {
		return indent + 1, "indent with spaces, not with tabs"
	}
	if at, name := OddSpace(line); name != "" {
		return characters(line, at), fmt.Sprintf("type a plain space here: this is a %s", name)
	}
	if at := unquoted.FindStringSubmatch(line); at != nil {
		return characters(line, len(at[1])), "quote a value that begins with [, @, *, % or a quote and goes on after it"
	}
	if at := braced.FindStringIndex(line); at != nil {
		return characters(line, at[1]-2), "quote a value with ${…} inside [ ] or { }"
	}
	if at := asking.FindStringSubmatchIndex(line); at != nil && strings.ContainsAny(line[:at[2]], "[{") {
		return characters(line, at[2]), "quote a value with a question mark inside [ ] or { }"
	}
	if at := keyed.FindStringSubmatchIndex(line); at != nil {
		return valueFault(line, at[1], rest)
	}
	if at := glued.FindStringSubmatchIndex(line); at != nil && line[at[4]:] != "" && !strings.HasPrefix(line[at[3]:], "://") {
		return characters(line, at[4]), fmt.Sprintf("write a space after %q", line[at[2]:at[3]]+":")
	}
	if at := equals.FindStringSubmatchIndex(line); at != nil {
		return characters(line, at[3]), fmt.Sprintf("write %q in place of =", line[at[2]:at[3]]+": ")
	}
	return 0, ""
}

// valueFault returns what is wrong with the value that begins at a byte of a line, before the rest of a text.
func valueFault(line string, from int, rest string) (column int, remedy string) {
	value := line[from:]
	if value == "" {
		return 0, ""
	}
	column = characters(line, from)
	switch first := value[0]; first {
	case '"', '\'':
		if !strings.Contains(strings.ReplaceAll(value[1:], `\"`, ""), string(first)) && strings.Count(rest, string(first))%2 == 0 {
			return column, "the quote that opens here has no end"
		}
	case '[', '{':
		if end := map[byte]string{'[': "]", '{': "}"}[first]; strings.Count(value+rest, string(first)) > strings.Count(value+rest, end) {
			return column, fmt.Sprintf("the %c that opens here has no %s", first, end)
		}
	case '|', '>', '&', '*', '!', '#':
	default:
		value, _, _ = strings.Cut(value, " #")
		if strings.Contains(value, ": ") || strings.HasSuffix(value, ":") {
			return column, `quote a value that holds ": "`
		}
	}
	return 0, ""
}

// characters returns the column of a byte of a line.
func characters(line string, at int) int { return utf8.RuneCountInString(line[:at]) + 1 }
