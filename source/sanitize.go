package source

import "bytes"

const (
	maxDepth = 100 // open elements; deeper ones are unwrapped, so that no reader has to recurse further
	maxAttrs = 64  // attributes that are looked at in one tag
)

// sanitizer turns any HTML into safe, balanced HTML in one spelling: an allow list over the tokens,
// no tree. Time and memory are linear in the input.
//
// What does not reach it here must not count in Words either, and what Words takes for the same must
// give the same output: dropped are comments, unknown elements, raw elements with their text and
// attributes that keptAttrs does not give; white space beside the tag of a block means nothing.
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

type attribute struct{ name, value string }

// sanitize gives the safe form of an HTML fragment. URLs go through resolve.
func sanitize(fragment string, resolve func(string) string) []byte {
	s := sanitizer{resolve: resolve, start: true, out: make([]byte, 0, len(fragment)+len(fragment)/8)}
	z := bodyTokens(fragment)
	for {
		switch z.next() {
		case tokenEnd:
			s.boundary()
			s.closeTo(0)
			return bytes.TrimRight(s.out, "\n")
		case tokenText:
			s.text(z.decoded())
		case tokenStart:
			s.startTag(&z)
		case tokenClose:
			s.endTag(z.data)
		}
	}
}

func (s *sanitizer) startTag(z *tokenizer) {
	name := z.data
	kind := kindOf(name)
	if kind == tagUnknown || kind == tagRaw {
		return
	}
	s.readAttrs(z, name)
	switch kind {
	case tagBreak:
		s.boundary()
		return
	case tagEmbed:
		s.embed(name)
		return
	case tagDivision:
		name = divisionName(name)
	}
	switch name {
	case "noscript":
		s.image.noscript = true
	case "img", "source":
		s.media(name)
	default:
		s.element(name)
	}
}

// element opens an element of the allow list.
func (s *sanitizer) element(name string) {
	block := isBlock(name)
	if block {
		s.boundary()
	}
	if kindOf(name) == tagTable && !s.isOpen("table") {
		return
	}
	s.endOptional(name)
	hidden := name == "a" && !s.hasAttr("href")
	if !block && !hidden {
		s.flushSpace()
	}
	if !isVoid(name) && !s.push(element{name, hidden}) {
		return
	}
	if name == "video" || name == "audio" {
		s.attrs = append(s.attrs, attribute{"controls", ""})
	}
	if !hidden {
		s.writeTag(name)
	}
	if name == "br" || name == "hr" {
		s.newline()
	}
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

func (s *sanitizer) endTag(name string) {
	switch kindOf(name) {
	case tagUnknown, tagVoid, tagRaw, tagEmbed:
		return
	case tagBreak:
		s.boundary()
		return
	case tagDivision:
		name = divisionName(name)
	}
	if name == "noscript" {
		s.image.noscript = false
		return
	}
	if isBlock(name) {
		s.boundary()
	}
	if s.tooDeep > 0 {
		s.tooDeep--
		return
	}
	shields := " table td th caption "
	if kindOf(name) == tagTable || name == "table" {
		shields = " table "
	}
	if at := s.find(" "+name+" ", shields); at >= 0 {
		s.closeTo(at)
	}
}

// find gives the index of the innermost open element of names that no element of shields hides, or -1.
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
		s.out = appendEscaped(s.out, a.value, true)
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

func divisionName(name string) string {
	switch name {
	case "listing", "plaintext", "xmp":
		return "pre"
	case "dir", "menu":
		return "ul"
	}
	return "div"
}

func containsWord(words, word string) bool {
	for i := 0; i+len(word)+2 <= len(words); i++ {
		if words[i] == ' ' && words[i+len(word)+1] == ' ' && words[i+1:i+1+len(word)] == word {
			return true
		}
	}
	return false
}
