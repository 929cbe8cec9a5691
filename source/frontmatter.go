package source

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// The bounds of front matter. Real ones hold some dozen keys and a few kilobytes; what goes
// beyond is a broken file or an attack, and is refused before it costs memory.
const (
	maxMatterBytes = 1 << 20
	maxMatterDepth = 64
	maxMatterNodes = 10_000 // after aliases are followed
)

// matter is a file taken apart.
type matter struct {
	present  bool
	fields   []field // top level, keys unique, in the order of the file
	body     string
	plain    bool     // nothing in the file needs cleaning
	prepared string   // the article's body, for outline and digest
	scanned  *Outline // what outline found
	warnings []Warning
}

// field is one key and its value.
type field struct {
	key   string
	value value
}

// valueKind says what a value is.
type valueKind uint8

const (
	null valueKind = iota
	scalar
	list
	mapping
)

// value is what stands behind a key, the same for YAML, TOML and JSON.
type value struct {
	kind         valueKind
	text         string // of a scalar, as written: 1.10 stays "1.10"
	plain        bool   // a YAML scalar without quotes
	items        []value
	fields       []field
	line, column int // of the value in the file; column 0 is unknown
}

// scalarValue gives a scalar, or null where YAML 1.2 section 10.2 reads it so.
func scalarValue(text string, plain bool) value {
	if plain {
		switch text {
		case "", "~", "null", "Null", "NULL":
			return value{}
		}
	}
	return value{kind: scalar, text: text, plain: plain}
}

// refusal makes the error that refuses an article for a fault at a place in its file. Parse adds
// the file's name.
func refusal(line, column int, reason string) *ArticleError {
	return &ArticleError{Line: line, Column: column, Reason: reason}
}

// splitMatter takes the front matter off text, which Clean has cleaned. Blank lines may precede
// it. Text without front matter is all body.
func splitMatter(text string) (matter, error) {
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
	return matter{body: text}, nil
}

// readFields reads front matter of one kind from text, whose line 1 is the file's.
type readFields func(text string) ([]field, []Warning, error)

// readMatter reads front matter that stands between two fence lines. read gets everything before
// the closing fence, so that its lines count as the file's do.
func readMatter(text string, start int, fence string, read readFields) (matter, error) {
	end, body := findFence(text, start, fence)
	opening := 1 + strings.Count(text[:start], "\n")
	switch {
	case end < 0:
		return matter{}, refusal(opening, 1, fmt.Sprintf("front matter has no end: a line %q is missing", fence))
	case end-start > maxMatterBytes:
		return matter{}, refusal(opening, 1, fmt.Sprintf("front matter is larger than %d bytes", maxMatterBytes))
	}
	fields, warnings, err := read(text[:end])
	if err != nil {
		return matter{}, err
	}
	return matter{present: true, fields: fields, body: text[body:], warnings: warnings}, nil
}

// findFence looks for the closing line after the opening one at start; YAML may also end with
// "...". It gives the offsets of the line and of what follows it, or -1.
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

// lookup gives the value of the first of keys that is there and not null.
func (m *matter) lookup(keys ...string) (string, value) {
	for _, key := range keys {
		for _, f := range m.fields {
			if f.key == key && f.value.kind != null {
				return key, f.value
			}
		}
	}
	return "", value{}
}

// maxWarnings is how many warnings front matter gives at most.
const maxWarnings = 20

// warn notes something odd about a value.
func (m *matter) warn(v value, format string, args ...any) {
	if len(m.warnings) >= maxWarnings {
		return
	}
	m.warnings = append(m.warnings, Warning{v.line, v.column, fmt.Sprintf(format, args...)})
}

// brief cuts a text that a message repeats.
func brief(text string) string {
	const limit = 60
	if text = oneLine(text); utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text[:min(len(text), limit*utf8.UTFMax)])[:limit]) + "…"
}

// errDepth and errNodes refuse front matter that is built to exhaust memory.
var (
	errDepth = errors.New("front matter is nested too deeply")
	errNodes = fmt.Errorf("front matter holds more than %d values (aliases count where they are used)", maxMatterNodes)
)

// budget bounds what one front matter may grow to.
type budget struct{ nodes int }

// spend takes one node at a depth from the budget.
func (b *budget) spend(depth int) error {
	b.nodes++
	switch {
	case depth > maxMatterDepth:
		return errDepth
	case b.nodes > maxMatterNodes:
		return errNodes
	}
	return nil
}

// checkUnique refuses keys that stand twice.
func checkUnique(fields []field) error {
	seen := make(map[string]int, len(fields))
	for _, f := range fields {
		if line, twice := seen[f.key]; twice {
			return refusal(f.value.line, f.value.column, fmt.Sprintf("front matter: the key %q stands twice, first in line %d", f.key, line))
		}
		seen[f.key] = f.value.line
	}
	return nil
}
