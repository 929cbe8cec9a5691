package safehtml

import (
	"strings"

	"herald/source/text"
)

const maxDepth = 100 // open elements; deeper ones are unwrapped, so that no reader has to recurse further

// sanitizer turns any HTML into safe, balanced HTML in one spelling: an allow list over the tokens,
// no tree. Time and memory are linear in the input.
//
// What does not reach it here must not count in Content either, and what Content takes for the same must
// give the same output: dropped are comments, unknown elements, raw elements with their text and
// attributes that keptAttrs leaves out; white space beside the tag of a block means nothing.
type sanitizer struct {
	resolve func(ref string) string // makes a URL absolute, "" drops it; nil leaves it as written
	out     []byte
	open    []element
	tooDeep int  // open elements beyond maxDepth
	pre     int  // open <pre>
	space   bool // white space was read and not yet written
	start   bool // at the start of a block: white space means nothing
	image   lastImage
	attrs   []attribute
	read    []attribute // of the current tag, before lazy loading is undone
}

type element struct {
	name   string
	hidden bool // an <a> without target: its end is not written either
}

func (s *sanitizer) push(e element) bool {
	if len(s.open) >= maxDepth {
		s.tooDeep++
		return false
	}
	s.open = append(s.open, e)
	if e.name == "pre" {
		s.pre++
	}
	return true
}

// find returns the index of the innermost open element of names that no element of shields hides, or -1.
func (s *sanitizer) find(names, shields string) int {
	for i := len(s.open) - 1; i >= 0; i-- {
		word := s.open[i].name
		if containsWord(names, word) {
			return i
		}
		if containsWord(shields, word) {
			return -1
		}
	}
	return -1
}

func (s *sanitizer) isOpen(name string) bool {
	for _, e := range s.open {
		if e.name == name {
			return true
		}
	}
	return false
}

// endOptional ends the elements whose end tag the author may leave out before name.
func (s *sanitizer) endOptional(name string) {
	ends, shields := closedBy(name)
	if ends == "" || s.tooDeep > 0 {
		return
	}
	for at := s.find(ends, shields); at >= 0; at = s.find(ends, shields) {
		s.closeTo(at)
	}
}

// closeTo closes open elements until only n are left.
func (s *sanitizer) closeTo(n int) {
	for len(s.open) > n {
		e := s.open[len(s.open)-1]
		if isBlock(e.name) {
			s.boundary()
		} else if !e.hidden {
			s.flushSpace()
		}
		s.open = s.open[:len(s.open)-1]
		if e.name == "pre" {
			s.pre--
		}
		if !e.hidden {
			s.out = append(append(append(s.out, "</"...), e.name...), '>')
		}
		if isBlock(e.name) {
			s.newline()
		}
	}
}

func (s *sanitizer) hasAttr(name string) bool { return hasAttr(s.attrs, name) }

func (s *sanitizer) writeTag(name string) {
	s.out = append(append(s.out, '<'), name...)
	for _, a := range s.attrs {
		s.out = append(append(append(s.out, ' '), a.name...), `="`...)
		s.out = AppendEscaped(s.out, a.value, true)
		s.out = append(s.out, '"')
	}
	s.out = append(s.out, '>')
}

// newline makes the output readable; it is dropped again when the output is read.
func (s *sanitizer) newline() {
	if s.pre == 0 {
		s.out = append(s.out, '\n')
	}
}

func containsWord(words, word string) bool {
	for i := 0; i+len(word)+2 <= len(words); i++ {
		if words[i] == ' ' && words[i+len(word)+1] == ' ' && words[i+1:i+1+len(word)] == word {
			return true
		}
	}
	return false
}

// lastImage remembers the <img> just written, for the <noscript> that may follow it.
type lastImage struct {
	noscript bool // inside <noscript>
	at       int  // where the image begins in out; -1 if something followed it
	end      int
}

func (s *sanitizer) attr(name string) string {
	for _, a := range s.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// text writes a run of text: white space collapsed outside <pre>, NFC, what XML forbids dropped,
// everything that could be read as markup escaped.
func (s *sanitizer) text(t string) {
	t = text.CleanString(t)
	if s.pre > 0 {
		if t = strings.ReplaceAll(t, "\r", ""); t != "" {
			s.image.at = -1
			s.start, s.space = false, false
			s.out = AppendEscaped(s.out, t, false)
		}
		return
	}
	for from := 0; from < len(t); {
		if text.IsSpace(t[from]) {
			s.space = s.space || !s.start
			from = text.SkipSpace(t, from)
			continue
		}
		end := text.PhraseEnd(t, from)
		s.flushSpace()
		s.image.at = -1
		s.out = AppendEscaped(s.out, t[from:end], false)
		s.start = false
		from = end
	}
}

// flushSpace writes the white space that was read.
func (s *sanitizer) flushSpace() {
	if s.space {
		s.out = append(s.out, ' ')
		s.start = true // a second space means nothing
	}
	s.space = false
}

// boundary is the start or end of a block.
func (s *sanitizer) boundary() {
	s.space = false
	s.start = true
}
