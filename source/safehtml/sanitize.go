// Package safehtml reads any HTML and writes safe HTML: an allow list over the tokens. The same tokens
// give plain text, summaries, titles, lead images and what the digest of an article counts.
package safehtml

import (
	"bytes"

	"herald/source/text"
)

// Render returns the safe form of an HTML fragment. URLs go through resolve; nil leaves them as written. Links to
// places of the fragment itself lead there, by ids that are its own on any page that shows it.
func Render(fragment string, resolve func(string) string) []byte {
	within := anchorsOf(fragment, resolve)
	out := render(fragment, resolve, within)
	if len(within.ids) > 0 && within.keep(out) { // an element that has such an id is not written: its links lead to the page
		out = render(fragment, resolve, within)
	}
	return out
}

func render(fragment string, resolve func(string) string, within anchors) []byte {
	s := sanitizer{resolve: resolve, anchors: within, start: true, out: make([]byte, 0, len(fragment)+len(fragment)/8)}
	z := bodyTokens(fragment)
	if z.ids = within.ids; len(z.ids) > 0 {
		s.written = map[string]bool{}
	}
	for {
		switch z.next() {
		case tokenEnd:
			s.boundary()
			s.closeTo(0)
			return bytes.TrimRight(s.out, "\n")
		case tokenText:
			s.runOfText(z.decoded())
		case tokenStart:
			s.startTag(&z)
		case tokenClose:
			s.endTag(z.data)
		}
	}
}

// runOfText writes a text, NFC and without what XML forbids. Directly in a table it is never that of a <pre>.
func (s *sanitizer) runOfText(t string) {
	t = text.CleanString(t)
	if s.current() == "colgroup" {
		if text.SkipSpace(t, 0) == len(t) {
			return
		}
		s.leaveColumns()
	}
	if !s.inTable() {
		s.text(t)
		return
	}
	pre := s.pre
	s.swap()
	s.pre = 0
	s.text(t)
	s.pre = pre
	s.swap()
}

func (s *sanitizer) startTag(z *tokenizer) {
	name := z.data
	kind := kindOf(name)
	if kind == tagUnknown || kind == tagRaw {
		return
	}
	if isBlock(name) && name != "table" {
		s.boundary()
	}
	s.readAttrs(z, name)
	switch {
	case kind == tagBreak:
	case name == "noscript":
		s.image.noscript = true
	case kind == tagTable:
		if s.closeForPart(name) {
			s.element(element{name: name, written: name})
		}
	case name == "form" && !s.startForm():
	default:
		if name == "table" {
			s.closeTable()
		}
		s.content(name)
	}
}

// content writes what may stand in a body, and not directly in a table.
func (s *sanitizer) content(name string) {
	s.leaveColumns()
	e := element{name: name, written: writtenName(name), before: before{start: s.start}}
	depth := len(s.open)
	if isBlock(name) {
		s.boundary()
	}
	s.closeFor(name)
	if len(s.open) < depth {
		e.before.start = true
	}
	e.before.space = !e.before.start
	aside := s.inTable()
	if aside {
		e.written = s.asideName(e)
		s.swap()
	}
	depth = len(s.open)
	switch name {
	case "img", "source":
		s.media(name)
	case "iframe", "embed":
		s.embed()
	default:
		s.element(e)
	}
	switch {
	case aside && len(s.open) > depth:
		s.open[depth].aside = true
	case aside:
		s.swap()
	}
}

// element opens an element of the allow list.
func (s *sanitizer) element(e element) {
	name := e.name
	if isBlock(name) {
		s.boundary()
	}
	if name == "a" && (!s.hasAttr("href") && !s.hasAttr("id") || s.find(" a ", scopeMarker) >= 0) {
		e.written = ""
	}
	e.before.from = len(s.out)
	if !isVoid(name) && !s.push(e) {
		return
	}
	if !isBlock(name) && e.written != "" {
		s.flushSpace()
	}
	switch name {
	case "form":
		s.form = len(s.open)
	case "video", "audio":
		s.attrs = append(s.attrs, attribute{"controls", ""})
	}
	if e.written != "" {
		s.writeTag(e.written)
	}
	if len(s.open) > 0 {
		s.open[len(s.open)-1].inside = len(s.out)
	}
	if name == "br" || name == "hr" {
		s.newline()
	}
}

func (s *sanitizer) endTag(name string) {
	switch kindOf(name) {
	case tagUnknown, tagVoid, tagRaw, tagEmbed:
		return
	}
	if isBlock(name) {
		s.boundary()
	}
	switch {
	case name == "br": // a browser takes the end tag for a start tag
		s.attrs = s.attrs[:0]
		s.content(name)
	case name == "noscript":
		s.image.noscript = false
	case s.tooDeep > 0:
		s.tooDeep--
	default:
		s.closeNamed(name)
	}
}
