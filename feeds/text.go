package feeds

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"herald/source"
	"herald/source/text"
)

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

// term is a category or a tag. Its scheme tells which (RFC 4287 section 4.2.2.2, RSS 2.0 category domain): the home page
// with this fragment.
type term struct{ value, scheme string }

// terms returns the categories, then the tags, each value once.
func terms(a *source.Article) []term {
	var all []term
	for _, list := range []struct {
		scheme string
		values []string
	}{{"#category", a.Categories}, {"#tag", a.Tags}} {
		for _, s := range list.values {
			if s = line(s); s != "" && !slices.ContainsFunc(all, func(t term) bool { return t.value == s }) {
				all = append(all, term{s, list.scheme})
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
