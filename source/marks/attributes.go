package marks

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"
)

// An extension of kramdown: "{::options … /}", "{:/comment}".
var kramdownBlock = regexp.MustCompile(`^\{::?/?[a-z]*(?: [^{}\n]*)?/?\}`)

// attributes drops an attribute list where it belongs to what stands before it: a heading, a link, an image, a phrase,
// or the block that its line belongs to.
func (e *expander) attributes() bool {
	inHTML := e.inHTML()
	rest := e.text[e.at:min(len(e.text), e.at+maxAttributes)]
	a, size := readAttributes(rest)
	if size == 0 {
		return e.kramdownBlock(rest)
	}
	line := e.out[e.line.start:]
	_, alone := e.linePrefix()
	atEnd := e.endsLine(e.at + size)
	switch bare := bytes.TrimRight(line, " \t"); {
	case alone:
		if !atEnd && !a.colon || inHTML && !(atEnd && a.colon) {
			return false
		}
		if a.colon && a.first == "toc" {
			e.dropListLine()
		}
	case inHTML:
		return false
	case len(bare) == len(line):
		if !e.attached(a, line) {
			return false
		}
	case a.colon && (atEnd || a.named), atEnd && (a.first[0] == '#' || a.first[0] == '.' || isBracket(bare)):
		e.out = e.out[:e.line.start+len(bare)]
	default:
		return false
	}
	e.line.marked = true
	e.at += size
	for atEnd && e.at < len(e.text) && e.text[e.at] != '\n' {
		e.at++
	}
	return true
}

func isBracket(line []byte) bool {
	return bytes.HasSuffix(line, []byte(")")) || bytes.HasSuffix(line, []byte("]"))
}

// attached reports whether a list belongs to the phrase that stands directly before it. The brackets of Pandoc's
// "[phrase]{.class}" go with it.
func (e *expander) attached(a attributes, line []byte) bool {
	last, _ := utf8.DecodeLastRune(line)
	switch last {
	case ')', '`', '>':
		return a.colon || a.first[0] != '#' || !isDigit(a.first[1])
	case ']':
		if !a.colon && a.first[0] == '#' && isDigit(a.first[1]) {
			return false
		}
		if !a.colon && !e.hasDefinitions() {
			e.unwrapPhrase(line)
		}
		return true
	case '*', '_', '"', '\'':
		return a.colon
	}
	return false
}

// hasDefinitions reports whether the text may hold definitions of links: a phrase in brackets may then be one.
func (e *expander) hasDefinitions() bool {
	if e.definitions == unknown {
		e.definitions = no
		if strings.Contains(e.text, "]:") {
			e.definitions = yes
		}
	}
	return e.definitions == yes
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// unwrapPhrase takes the brackets off the phrase that the line ends with.
func (e *expander) unwrapPhrase(line []byte) {
	depth := 0
	for i := len(line) - 1; i >= max(0, len(line)-maxAttributes); i-- {
		switch line[i] {
		case ']':
			depth++
		case '[':
			if depth--; depth > 0 {
				continue
			}
			if i > 0 && (line[i-1] == '!' || line[i-1] == ']') || i+1 < len(line) && line[i+1] == '^' {
				return
			}
			phrase := string(line[i+1 : len(line)-1])
			e.out = append(e.out[:e.line.start+i], phrase...)
			return
		}
	}
}

// kramdownBlock drops kramdown's extensions: "{::options … /}", "{::nomarkdown}", and comments with their text.
func (e *expander) kramdownBlock(rest string) bool {
	if !strings.HasPrefix(rest, "{::") && !strings.HasPrefix(rest, "{:/") {
		return false
	}
	list := kramdownBlock.FindString(rest)
	if list == "" {
		return false
	}
	e.line.marked = true
	e.at += len(list)
	if strings.HasPrefix(list, "{::comment") && !strings.HasSuffix(list, "/}") {
		if end := e.ends.Closing("{:/", e.at); end >= 0 {
			tail, _, _ := strings.Cut(e.text[end:], "}")
			e.at = min(end+len(tail)+1, len(e.text))
		}
	}
	return true
}

// dropListLine drops the line of a list that a table of contents would have replaced.
func (e *expander) dropListLine() {
	tail := e.out[max(0, len(e.out)-2*maxPrefix):]
	body := bytes.TrimRight(tail, " \n")
	line := body[bytes.LastIndexByte(body, '\n')+1:]
	if bare := bytes.TrimLeft(line, " >"); len(bare) > 1 && len(line) < maxPrefix && bytes.IndexByte([]byte("*-+1"), bare[0]) >= 0 {
		e.out = e.out[:len(e.out)-len(tail)+len(body)-len(line)]
		e.line.start = len(e.out)
	}
}
