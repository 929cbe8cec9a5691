package safehtml

import (
	"io"
	"strings"

	"golang.org/x/net/html"

	"herald/source/text"
)

// next moves to the next token that a page shows.
func (z *tokenizer) next() tokenKind {
	for {
		kind := z.scan()
		if !z.shownOnly {
			return kind
		}
		switch {
		case kind == tokenStart && z.isHidden():
			z.skipHidden()
			continue
		case kind == tokenStart && z.data == "pre":
			z.inPre = true
		case kind == tokenClose && z.data == "pre":
			z.inPre = false
		case kind != tokenText && len(z.data) == 2 && z.data[0] == 'h' && '1' <= z.data[1] && z.data[1] <= '6':
			z.inHeading = kind == tokenStart
		}
		return kind
	}
}

// scan moves to the next token.
func (z *tokenizer) scan() tokenKind {
	if z.rawTag != "" && z.rawText() {
		return tokenText
	}
	z.asIs = false
	for from := z.pos; ; from = z.pos {
		at := nextMarkup(z.text, from)
		if at > from {
			z.data, z.pos = z.text[from:at], at
			return tokenText
		}
		if at == len(z.text) {
			return tokenEnd
		}
		switch c := z.text[at+1]; {
		case isLetter(c):
			if z.tag(at+1, true) {
				z.rawTag = rawTagOf(z.data)
				return tokenStart
			}
		case c == '/' && at+2 == len(z.text):
			z.data, z.pos = z.text[at:], at+2
			return tokenText
		case c == '/' && isLetter(z.text[at+2]):
			if z.tag(at+2, false) {
				return tokenClose
			}
		case strings.HasPrefix(z.text[at:], "<!--"):
			z.pos = commentEnd(z.text, at+4)
			z.more = z.more || isMore(z.text[at+4:z.pos])
		default:
			z.pos = through(z.text, at+2, ">")
		}
	}
}

// nextMarkup returns the offset of the next tag or comment, or the length of the text.
func nextMarkup(text string, at int) int {
	for {
		if at == len(text) || text[at] != '<' {
			n := strings.IndexByte(text[at:], '<')
			if n < 0 {
				return len(text)
			}
			at += n
		}
		if at+1 == len(text) {
			return len(text)
		}
		if c := text[at+1]; isLetter(c) || c == '/' || c == '!' || c == '?' {
			return at
		}
		at++
	}
}

// through returns the offset behind the next mark, or the length of the text.
func through(text string, at int, mark string) int {
	if n := strings.Index(text[at:], mark); n >= 0 {
		return at + n + len(mark)
	}
	return len(text)
}

// commentEnd returns the offset behind the comment whose inside begins at at.
func commentEnd(text string, at int) int {
	dashes, beginning := 0, true
	for ; at < len(text); at++ {
		switch c := text[at]; {
		case c == '-':
			dashes++
			continue
		case c == '>' && (dashes >= 2 || beginning):
			return at + 1
		case c == '!' && dashes >= 2 && at+1 < len(text):
			at++
			if text[at] == '>' {
				return at + 1
			}
			if text[at] == '-' {
				dashes, beginning = 1, false
				continue
			}
		}
		dashes, beginning = 0, false
	}
	return len(text)
}

// rawTagOf returns name if the inside of such an element is text, whatever it looks like.
func rawTagOf(name string) string {
	switch name {
	case "iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp":
		return name
	}
	return ""
}

// rawText moves over the inside of a raw element and reports whether there is some.
func (z *tokenizer) rawText() bool {
	name, from := z.rawTag, z.pos
	z.rawTag = ""
	end := len(z.text)
	if name != "plaintext" {
		end = rawEnd(z.text, from, name)
	}
	if name == "script" && strings.Contains(z.text[from:end], "<!--") {
		end = from + scriptLength(z.text[from:])
	}
	z.data, z.pos = z.text[from:end], end
	z.asIs = name != "textarea" && name != "title"
	hidden := z.shownOnly && (kindOf(name) == tagRaw || name == "iframe")
	return end > from && !hidden
}

// rawEnd returns the offset of the end tag of name, or the length of the text.
func rawEnd(s string, at int, name string) int {
	for {
		at = through(s, at, "</")
		end := at + len(name)
		if end >= len(s) {
			return len(s)
		}
		if c := s[end]; strings.EqualFold(s[at:end], name) && (text.IsSpace(c) || c == '/' || c == '>') {
			return at - 2
		}
	}
}

// scriptLength returns the length of a script with "<!--" in it, whose end tag may be none (HTML
// Living Standard, section 13.2.5.20 and following).
func scriptLength(text string) int {
	z := html.NewTokenizer(io.MultiReader(strings.NewReader("<script>"), strings.NewReader(text)))
	z.Next()
	if z.Next() == html.TextToken {
		return len(z.Raw())
	}
	return 0
}
