package marks

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxAttributes is how long an attribute list may be.
const maxAttributes = 500

// attributes is what an attribute list is known by.
type attributes struct {
	colon bool // of kramdown: {: …}
	named bool // it holds a class, an id or a value, not names alone
	first string
}

// readAttributes reads the attribute list that a text begins with: ids, classes and keys with values in braces; behind a
// colon, as kramdown has it, names of other lists too. Its size is 0 where there is none.
func readAttributes(s string) (a attributes, size int) {
	s = s[:min(len(s), maxAttributes)]
	if len(s) < 3 || s[0] != '{' {
		return a, 0
	}
	at := 1
	if s[1] == ':' {
		a.colon, at = true, 2
	}
	for at < len(s) {
		switch {
		case s[at] == ' ' || s[at] == '\t' || s[at] == '\n' && a.colon:
			at++
			continue
		case s[at] == '}' && a.first != "":
			return a, at + 1
		}
		size, named := attributeItem(s[at:], a.colon, a.first == "")
		if size == 0 {
			return attributes{}, 0
		}
		if a.first == "" {
			a.first = s[at : at+size]
		}
		a.named = a.named || named
		at += size
	}
	return attributes{}, 0
}

// attributeItem returns the length of the id, class, value or name that a text begins with, and whether it is more than a
// name. The first key of a list without a colon is one that attributes have: braces hold other things too.
func attributeItem(s string, colon, first bool) (size int, named bool) {
	if s[0] == '#' || s[0] == '.' {
		size = 1 + nameLength(s[1:], ":.!-")
		return size * min(size-1, 1), true
	}
	size = nameLength(s, ":-")
	if size == 0 || size == len(s) || s[0] == ':' || s[0] == '-' || s[0] <= '9' {
		return 0, false
	}
	if s[size] == '=' {
		if first && !colon && !isAttributeKey(s[:size]) {
			return 0, false
		}
		value := valueLength(s[size+1:])
		return (size + 1 + value) * min(value, 1), true
	}
	if !colon {
		return 0, false // a name alone is a text in braces
	}
	return size, false
}

// nameLength returns the length of the letters, digits and further bytes that a text begins with.
func nameLength(s, further string) int {
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune(further, r) {
			return at
		}
		at += size
	}
	return len(s)
}

// valueLength returns the length of the value of a key, in quotes or a word; 0: there is none.
func valueLength(s string) int {
	if s == "" {
		return 0
	}
	if s[0] == '"' || s[0] == '\'' {
		end := strings.IndexByte(s[1:], s[0])
		if end < 0 || strings.Contains(s[:end+1], "\n") {
			return 0
		}
		return end + 2
	}
	end := strings.IndexAny(s, " \t\n\"'{}=<>`")
	if end < 0 {
		return 0
	}
	return end
}

// isAttributeKey reports the keys that people write in attribute lists without a colon.
func isAttributeKey(key string) bool {
	switch key {
	case "id", "class", "width", "height", "style", "title", "target", "rel", "alt", "align", "loading", "start", "lang", "dir", "size":
		return true
	}
	return strings.HasPrefix(key, "data-") || strings.HasPrefix(key, "aria-")
}
