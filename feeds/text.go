package feeds

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"herald/source"
)

// text is a string as XML character data, already cleaned and escaped by escaped.
type text struct {
	XML string `xml:",innerxml"`
}

// cdata is a string in CDATA; the encoder splits "]]>" over two sections.
type cdata struct {
	Text string `xml:",cdata"`
}

// newText gives nil for "", which leaves the element out.
func newText(s string) *text {
	if s = escaped(s); s == "" {
		return nil
	}
	return &text{s}
}

// newCDATA gives nil for "", which leaves the element out.
func newCDATA(s string) *cdata {
	if s = clean(s); s == "" {
		return nil
	}
	return &cdata{s}
}

// escaped cleans s and escapes it in the spelling that most readers take for text in titles
// (RSS Advisory Board profile, "Character Data").
func escaped(s string) string {
	s = clean(s)
	if !strings.ContainsAny(s, "&<>") {
		return s
	}
	s = strings.ReplaceAll(s, "&", "&#x26;")
	s = strings.ReplaceAll(s, "<", "&#x3C;")
	return strings.ReplaceAll(s, ">", "&#x3E;")
}

// line is clean for what may not be blank.
func line(s string) string { return strings.TrimSpace(clean(s)) }

// clean makes s fit for XML 1.0 and JSON alike: forbidden characters are dropped, broken UTF-8
// becomes U+FFFD, line ends become LF (an XML parser would read them so). A fit s costs one pass.
func clean(s string) string {
	if fit(s) {
		return s
	}
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return strings.Map(func(r rune) rune {
		if allowed(r) {
			return r
		}
		return -1
	}, s)
}

// allowed is the production Char of XML 1.0 (section 2.2).
func allowed(r rune) bool {
	return r >= 0x20 && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' ||
		r >= 0xE000 && r <= 0xFFFD || r >= 0x10000
}

// fit reports whether clean would leave s as it is.
func fit(s string) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\t' {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if size == 1 || r == 0xFFFE || r == 0xFFFF {
			return false
		}
		i += size
	}
	return true
}

// stamp is a time as Atom and JSON Feed write it (RFC 3339, UTC, whole seconds); "" for the zero
// time.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}

// rssDate is a time as RSS writes it (RFC 822 with a year of four digits); "" for the zero time.
func rssDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC1123Z)
}

// title is never empty while the article says anything at all.
func title(a *source.Article) string {
	return cmp.Or(line(a.Title), line(a.Summary), line(a.URL))
}

// terms gives the categories, then the tags, each once.
func terms(a *source.Article) []string {
	var all []string
	for _, list := range [][]string{a.Categories, a.Tags} {
		for _, s := range list {
			if s = line(s); s != "" && !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}

// language gives s if it has the form of a language tag (RFC 4287 section 2), else "".
func language(s string) string {
	for i, part := range strings.Split(s, "-") {
		if len(part) < 1 || len(part) > 8 || strings.ContainsFunc(part, func(r rune) bool {
			digit := r >= '0' && r <= '9' && i > 0
			return !digit && !(r|0x20 >= 'a' && r|0x20 <= 'z')
		}) {
			return ""
		}
	}
	return s
}

// email gives s if it can be an address, else "".
func email(s string) string {
	at := strings.IndexByte(s, '@')
	if at < 1 || at == len(s)-1 || strings.ContainsAny(s, " \t\r\n()<>,;:\"") || clean(s) != s {
		return ""
	}
	return s
}
