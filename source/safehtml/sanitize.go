// Package safehtml reads any HTML and writes safe HTML: an allow list over the tokens, no tree. The same tokens
// give plain text, summaries, titles, lead images and what the digest of an article counts.
package safehtml

import (
	"bytes"
)

// Render returns the safe form of an HTML fragment. URLs go through resolve.
func Render(fragment string, resolve func(string) string) []byte {
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
