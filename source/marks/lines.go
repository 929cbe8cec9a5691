package marks

import (
	"regexp"
	"strings"
	"unicode"

	"herald/source/marks/syntax"
)

// endLine looks at a line that is written: where marks were taken out of it and nothing that says something is left,
// it goes.
func (e *expander) endLine() {
	if !e.line.marked {
		return
	}
	line := string(e.out[e.line.start:])
	body := strings.TrimSuffix(line, "\n")
	prefix := containerPrefix(body)
	switch bare := strings.TrimSpace(body[len(prefix):]); {
	case bare == "" && e.inHTML():
		e.out = e.out[:e.line.start]
	case bare == "":
		// A template leaves an empty line, which ends a paragraph.
		e.out = append(e.out[:e.line.start], strings.TrimRight(quotePrefix(prefix), " ")...)
		if len(body) < len(line) {
			e.out = append(e.out, '\n')
		}
	case e.line.unknown && isLeftover(bare):
		e.out = e.out[:e.line.start]
	}
}

var leftoverMarkup = regexp.MustCompile(`\]\([^()]*\)|<[^<>]*>|&[a-z]+;`)

// isLeftover reports whether what is left of a line says nothing without what was dropped: no words, or a label such
// as "SIZE:".
func isLeftover(line string) bool {
	const maxLabel = 40
	if strings.Contains(line, "<img ") || strings.Contains(line, "](") && strings.Contains(line, "![") {
		return false
	}
	bare := strings.TrimSpace(leftoverMarkup.ReplaceAllString(line, " "))
	if strings.IndexFunc(bare, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) < 0 {
		return true
	}
	bare = strings.Trim(bare, "*_| ")
	return len(bare) <= maxLabel && (strings.HasSuffix(bare, ":") || strings.HasSuffix(bare, "："))
}

// wholeLine handles a line that belongs to no text as a whole. It returns true where the next line begins.
func (e *expander) wholeLine() bool {
	if !e.markdown || e.inSpan() && !e.inHTML() {
		return false
	}
	line, next := e.rest()
	if len(line) == 0 || len(line) > syntax.MaxMark {
		return false
	}
	inHTML := e.inHTML()
	if !inHTML && e.module(line, next) {
		return true
	}
	prefix := containerPrefix(line)
	bare := strings.TrimSpace(line[len(prefix):])
	switch {
	case bare == "" || strings.IndexByte(":[@$", bare[0]) < 0 || inHTML && !strings.HasPrefix(bare, ":::"):
		return false
	case bare[0] == ':':
		return e.container(prefix, bare, next)
	case tableOfContents(bare) == len(bare):
		e.emptyLine(prefix, next)
		return true
	case strings.HasPrefix(bare, "[!"):
		return e.alert(prefix, bare, next)
	}
	return false
}

// emptyLine writes an empty line in the place of the one that is read.
func (e *expander) emptyLine(prefix string, next int) {
	e.out = append(e.out, strings.TrimRight(quotePrefix(prefix), " ")...)
	if e.text[next-1] == '\n' {
		e.out = append(e.out, '\n')
	}
	e.at = next
}
