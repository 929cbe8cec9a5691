// Package permalink makes the address of an article from a pattern, with Jekyll's placeholders and its own.
package permalink

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"herald/source"
	"herald/source/text"
	"herald/source/weburl"
)

var (
	// ErrEmpty means that a pattern makes no URL for an article, or none of its own.
	ErrEmpty = errors.New("permalink is empty")
	// ErrNoDate means that a pattern asks for the date of an undated article.
	ErrNoDate = errors.New("permalink needs a date")
)

// Error returns "unknown placeholder :yaer; is :year meant?".
func (e *PatternError) Error() string {
	if e.Meant != "" {
		return fmt.Sprintf("unknown placeholder %s; is %s meant?", e.Placeholder, e.Meant)
	}
	return fmt.Sprintf("unknown placeholder %s", e.Placeholder)
}

// Expand returns the path, or for a pattern of the article's own perhaps the absolute URL, that
// a.Link.Pattern means; Site.Join makes the URL of it. Jekyll's placeholders and named styles mean
// what Jekyll 4 makes of them, in the time zone given (nil: UTC); :name and :path are herald's. What
// is expanded has "?", "#" and "%" encoded, so that a file name never becomes a query. Errors:
// *PatternError, ErrEmpty, ErrNoDate, weburl.ErrLong.
func Expand(a *source.Article, zone *time.Location) (path string, err error) {
	pattern := namedStyle(a.Link.Pattern)
	if len(pattern) > longest {
		return "", weburl.ErrLong
	}
	if err := checkValues(pattern, a.Link.Values); err != nil {
		return "", err
	}
	if a.Published.IsZero() && NeedsDate(pattern) {
		return "", ErrNoDate
	}
	if zone == nil {
		zone = time.UTC
	}
	x := expansion{a, a.Published.In(zone), map[string]string{}}
	path, whole := x.expand(pattern)
	if !whole {
		return "", fmt.Errorf("%w: pattern %s", ErrEmpty, a.Link.Pattern)
	}
	if len(path) > longest || weburl.TooLong(path) {
		return "", weburl.ErrLong
	}
	if isAbsolutePattern(pattern) {
		return path, nil
	}
	return cleanPath(pattern, path, a.Link.Values == nil && !usesAny(pattern, "name", "path"))
}

// cleanPath collapses empty parts. Where only Jekyll's placeholders stand, it does what Jekyll's URL.sanitize_url does, "wait..."
// included.
func cleanPath(pattern, path string, jekylls bool) (string, error) {
	path = "/" + strings.TrimLeft(path, "/")
	if jekylls && strings.Contains(pattern, ":") {
		path = strings.ReplaceAll(strings.ReplaceAll(path, "..", "/"), "./", "")
	}
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	bare := strings.Trim(path, "/")
	if strings.Contains(pattern, ":") && (bare == "" || strings.Trim(bare, ".") == "") {
		return "", fmt.Errorf("%w: pattern %s", ErrEmpty, pattern)
	}
	return path, nil
}

// longest is how long a pattern may be, and what it has become before that is tidied, in bytes: no URL is longer.
const longest = 8 * weburl.MaxLength

// expansion returns the values of one article's placeholders.
type expansion struct {
	a    *source.Article
	at   time.Time
	made map[string]string // values by name: one may stand in a pattern any number of times
}

// expand returns a pattern with its values; whole is false where one is empty without which the article has no URL of its own.
// What grows longer than longest is cut short.
func (x expansion) expand(pattern string) (path string, whole bool) {
	whole = pattern != ""
	for text, match := range placeholders(pattern) {
		path += text
		if match == "" || len(path) > longest {
			break
		}
		name, rest := splitPlaceholder(match)
		value, known := x.made[name]
		if !known {
			value = x.value(name)
			x.made[name] = value
		}
		whole = whole && (value != "" || !slices.Contains([]string{"title", "slug", "name", "path"}, name))
		path += escapeValue(value) + rest
	}
	return path, whole
}

func (x expansion) value(name string) string {
	link := x.a.Link
	if value, given := link.Values[name]; given {
		return text.NFC(value)
	}
	slug := link.Slug
	if slug == "" {
		slug = link.Name
	}
	switch name {
	case "title":
		return slugify(slug, prettyPunctuation)
	case "slug":
		return Slug(slug)
	case "name":
		return segment(link.Name)
	case "path":
		if name := segment(link.Name); name != "" {
			return segments(link.Dir) + "/" + name
		}
		return segments(link.Dir) // the index file of the root has no name
	case "categories":
		return x.categories(strings.ToLower)
	case "slugified_categories":
		return x.categories(func(c string) string { return Slug(c) })
	case "output_ext":
		if link.Ext == "" {
			return ".html"
		}
		return link.Ext
	}
	value, _ := datePart(name, x.at)
	return value
}

// categories returns the folders above _posts, then the article's own, each once.
func (x expansion) categories(f func(string) string) string {
	var all []string
	for _, c := range slices.Concat(strings.Split(x.a.Link.Above, "/"), x.a.Categories) {
		if c = f(segment(c)); c != "" && !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return strings.Join(all, "/")
}

// segment returns a file name that can stand in a URL as a part of its own.
func segment(name string) string {
	if name == "." || name == ".." {
		return ""
	}
	return text.NFC(name)
}

func segments(dir string) string {
	all := make([]byte, 0, len(dir))
	for part := range strings.SplitSeq(dir, "/") {
		if part = segment(part); part != "" {
			all = append(append(all, part...), '/')
		}
	}
	return string(bytes.TrimSuffix(all, []byte("/")))
}

// escapeValue encodes what would end a path, and what browsers drop from one.
func escapeValue(s string) string {
	if !strings.ContainsAny(s, "%?#\\\t\n\r") {
		return s
	}
	return strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23", `\`, "%5C", "\t", "%09", "\n", "%0A", "\r", "%0D").Replace(s)
}
