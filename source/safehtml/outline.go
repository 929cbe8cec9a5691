package safehtml

import (
	"cmp"
	"strings"

	"herald/source/text"
	"herald/source/weburl"
)

// Outline is what a body shows without being rendered: its heading, its first line, its first image.
type Outline struct {
	Heading   string // the heading that the body begins with, else its first <h1>; plain text
	FirstLine string // the first line or block with text, plain text; of a table or a <pre> only where no other is
	Image     string // the URL of the first image as written, lazy loading undone
}

// htmlScan reads an Outline from HTML.
type htmlScan struct {
	o           Outline
	text        strings.Builder // of the block, and of the heading, that is read now
	heading     strings.Builder
	inHeading   bool
	apart       int    // open tables and <pre>
	apartLine   string // the first line in one
	placeholder string // an image whose true address may follow in <noscript>
	noscript    bool   // inside of one
	fresh       bool   // the image was read last: one in a <noscript> replaces it
}

// Scan returns the outline of an HTML text in one pass.
func Scan(text string) Outline {
	var s htmlScan
	z := bodyTokens(text)
	for !s.done() {
		switch z.next() {
		case tokenEnd:
			s.endBlock()
			s.endHeading()
			s.o.FirstLine = cmp.Or(s.o.FirstLine, s.apartLine)
			s.o.Image = cmp.Or(s.o.Image, s.placeholder)
			return s.o
		case tokenText:
			s.addText(&z)
		case tokenStart:
			s.start(z.data, &z)
		case tokenClose:
			s.end(z.data)
		}
	}
	return s.o
}

func (s *htmlScan) done() bool {
	return s.o.Heading != "" && s.o.FirstLine != "" && s.o.Image != "" && !s.fresh
}

func (s *htmlScan) addText(z *tokenizer) {
	s.fresh = s.fresh && text.SkipSpace(z.data, 0) == len(z.data)
	if s.o.FirstLine == "" && s.text.Len() < MaxTitle {
		writeLimited(&s.text, z.decoded(), MaxTitle)
		if s.inHeading {
			s.heading.Reset()
			s.heading.WriteString(s.text.String())
		}
		return
	}
	if s.inHeading && s.heading.Len() < MaxTitle {
		writeLimited(&s.heading, z.decoded(), MaxTitle)
	}
}

func (s *htmlScan) start(name string, z *tokenizer) {
	switch {
	case name == "img" && (s.o.Image == "" || s.noscript && s.fresh):
		s.image(z)
	case name == "noscript":
		s.noscript = true
	case kindOf(name) != tagUnknown:
		s.fresh = false
	}
	if !isBlock(name) {
		return
	}
	s.endBlock()
	if isApart(name) {
		s.apart++
	}
	if isHeading(name) && s.o.Heading == "" && (name == "h1" || s.o.FirstLine == "" && s.apartLine == "") {
		s.endHeading()
		s.inHeading = true
	} else if s.inHeading {
		s.heading.WriteByte(' ')
	}
}

func (s *htmlScan) end(name string) {
	switch {
	case name == "noscript":
		s.noscript = false
	case kindOf(name) != tagUnknown:
		s.fresh = false
	}
	if isBlock(name) {
		s.endBlock()
	}
	if isApart(name) {
		s.apart = max(0, s.apart-1)
	}
	if isHeading(name) {
		s.endHeading()
	}
}

func (s *htmlScan) endBlock() {
	if s.o.FirstLine != "" {
		return
	}
	line := text.Collapse(s.text.String())
	s.text.Reset()
	if s.apart == 0 || s.inHeading {
		s.o.FirstLine = line
	} else if s.apartLine == "" {
		s.apartLine = line
	}
}

// isApart reports the elements whose text is no title.
func isApart(name string) bool { return name == "table" || name == "pre" }

func (s *htmlScan) endHeading() {
	if s.inHeading && s.o.Heading == "" {
		s.o.Heading = text.Collapse(s.heading.String())
	}
	s.heading.Reset()
	s.inHeading = false
}

// image takes the address of an <img>; a placeholder waits for a better one.
func (s *htmlScan) image(z *tokenizer) {
	address, plain := imageAddress(z)
	switch {
	case address == "" || s.noscript && isPixel(z):
	case !plain || !looksLikePlaceholder(address):
		s.o.Image, s.fresh = address, true
	case s.placeholder == "":
		s.placeholder = address
	}
}

// imageAddress returns the address of an <img> that a document shows, "" for none; plain means that it is that of src.
func imageAddress(z *tokenizer) (address string, plain bool) {
	var lazy lazyURLs
	var src, srcset string
	for _, a := range z.keptAttrs("img", nil) {
		switch {
		case isLazyAttr(a.name):
			lazy.take(a.name, a.value)
		case a.name == "src":
			src = weburl.Trim(a.value)
		case a.name == "srcset":
			srcset = a.value
		}
	}
	if all := cmp.Or(lazy.src, src); !isNoAddress(all) {
		return all, lazy.src == ""
	}
	first, _, _ := strings.Cut(weburl.MapSrcset(cmp.Or(lazy.srcset, srcset), nil), " ")
	return strings.TrimSuffix(first, ","), false
}

// isPixel reports an image that counts readers.
func isPixel(z *tokenizer) bool {
	one := 0
	for _, a := range z.keptAttrs("img", nil) {
		if (a.name == "width" || a.name == "height") && a.value == "1" {
			one++
		}
	}
	return one == 2
}

// isNoAddress reports whether an image address leads to no file of the web, so that no document shows it.
func isNoAddress(src string) bool {
	scheme, _, found := weburl.CutScheme(src)
	return src == "" || found && scheme != "http" && scheme != "https"
}

// looksLikePlaceholder reports whether a file is named like the stand-in of a lazy loader.
func looksLikePlaceholder(src string) bool {
	name := strings.ToLower(src[strings.LastIndexByte(src, '/')+1:])
	for _, word := range []string{"placeholder", "blank.", "spacer.", "transparent.", "1x1.", "pixel.", "lazy", "loading."} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}
