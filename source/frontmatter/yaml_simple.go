package frontmatter

import "strings"

// simpleYAML reads the subset of YAML that nearly all front matter is written in, ten times
// faster than a YAML parser: keys at column 1 with plain or quoted one-line scalars, lists of
// those ("- a" lines or "[a, b]") and block scalars. It gives up (false) at anything else, and
// wherever it does not give up, its result is what yaml.v3 reads; tests compare the two.
func simpleYAML(text string) (fields []Field, ok bool) {
	if odd(text) {
		return nil, false
	}
	s := simple{text: text}
	fields = make([]Field, 0, 8)
	for s.next() && s.blank() {
	}
	for more := s.next(); more; {
		if s.blank() || s.line[0] == '#' {
			more = s.next()
			continue
		}
		key, rest, ok := cutKey(s.line)
		if !ok || len(fields) == maxSimpleKeys || strings.HasPrefix(rest, "[") && isLiteralKey(key) {
			return nil, false
		}
		v, ok := s.value(rest)
		if !ok {
			return nil, false
		}
		fields = append(fields, Field{key, v})
		more = !s.done
	}
	return fields, true
}

// maxSimpleKeys is how many keys are read by hand.
const maxSimpleKeys = 200

// simple goes through a text line by line.
type simple struct {
	text   string // from the current line on
	after  int    // length of the current line with its end
	line   string // without the line end
	number int
	done   bool
}

// next moves to the next line.
func (s *simple) next() bool {
	s.text = s.text[s.after:]
	if s.text == "" {
		s.line, s.after, s.done = "", 0, true
		return false
	}
	s.number++
	if n := strings.IndexByte(s.text, '\n'); n >= 0 {
		s.line, s.after = s.text[:n], n+1
	} else {
		s.line, s.after = s.text, len(s.text)
	}
	return true
}

func (s *simple) blank() bool { return strings.Trim(s.line, " ") == "" }

// odd reports whether a text holds what YAML treats in ways of its own: tabs, control characters,
// other line ends, byte order marks.
func odd(text string) bool {
	if strings.IndexByte(text, '\t') >= 0 || strings.IndexByte(text, 0x7F) >= 0 {
		return true
	}
	for _, other := range []string{"\u2028", "\u2029", "\ufeff"} {
		if strings.Contains(text, other) {
			return true
		}
	}
	for rest := text; ; { // U+0080 to U+009F
		i := strings.IndexByte(rest, 0xC2)
		if i < 0 {
			return false
		}
		if rest = rest[i+1:]; rest[0] < 0xA0 {
			return true
		}
	}
}

// cutKey takes "key: rest" apart.
func cutKey(line string) (key, rest string, ok bool) {
	n := 0
	for n < len(line) && (line[n] == '_' || line[n] == '-' || line[n] >= '0' && line[n] <= '9' || line[n]|0x20 >= 'a' && line[n]|0x20 <= 'z') {
		n++
	}
	if n == 0 || line[0] == '-' || n == len(line) || line[n] != ':' || n > 100 {
		return "", "", false
	}
	rest = line[n+1:]
	if rest != "" && rest[0] != ' ' {
		return "", "", false
	}
	return line[:n], strings.Trim(rest, " "), true
}

// value reads the value that begins with rest in the current line and moves behind it.
func (s *simple) value(rest string) (v Value, ok bool) {
	line, column := s.number, 1
	if rest != "" {
		column += columnOf(s.line, rest)
	}
	switch {
	case rest == "":
		v, ok = s.blockList()
	case rest[0] == '>' || rest[0] == '|':
		v, ok = s.block(rest)
	case rest[0] == '[':
		v, ok = flowList(rest, line, column)
		s.next()
	default:
		v, ok = oneScalar(rest)
		s.next()
	}
	if v.Line == 0 {
		v.Line, v.Column = line, column
	}
	return v, ok && !s.indented()
}

// columnOf counts the characters before part in line, where part reaches to the trimmed end.
func columnOf(line, part string) int {
	return len(strings.TrimRight(line, " ")) - len(part) // keys are ASCII
}

