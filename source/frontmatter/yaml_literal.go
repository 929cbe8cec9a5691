package frontmatter

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// literal is a line whose text is taken as it stands.
type literal struct {
	key          string
	text         string
	line, column int // of the text
}

// warning says why the line is taken as it stands, and how to write it.
func (l literal) warning() string {
	quoted := quoteYAML(l.text)
	switch first := l.text[0]; {
	case first == '[':
		return fmt.Sprintf("%s starts with \"[\", which YAML reads as a list; taken as text. Quote it: %s", l.key, quoted)
	case first == '{':
		return fmt.Sprintf("%s starts with \"{\", which YAML reads as a map; taken as text. Quote it: %s", l.key, quoted)
	case first == '"' || first == '\'':
		return fmt.Sprintf("%s goes on after its closing quote; taken as text. Quote all of it: %s", l.key, quoted)
	case first == '#' || strings.Contains(l.text, " #"):
		return fmt.Sprintf("%s holds a #, after which YAML reads a comment; taken as text. Quote it: %s", l.key, quoted)
	case strings.Contains(l.text, ": ") || strings.HasSuffix(l.text, ":"):
		return fmt.Sprintf("%s holds \": \", which YAML reads as a key; taken as text. Quote it: %s", l.key, quoted)
	}
	return fmt.Sprintf("%s starts with %q, which means something else to YAML; taken as text. Quote it: %s", l.key, l.text[:1], quoted)
}

// maxQuoted is how many characters of a text a warning repeats.
const maxQuoted = 60

// quoteYAML returns a text as YAML has it in quotes, cut short.
func quoteYAML(text string) string {
	if cut := []rune(text); len(cut) > maxQuoted {
		text = string(cut[:maxQuoted]) + "…"
	}
	switch {
	case !strings.ContainsAny(text, `"\`):
		return `"` + text + `"`
	case !strings.Contains(text, "'"):
		return "'" + text + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// literalKeys are the keys whose one-line values people write without thinking of YAML.
func literalKeys() []string { return []string{"title", "excerpt", "description", "summary"} }

// isLiteralKey reports whether a key is one of literalKeys, in any case.
func isLiteralKey(key string) bool {
	for _, known := range literalKeys() {
		if SameKey(key, known) {
			return true
		}
	}
	return false
}

// maxLiterals is how many lines of literalKeys are looked at: real front matter has each of them once.
const maxLiterals = 16

// literalLines finds the one-line texts that YAML cannot read, reads as something else than a
// text or cuts short. root is the whole parsed, nil where that failed.
func literalLines(text string, root *yaml.Node) []literal {
	var found []literal
	candidates := 0
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		key, rest, ok := literalCandidate(line)
		if !ok {
			continue
		}
		if candidates++; candidates > maxLiterals {
			break
		}
		if continues(lines[i+1:]) || root != nil && !mayMislead(root, key, i+1) {
			continue
		}
		if misread(key, rest, text) {
			found = append(found, literal{key: key, text: rest, line: i + 1, column: 1 + len(line) - len(strings.TrimLeft(line[len(key)+1:], " \t"))})
		}
	}
	return found
}

// literalCandidate takes a line apart if it is one of literalKeys at column 1 with a value.
func literalCandidate(line string) (key, rest string, ok bool) {
	key, rest, _ = strings.Cut(line, ":")
	if rest == "" || rest[0] != ' ' && rest[0] != '\t' || !isLiteralKey(key) {
		return "", "", false
	}
	rest = strings.Trim(rest, " \t")
	return key, rest, rest != ""
}

// continues reports whether the value before lines goes on there.
func continues(lines []string) bool {
	for _, l := range lines {
		if strings.Trim(l, " \t") != "" {
			return l[0] == ' ' || l[0] == '\t'
		}
	}
	return false
}

// mayMislead reports whether the mapping has key in a line, with a value without quotes: in quotes it may go on in the next
// line, which needs no indent.
func mayMislead(root *yaml.Node, key string, line int) bool {
	for i := 0; i+1 < len(root.Content); i += 2 {
		if k := root.Content[i]; k.Line == line && k.Value == key {
			return root.Content[i+1].Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0
		}
	}
	return false
}

// misread reports whether YAML makes of rest, alone behind a key, something else than its text.
func misread(key, rest, whole string) bool {
	if name, isAlias := strings.CutPrefix(rest, "*"); isAlias && strings.Contains(whole, "&"+name) {
		return false
	}
	root, err := parseYAML(key + ": " + rest + "\n")
	if err != nil || root == nil || root.Kind != yaml.MappingNode || len(root.Content) != 2 {
		return true
	}
	v := root.Content[1]
	switch {
	case v.Kind != yaml.ScalarNode:
		return true
	case v.Anchor != "":
		return !strings.Contains(whole, "*"+v.Anchor)
	case v.Style&yaml.TaggedStyle != 0:
		return !strings.HasPrefix(v.Tag, "!!")
	}
	return v.Style == 0 && v.Value != rest && (v.Value != "" || isHashtag(rest))
}

// isHashtag tells "#속보 개각" from a comment in the place of a value.
func isHashtag(rest string) bool {
	return len(rest) > 1 && rest[0] == '#' && !strings.ContainsRune("# \t", rune(rest[1]))
}

// blankLines returns the text with an empty quoted value in the place of each literal.
func blankLines(text string, literals []literal) string {
	lines := strings.Split(text, "\n")
	for _, l := range literals {
		lines[l.line-1] = l.key + ": ''"
	}
	return strings.Join(lines, "\n")
}
