package safehtml

import (
	"slices"
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
	added   int                     // bytes that URLs have grown by
	anchors anchors
	written map[string]bool // the ids that were written
	out     []byte
	open    []element
	tooDeep int  // open elements beyond maxDepth
	pre     int  // open <pre>
	space   bool // white space was read and not yet written
	start   bool // at the start of a block: white space means nothing
	image   lastImage
	form    int // the index in open of the form whose end tag is due, and one; -1 for one in a table, 0 for none
	attrs   []attribute
	read    []attribute // of the current tag, before lazy loading is undone
}

type element struct {
	name    string // as the author wrote it
	written string // as it is written; "" for none of its tags
	aside   bool   // it stands before the table that it was found in
	ended   bool   // its end tag came before those of elements in it: it ends with them
	inside  int    // where its inside begins in out
	before  before // of a table
}

// before is what was found in a table and stands before it.
type before struct {
	from  int    // where the table begins in out
	out   []byte // what stands before; while that is written, the table
	start bool   // at the start of a block
	space bool   // white space was read and not yet written
}

func (s *sanitizer) push(e element) bool {
	if len(s.open) >= maxDepth {
		s.tooDeep++
		return false
	}
	s.open = append(s.open, e)
	if e.written == "pre" {
		s.pre++
	}
	return true
}

// current returns the name of the innermost open element.
func (s *sanitizer) current() string {
	if len(s.open) == 0 {
		return ""
	}
	return s.open[len(s.open)-1].name
}

// shown returns the innermost open element that is written, and its index, -1 for none.
func (s *sanitizer) shown() (int, string) {
	for i, e := range slices.Backward(s.open) {
		if e.written != "" {
			return i, e.name
		}
	}
	return -1, ""
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

// close closes an open element with all that is in it; -1 is none.
func (s *sanitizer) close(at int) {
	if at >= 0 {
		s.closeTo(at)
	}
}

// closeTo closes open elements until only n are left.
func (s *sanitizer) closeTo(n int) {
	for len(s.open) > n || len(s.open) > 0 && s.open[len(s.open)-1].ended {
		e := s.open[len(s.open)-1]
		if isBlock(e.written) {
			s.boundary()
		} else if e.written != "" {
			s.flushSpace()
		}
		s.open = s.open[:len(s.open)-1]
		if e.written == "blockquote" && len(s.out) == e.inside {
			s.out = s.out[:e.before.from] // nothing is quoted
		} else {
			s.writeEnd(e)
			if isBlock(e.written) {
				s.newline()
			}
		}
		if e.aside {
			s.swap()
		}
	}
}

func (s *sanitizer) writeEnd(e element) {
	if e.written != "" {
		s.out = append(append(append(s.out, "</"...), e.written...), '>')
	}
	switch {
	case e.written == "pre":
		s.pre--
	case len(e.before.out) > 0:
		s.out = slices.Insert(s.out, e.before.from, e.before.out...)
		s.image.at = -1
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

// text writes clean text: white space collapsed outside <pre>, everything that could be read as markup escaped.
func (s *sanitizer) text(t string) {
	if s.pre > 0 {
		if t = strings.ReplaceAll(t, "\r", ""); t != "" {
			s.image.at = -1
			s.start, s.space = false, false
			if t[0] == '\n' && containsWord(" xmp plaintext ", s.current()) {
				s.out = append(s.out, '\n') // a line end behind <pre> is none
			}
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

// boundary is the start or end of a block. What stands before a table is no run of text across the parts of the table.
func (s *sanitizer) boundary() {
	s.space = false
	s.start = true
	if s.inTable() {
		before := &s.open[s.find(scopeTable, "")].before
		before.space = !before.start
	}
}
