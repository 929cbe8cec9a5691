package placement

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"herald/source/permalink"
	"herald/source/text"
)

// What the paths and the titles of a feed that is one per value hold in the place of a value: its slug, and itself.
const (
	SlugMark  = ":slug"
	ValueMark = ":value"
)

// maxSlug is the longest slug in bytes: with what stands around it, it is a name of a file or folder.
const maxSlug = 150

// SlugOf returns what stands for a value in paths, "" for one without letters and digits.
func SlugOf(value string) string {
	if !strings.ContainsFunc(value, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return ""
	}
	slug := text.NFC(permalink.Slug(value))
	if len(slug) <= maxSlug {
		return slug
	}
	end := maxSlug
	for !utf8.RuneStart(slug[end]) {
		end--
	}
	return strings.TrimSuffix(slug[:end], "-")
}

// IsSlugOf reports whether a slug may be that of a value: its own, or with the number of a later one.
func IsSlugOf(slug, value string) bool {
	base := SlugOf(value)
	rest, begins := strings.CutPrefix(slug, base)
	number, numbered := strings.CutPrefix(rest, "-")
	return base != "" && begins && (rest == "" || numbered && number != "" && strings.Trim(number, "0123456789") == "")
}

// ValueIn returns the value that stands for ValueMark in a text made from a pattern; "": it is not to be told.
func ValueIn(pattern, made string) string {
	before, behind, marked := strings.Cut(pattern, ValueMark)
	if !marked || len(made) <= len(before)+len(behind) || !strings.HasPrefix(made, before) {
		return ""
	}
	value := made[len(before) : len(made)-len(behind)]
	if strings.ReplaceAll(pattern, ValueMark, value) == made {
		return value
	}
	return ""
}

// SlugAt returns the slug that stands in a path that a pattern with SlugMark makes; "": it makes no such path.
func SlugAt(pattern, path string) string {
	marks := strings.Count(pattern, SlugMark)
	if marks == 0 {
		return ""
	}
	length, from := (len(path)-len(pattern))/marks+len(SlugMark), strings.Index(pattern, SlugMark)
	if length <= 0 || from+length > len(path) {
		return ""
	}
	slug := path[from : from+length]
	if strings.Contains(slug, "/") || strings.ReplaceAll(pattern, SlugMark, slug) != path {
		return ""
	}
	return slug
}
