package jsonl

import (
	"bytes"
	"encoding/json"
	"strings"

	"herald/source/frontmatter"
	"herald/source/reader"
)

// wanted are the names of the fields that may be the key of a row, the best first. A dot leads into a map, where no name has it.
type wanted struct {
	names []string
	heads []string // the names up to their first dot
}

func newWanted(names []string) *wanted {
	w := &wanted{names: names}
	for _, name := range names {
		head, _, _ := strings.Cut(name, ".")
		w.heads = append(w.heads, head)
	}
	return w
}

// keyOf returns the key of a JSON object; "": it has none. whole is false where the line is no object to its end: the key is then
// found as far as the line can be read, so that a broken row stays the row that it was.
func (w *wanted) keyOf(x *index, line []byte) (key string, whole bool) {
	best := len(w.names)
	whole = members(line, func(name, value []byte) {
		for i := range best + 1 {
			if i == len(w.names) {
				return
			}
			if got := w.match(i, name, value); got != "" {
				best, key = i, got
				return
			}
		}
	})
	for i := 0; key == "" && !whole && line[0] == '{' && i < len(w.heads); i++ {
		key = torn(line, w.heads[i])
	}
	return strings.TrimSpace(x.decode([]byte(key))), whole
}

// match returns the text of a member if it is the wanted one at i; "": it is not, or says nothing.
func (w *wanted) match(i int, name, value []byte) string {
	switch {
	case sameKey(name, w.names[i]):
		return scalar(value)
	case len(w.heads[i]) < len(w.names[i]) && sameKey(name, w.heads[i]):
		var inner any
		decoder := json.NewDecoder(bytes.NewReader(value))
		decoder.UseNumber()
		if decoder.Decode(&inner) != nil {
			return ""
		}
		return reader.TextAt(inner, w.names[i][len(w.heads[i])+1:])
	}
	return ""
}

func sameKey(name []byte, key string) bool {
	return len(name) == len(key) && frontmatter.SameKey(string(name), key)
}

// scalar returns the text of a JSON string or number; "" for all else.
func scalar(value []byte) string {
	switch {
	case len(value) == 0:
	case value[0] == '"' && bytes.IndexByte(value, '\\') < 0:
		return strings.TrimSpace(string(value[1 : len(value)-1]))
	case value[0] == '"':
		var s string
		if json.Unmarshal(value, &s) == nil {
			return strings.TrimSpace(s)
		}
	case value[0] == '-' || value[0] >= '0' && value[0] <= '9':
		return string(value)
	}
	return ""
}

// torn returns the text of a member of an object that cannot be read.
func torn(line []byte, name string) string {
	_, after, found := bytes.Cut(line, []byte(`"`+name+`"`))
	after, colon := bytes.CutPrefix(bytes.TrimLeft(after, " \t"), []byte{':'})
	if !found || !colon {
		return ""
	}
	after = bytes.TrimLeft(after, " \t")
	end := skipValue(after, 0)
	if end < 0 {
		return ""
	}
	return scalar(bytes.TrimRight(after[:end], " \t"))
}

// members calls each for the members of the JSON object that a line is. It reads no more of a value than its end. false: the line is no
// object to its end; each was called for what could be read.
func members(line []byte, each func(name, value []byte)) bool {
	i := skipSpace(line, 0)
	if i == len(line) || line[i] != '{' {
		return false
	}
	if i = skipSpace(line, i+1); i < len(line) && line[i] == '}' {
		return skipSpace(line, i+1) == len(line)
	}
	for i < len(line) && line[i] == '"' {
		end := skipString(line, i)
		if end < 0 {
			return false
		}
		name := line[i+1 : end-1]
		if i = skipSpace(line, end); i == len(line) || line[i] != ':' {
			return false
		}
		i = skipSpace(line, i+1)
		if end = skipValue(line, i); end < 0 {
			return false
		}
		each(name, line[i:end])
		if i = skipSpace(line, end); i == len(line) {
			return false
		}
		if line[i] == '}' {
			return skipSpace(line, i+1) == len(line)
		}
		if line[i] != ',' {
			return false
		}
		i = skipSpace(line, i+1)
	}
	return false
}

func skipSpace(line []byte, i int) int {
	for i < len(line) && (line[i] == ' ' || line[i] == '\t' || line[i] == '\r') {
		i++
	}
	return i
}

// skipString returns what follows the string that begins at i; -1: it has no end.
func skipString(line []byte, i int) int {
	for i++; ; i++ {
		quote := bytes.IndexByte(line[i:], '"')
		if quote < 0 {
			return -1
		}
		i += quote
		escapes := 0
		for line[i-1-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return i + 1
		}
	}
}

// skipValue returns what follows the value that begins at i; -1: it has no end.
func skipValue(line []byte, i int) int {
	depth := 0
	for start := i; i < len(line); {
		switch c := line[i]; {
		case c == '"':
			if i = skipString(line, i); i < 0 || depth == 0 {
				return i
			}
			continue
		case c == '{' || c == '[':
			depth++
		case depth > 0 && (c == '}' || c == ']'):
			if depth--; depth == 0 {
				return i + 1
			}
		case depth == 0 && (c == ',' || c == '}' || c == ']' || c == ' ' || c == '\t' || c == '\r'):
			if i == start {
				return -1
			}
			return i
		}
		i++
	}
	return -1
}
