package markup

import (
	"slices"
	"strings"

	"herald/source"
	"herald/source/safehtml"
	"herald/source/text"
)

// Bounds of what is kept of the references of one body.
const (
	maxRefs   = 500
	maxTarget = 500 // bytes
)

// Refs returns what the links of a body name that give no URL, each once. It looks into the body only where that may
// hold some.
func Refs(b source.Body) (refs []source.Ref) {
	if b.Markup == source.Text || !mayRefer(b) {
		return nil
	}
	add := func(ref source.Ref) (string, bool) {
		if len(refs) < maxRefs && len(ref.Target) <= maxTarget && !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
		return "", true
	}
	for href := range safehtml.Links(toHTML(b, add)) {
		if ref, _, is := readHref(href); is {
			add(ref)
		}
	}
	return refs
}

// mayRefer reports whether something in a body may be a reference. It is asked of every article.
func mayRefer(b source.Body) bool {
	s := b.Text
	if b.Markup.IsMarkdown() && strings.Contains(s, "[[") {
		return true
	}
	return strings.Contains(s, noURL) ||
		hasFileLink(s) || hasContentMark(s)
}

// hasFileLink reports whether the end of the name of a Markdown file stands where that of a link may end.
func hasFileLink(s string) bool {
	return hasAt(s, '.', func(rest string) bool { return len(rest) > 2 && rest[1]|0x20 == 'm' && endsFileLink(rest) })
}

// hasContentMark reports whether something stands in a text that cutContentMark may take off.
func hasContentMark(s string) bool {
	return hasAt(s, '@', func(rest string) bool { return strings.HasPrefix(rest, "@/") || strings.HasPrefix(rest, "@site/") }) ||
		hasAt(s, '{', func(rest string) bool { return strings.HasPrefix(rest, "{filename}") }) ||
		hasAt(s, '|', func(rest string) bool { return strings.HasPrefix(rest, "|filename|") })
}

// hasAt reports whether what begins at some byte of a value is something: bytes that are rare are found fast.
func hasAt(s string, value byte, is func(rest string) bool) bool {
	for {
		next := strings.IndexByte(s, value)
		if next < 0 {
			return false
		}
		if is(s[next:]) {
			return true
		}
		s = s[next+1:]
	}
}

// endsFileLink reports whether a text begins with the extension of a Markdown file and then something that may follow a
// link.
func endsFileLink(s string) bool {
	return slices.ContainsFunc(markdownExtensions, func(ext string) bool {
		return text.HasPrefixFold(s, ext) && (len(s) == len(ext) || strings.IndexByte(")#?\"'>& \t\n", s[len(ext)]) >= 0)
	})
}
