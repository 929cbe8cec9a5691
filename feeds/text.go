package feeds

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"herald/source"
	"herald/source/text"
)

// escapedText is a string as XML character data, already cleaned and escaped by escaped.
type escapedText struct {
	XML string `xml:",innerxml"`
}

// cdata is a string in CDATA; the encoder splits "]]>" over two sections.
type cdata struct {
	Text string `xml:",cdata"`
}

// newText returns nil for "", which leaves the element out.
func newText(s string) *escapedText {
	if s = escaped(s); s == "" {
		return nil
	}
	return &escapedText{s}
}

// newCDATA returns nil for "", which leaves the element out.
func newCDATA(s string) *cdata {
	if s = text.ForXML(s); s == "" {
		return nil
	}
	return &cdata{s}
}

// escaped makes s fit for XML and escapes it in the spelling that most readers take for text in titles
// (RSS Advisory Board profile, "Character Data").
func escaped(s string) string {
	s = text.ForXML(s)
	if !strings.ContainsAny(s, "&<>") {
		return s
	}
	s = strings.ReplaceAll(s, "&", "&#x26;")
	s = strings.ReplaceAll(s, "<", "&#x3C;")
	return strings.ReplaceAll(s, ">", "&#x3E;")
}

// line is text.ForXML for what may not be blank.
func line(s string) string { return strings.TrimSpace(text.ForXML(s)) }

// stamp is a time as Atom and JSON Feed write it (RFC 3339, UTC, whole seconds); "" for the zero
// time.
func stamp(t time.Time) string { return formatted(t, "2006-01-02T15:04:05Z") }

// rssDate is a time as RSS writes it (RFC 822 with a year of four digits); "" for the zero time.
func rssDate(t time.Time) string { return formatted(t, time.RFC1123Z) }

func formatted(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(layout)
}

// title is never empty while the article has any text at all.
func title(a *source.Article) string {
	return cmp.Or(line(a.Title), line(a.Summary), line(a.URL))
}

// terms returns the categories, then the tags, each once.
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

// language returns s as a language tag, or "".
func language(s string) string {
	tag, _ := text.LanguageTag(s)
	return tag
}

// email returns s if it can be an address, else "".
func email(s string) string {
	if !text.IsEmail(s) {
		return ""
	}
	return s
}
