// Package program reads configs that are programs, in JavaScript, TypeScript or Python, as texts: what is written in them as a plain value is
// found, and nothing is run.
package program

import (
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// maxBytes bounds a config.
const maxBytes = 1 << 20

// Program is the text of a config that is a program, in JavaScript, TypeScript or Python. It is never run: what is written in it as
// a plain value is found, the rest is not.
type Program string

// Read returns the first of some files that is there, without its comments.
func Read(dir string, note func(string), names ...string) (p Program, name string) {
	name = firstFile(dir, names)
	if name == "" {
		return "", ""
	}
	info, err := os.Stat(filepath.Join(dir, name))
	if err == nil && info.Size() > maxBytes {
		note(name + " is too large to be read")
		return "", name
	}
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		note(err.Error())
		return "", name
	}
	return withoutComments(strings.ToValidUTF8(string(data), "\uFFFD"), strings.HasSuffix(name, ".py")), name
}

// withoutComments drops comments outside of strings.
func withoutComments(text string, python bool) Program {
	var b strings.Builder
	quote := byte(0)
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quote != 0:
			if c == '\\' && i+1 < len(text) {
				b.WriteByte(c)
				i++
				c = text[i]
			} else if c == quote || c == '\n' && quote != '`' {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`' && !python:
			quote = c
		case python && c == '#', !python && strings.HasPrefix(text[i:], "//"):
			end := strings.IndexByte(text[i:], '\n')
			if end < 0 {
				return Program(b.String())
			}
			i += end
			c = '\n'
		case !python && strings.HasPrefix(text[i:], "/*"):
			end := strings.Index(text[i+2:], "*/")
			if end < 0 {
				return Program(b.String())
			}
			i += end + 3
			c = ' '
		}
		b.WriteByte(c)
	}
	return Program(b.String())
}

// stringValue is a string at the beginning of a text.
var stringValue = regexp.MustCompile("^\\s*[uUrR]?(?:\"((?:[^\"\\\\\n]|\\\\.)*)\"|'((?:[^'\\\\\n]|\\\\.)*)'|`([^`\\\\$]*)`)")

// literal returns the string that a text begins with.
func literal(text string) (value string, ok bool) {
	m := stringValue.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	return strings.NewReplacer(`\"`, `"`, `\'`, `'`, `\\`, `\`, `\n`, "\n").Replace(m[1] + m[2] + m[3]), true
}

// setting is the text behind a place where a key is set.
type setting struct {
	depth int // brackets around it
	text  string
}

// places returns what stands behind the places where a key is set ("key:" of an object, "key =" at the beginning of a line), those in the fewest
// brackets first. Of assignments outside of brackets the last counts, of keys of an object the first.
func (p Program) places(key string) []setting {
	found := regexp.MustCompile(`(?m)(?:^[ \t]*(?:export )?(?:const |let |var )?|[{,(]\s*)["']?`+regexp.QuoteMeta(key)+`["']?\s*(?::|=)\s*`).FindAllStringIndex(string(p), -1)
	var all []setting
	depth, quote, at := 0, byte(0), 0
	for _, place := range found {
		for ; at < place[1]; at++ {
			depth, quote = bracketed(string(p), &at, depth, quote)
		}
		all = append(all, setting{depth, string(p)[place[1]:]})
	}
	slices.SortStableFunc(all, func(a, b setting) int { return cmp.Compare(a.depth, b.depth) })
	top := 0
	for top < len(all) && all[top].depth == 0 {
		top++
	}
	slices.Reverse(all[:top])
	return all
}

// bracketed returns how many brackets and which quote are open behind the letter at an offset; it steps over an escape.
func bracketed(text string, at *int, depth int, quote byte) (int, byte) {
	c := text[*at]
	switch {
	case quote != 0 && c == '\\':
		*at++
	case quote != 0 && c == quote:
		return depth, 0
	case quote != 0:
	case c == '"' || c == '\'' || c == '`':
		return depth, c
	case c == '(' || c == '[' || c == '{':
		depth++
	case c == ')' || c == ']' || c == '}':
		depth--
	}
	return depth, quote
}

// Sets reports whether a key is set at all.
func (p Program) Sets(key string) bool { return len(p.places(key)) > 0 }

// Text returns the string that the first of some keys is set to; "" where none is.
func (p Program) Text(keys ...string) string {
	for _, key := range keys {
		for _, one := range p.places(key) {
			if value, ok := literal(one.text); ok && value != "" {
				return value
			}
		}
	}
	return ""
}

// Flag returns the yes or no that a key is set to.
func (p Program) Flag(key string) (yes, set bool) {
	for _, one := range p.places(key) {
		switch word := strings.ToLower(firstWord(one.text)); word {
		case "true", "false":
			return word == "true", true
		}
	}
	return false, false
}

// firstWord returns the letters that a text begins with.
func firstWord(text string) string {
	end := 0
	for end < len(text) && (text[end]|0x20 >= 'a' && text[end]|0x20 <= 'z') {
		end++
	}
	return text[:end]
}

// Block returns the inside of the object, list or tuple that a key is set to.
func (p Program) Block(key string) Program {
	for _, one := range p.places(key) {
		if in := Inside(one.text); in != "" {
			return in
		}
	}
	return ""
}

// Inside returns what stands between a bracket at the beginning of a text and its partner.
func Inside(text string) Program {
	depth, quote := 0, byte(0)
	for at := 0; at < len(text); at++ {
		if depth, quote = bracketed(text, &at, depth, quote); depth <= 0 {
			return Program(text[min(1, at):min(at, len(text))])
		}
	}
	return ""
}

// Called returns the strings that a function is called with, its first argument each.
func (p Program) Called(function string) []string {
	var all []string
	for _, at := range regexp.MustCompile(`\b`+regexp.QuoteMeta(function)+`\(`).FindAllStringIndex(string(p), -1) {
		if value, ok := literal(string(p)[at[1]:]); ok {
			all = append(all, value)
		}
	}
	return all
}

// Strings returns the strings in a list.
func (p Program) Strings() []string {
	var all []string
	rest := string(p)
	for rest != "" {
		if value, ok := literal(rest); ok {
			all = append(all, value)
			rest = rest[len(stringValue.FindString(rest)):]
			continue
		}
		rest = rest[1:]
	}
	return all
}

// firstFile returns the first of names that is a file in dir.
func firstFile(dir string, names []string) string {
	for _, name := range names {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Mode().IsRegular() {
			return name
		}
	}
	return ""
}
