package safehtml

import (
	"strings"

	"herald/source/weburl"
)

// readAttrs collects the attributes of the current tag that survive, in the order written, with
// absolute URLs.
func (s *sanitizer) readAttrs(z *tokenizer, tag string) {
	s.attrs = s.attrs[:0]
	var lazy lazyURLs
	s.read = z.keptAttrs(tag, s.read[:0])
	for _, a := range s.read {
		if !isLazyAttr(a.name) {
			s.attrs = append(s.attrs, a)
		} else {
			lazy.take(a.name, a.value)
		}
	}
	s.attrs = lazy.apply(s.attrs)
	s.checkAttrs(tag)
}

// checkAttrs makes URLs absolute and drops attributes whose value means nothing.
func (s *sanitizer) checkAttrs(tag string) {
	kept := s.attrs[:0]
	for _, a := range s.attrs {
		ok := true
		switch a.name {
		case "href", "src", "poster", "cite":
			a.value, ok = s.url(a.value, a.name == "href")
			if a.name != "href" && a.name != "cite" && !weburl.IsWeb(a.value) && s.resolve != nil {
				ok = false
			}
		case "srcset":
			resolve := s.absolute
			if s.resolve == nil {
				resolve = nil
			}
			a.value = weburl.MapSrcset(a.value, resolve)
			ok = a.value != ""
		case "id":
			ok = !s.written[a.value]
			s.written[a.value] = true
			a.value = s.anchors.prefixed(a.value)
		case "width", "height", "colspan", "rowspan", "span", "start", "value":
			ok = isNumber(a.value)
		case "align":
			a.value = strings.ToLower(a.value)
			ok = a.value == "left" || a.value == "right" || a.value == "center"
		case "dir":
			a.value = strings.ToLower(a.value)
			ok = a.value == "ltr" || a.value == "rtl" || a.value == "auto"
		}
		if ok {
			kept = append(kept, a)
		}
	}
	s.attrs = kept
}

// url resolves one URL. An empty reference is the page itself: it means something in a link only.
func (s *sanitizer) url(ref string, link bool) (string, bool) {
	ref = weburl.Trim(ref)
	if ref == "" && !link {
		return "", false
	}
	if s.resolve == nil {
		return ref, true
	}
	abs := s.absolute(ref)
	if link && abs != "" {
		abs = s.anchors.link(ref, abs)
	}
	return abs, abs != ""
}

// maxAdded bounds what a body grows by when its URLs become absolute, in bytes: 10,000 links of an article with an address of
// 400 bytes. Further links are none, their text stays.
const maxAdded = 4_000_000

func (s *sanitizer) absolute(ref string) string {
	if s.added > maxAdded {
		return ""
	}
	abs := s.resolve(ref)
	s.added += max(len(abs)-len(ref), 0)
	return abs
}

// media writes an <img> or a <source>.
func (s *sanitizer) media(name string) {
	if name == "source" {
		if s.find(" picture video audio ", "") >= 0 && (s.hasAttr("src") || s.hasAttr("srcset")) {
			s.writeTag(name)
		}
		return
	}
	s.srcFromSrcset()
	if !s.hasAttr("src") {
		return
	}
	if s.image.noscript && s.attr("width") == "1" && s.attr("height") == "1" {
		return // a counting pixel
	}
	if s.image.noscript && s.image.at >= 0 && s.image.end == len(s.out) {
		s.out = s.out[:s.image.at] // the image before was only a stand-in for this one
	} else {
		s.flushSpace()
	}
	s.start = false
	s.image.at = len(s.out)
	s.writeTag("img")
	s.image.end = len(s.out)
}

// srcFromSrcset returns an image without usable src the first of its srcset.
func (s *sanitizer) srcFromSrcset() {
	set := s.attr("srcset")
	if s.hasAttr("src") || set == "" {
		return
	}
	first, _, _ := strings.Cut(set, " ")
	s.attrs = append(s.attrs, attribute{"src", strings.TrimSuffix(first, ",")})
}

// embed writes a link in place of an <iframe> or <embed>.
func (s *sanitizer) embed() {
	src := s.attr("src")
	if src == "" || s.resolve != nil && !weburl.IsWeb(src) {
		return
	}
	title := s.attr("title")
	if title == "" {
		title = src
	}
	wrap := s.inFlow() && len(s.open)+1 < maxDepth
	if wrap {
		s.boundary()
		s.out = append(s.out, "<p>"...)
	}
	s.flushSpace()
	link := element{name: "a", written: "a"}
	if s.find(" a ", scopeMarker) >= 0 || len(s.open) >= maxDepth {
		link.written = "" // no link in a link
	} else {
		s.attrs = append(s.attrs[:0], attribute{"href", src})
		s.writeTag("a")
	}
	s.start = true
	s.text(title)
	s.writeEnd(link)
	s.start, s.space = false, false
	if wrap {
		s.out = append(s.out, "</p>"...)
		s.boundary()
		s.newline()
	}
}

// inFlow reports whether blocks may stand here: not inside a paragraph, heading or inline element.
func (s *sanitizer) inFlow() bool {
	n := len(s.open)
	if s.inTable() {
		n = s.find(scopeTable, "")
	}
	return n == 0 || containsWord(" div section article aside figure blockquote main header footer ", s.open[n-1].written)
}

func isNumber(s string) bool {
	for i := 0; i < len(s); i++ {
		if (s[i] < '0' || s[i] > '9') && !(i == len(s)-1 && s[i] == '%' && i > 0) {
			return false
		}
	}
	return s != "" && len(s) < 10
}