// indented reports whether the next line with content continues the value before it.
func (s *simple) indented() bool {
	for !s.done && s.blank() {
		s.next()
	}
	return !s.done && (s.line[0] == ' ' || s.line[0] == '-')
}

// oneScalar reads a plain or quoted scalar that is all of text.
func oneScalar(text string) (Value, bool) {
	switch c := text[0]; {
	case c == '\'' || c == '"':
		return quoted(text)
	case strings.IndexByte("-?:,[]{}#&*!|>%@`", c) >= 0:
		return Value{}, false
	}
	if text[len(text)-1] == ':' || strings.Contains(text, ": ") || strings.Contains(text, " #") {
		return Value{}, false
	}
	return scalarValue(text, true), true
}

// quoted reads a quoted scalar without escapes.
func quoted(text string) (Value, bool) {
	last := len(text) - 1
	if last < 1 || text[last] != text[0] {
		return Value{}, false
	}
	inner := text[1:last]
	if strings.IndexByte(inner, text[0]) >= 0 || text[0] == '"' && strings.IndexByte(inner, '\\') >= 0 {
		return Value{}, false
	}
	return scalarValue(inner, false), true
}

// flowList reads "[a, b]".
func flowList(text string, line, column int) (Value, bool) {
	inner, closed := strings.CutSuffix(text[1:], "]")
	v := Value{Kind: List}
	if !closed || strings.ContainsAny(inner, "[]{}#:?'\"") {
		return v, false
	}
	if strings.Trim(inner, " ") == "" {
		return v, true
	}
	for part := range strings.SplitSeq(inner, ",") {
		part = strings.Trim(part, " ")
		if part == "" {
			return v, false
		}
		item, ok := oneScalar(part)
		if !ok {
			return v, false
		}
		item.Line, item.Column = line, column
		v.Items = append(v.Items, item)
	}
	return v, true
}

// blockList reads the "- item" lines after the current one; none is null.
func (s *simple) blockList() (Value, bool) {
	v := Value{}
	indent := -1
	for s.next() {
		if s.blank() {
			continue
		}
		item := strings.TrimLeft(s.line, " ")
		at := len(s.line) - len(item)
		if !strings.HasPrefix(item, "- ") {
			return v, at == 0
		}
		if indent < 0 {
			indent, v.Kind, v.Line, v.Column = at, List, s.number, at+1
		}
		text := strings.Trim(item[2:], " ")
		if at != indent || text == "" {
			return v, false
		}
		one, ok := oneScalar(text)
		if !ok {
			return v, false
		}
		one.Line, one.Column = s.number, 1+columnOf(s.line, text)
		v.Items = append(v.Items, one)
	}
	return v, true
}

// block reads a block scalar (YAML 1.2 section 8.1) whose lines are all indented alike.
func (s *simple) block(header string) (Value, bool) {
	folded := header[0] == '>'
	if len(header) > 2 || len(header) == 2 && header[1] != '-' {
		return Value{}, false
	}
	var b strings.Builder
	indent, blanks := 0, 0
	for s.next() {
		if s.blank() {
			blanks++
			if indent == 0 || len(s.line) > indent {
				return Value{}, false
			}
			continue
		}
		text := strings.TrimLeft(s.line, " ")
		at := len(s.line) - len(text)
		if at == 0 {
			break
		}
		if indent == 0 {
			indent = at
		}
		if at != indent {
			return Value{}, false
		}
		b.Grow(len(text) + 2)
		b.WriteString(lineBreak(folded, b.Len() > 0, blanks))
		b.WriteString(text)
		blanks = 0
	}
	if indent == 0 {
		return Value{}, false
	}
	if len(header) == 1 {
		b.WriteByte('\n')
	}
	return Value{Kind: Scalar, Text: b.String()}, true
}

// lineBreak returns what stands between two lines of a block scalar with blank lines between them.
func lineBreak(folded, inside bool, blanks int) string {
	switch {
	case !inside:
		return ""
	case !folded:
		return strings.Repeat("\n", blanks+1)
	case blanks == 0:
		return " "
	}
	return strings.Repeat("\n", blanks)
}
