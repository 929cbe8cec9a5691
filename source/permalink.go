package source

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

var (
	// ErrEmptyPermalink says that a pattern gives no URL for an article, or none of its own.
	ErrEmptyPermalink = errors.New("permalink is empty")
	// ErrNoDate says that a pattern asks for the date of an undated article.
	ErrNoDate = errors.New("permalink needs a date")
)

// PatternError names the placeholder of a permalink pattern that herald does not know.
type PatternError struct{ Pattern, Placeholder string }

// Error gives "permalink /:yaer/: unknown placeholder :yaer".
func (e *PatternError) Error() string {
	return fmt.Sprintf("permalink %s: unknown placeholder %s", e.Pattern, e.Placeholder)
}

// Expand gives the path, or for a pattern of the article's own perhaps the absolute URL, that
// a.Link.Pattern means; Site.Join makes the URL of it. Jekyll's placeholders and named styles mean
// what Jekyll 4 makes of them, in the time zone given (nil: UTC); :name and :path are herald's. What
// is expanded has "?", "#" and "%" encoded, so that a file name never becomes a query. Errors:
// *PatternError, ErrEmptyPermalink, ErrNoDate, ErrLongURL.
func Expand(a *Article, zone *time.Location) (path string, err error) {
	pattern := namedStyle(a.Link.Pattern)
	if err := CheckPattern(pattern); err != nil {
		return "", err
	}
	if a.Published.IsZero() && NeedsDate(pattern) {
		return "", ErrNoDate
	}
	if zone == nil {
		zone = time.UTC
	}
	x := expansion{a, a.Published.In(zone)}
	empty := pattern == ""
	for text, match := range placeholders(pattern) {
		path += text
		if match == "" {
			break
		}
		name, rest := splitPlaceholder(match)
		value := x.value(name)
		empty = empty || value == "" && slices.Contains([]string{"title", "slug", "name", "path"}, name)
		path += escapeValue(value) + rest
	}
	if empty {
		return "", fmt.Errorf("%w: pattern %s", ErrEmptyPermalink, a.Link.Pattern)
	}
	if 3*len(path) > MaxURL && len(encode(path, inQuery)) > MaxURL {
		return "", ErrLongURL
	}
	if isAbsolutePattern(pattern) {
		return path, nil
	}
	return cleanPath(pattern, path)
}

// cleanPath collapses empty parts. Where only Jekyll's placeholders stand, it does what Jekyll's
// URL.sanitize_url does, "wait..." included.
func cleanPath(pattern, path string) (string, error) {
	path = "/" + strings.TrimLeft(path, "/")
	if !usesAny(pattern, "name", "path") && strings.Contains(pattern, ":") {
		path = strings.ReplaceAll(strings.ReplaceAll(path, "..", "/"), "./", "")
	}
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	bare := strings.Trim(path, "/")
	if strings.Contains(pattern, ":") && (bare == "" || strings.Trim(bare, ".") == "") {
		return "", fmt.Errorf("%w: pattern %s", ErrEmptyPermalink, pattern)
	}
	return path, nil
}

// CheckPattern refuses a permalink pattern with an unknown placeholder (*PatternError). A named
// style is a pattern too.
func CheckPattern(pattern string) error {
	for _, match := range placeholders(namedStyle(pattern)) {
		if name, _ := splitPlaceholder(match); match != "" && !isPlaceholder(name) {
			return &PatternError{pattern, match}
		}
	}
	return nil
}

// NeedsDate reports whether a pattern can be expanded only for an article that has a date.
func NeedsDate(pattern string) bool {
	for _, match := range placeholders(namedStyle(pattern)) {
		if name, _ := splitPlaceholder(match); isDatePart(name) {
			return true
		}
	}
	return false
}

// namedStyle gives the pattern of one of Jekyll's named styles.
func namedStyle(pattern string) string {
	switch pattern {
	case "date":
		return "/:categories/:year/:month/:day/:title:output_ext"
	case "pretty":
		return "/:categories/:year/:month/:day/:title/"
	case "ordinal":
		return "/:categories/:year/:y_day/:title:output_ext"
	case "weekdate":
		return "/:categories/:year/W:week/:short_day/:title:output_ext"
	case "none":
		return "/:categories/:title:output_ext"
	}
	return pattern
}

// placeholders gives the placeholders of a pattern, a colon with small letters and underscores, each with the
// text before it; at last the text behind them, with "".
func placeholders(pattern string) iter.Seq2[string, string] {
	return func(yield func(text, match string) bool) {
		from := 0
		for at := 0; at < len(pattern); at++ {
			if pattern[at] != ':' {
				continue
			}
			end := at + 1
			for end < len(pattern) && (pattern[end] == '_' || 'a' <= pattern[end] && pattern[end] <= 'z') {
				end++
			}
			if end == at+1 {
				continue
			}
			if !yield(pattern[from:at], pattern[at:end]) {
				return
			}
			from, at = end, end-1
		}
		yield(pattern[from:], "")
	}
}

// splitPlaceholder separates the name from an underscore that belongs to the text ("/:month_:day").
func splitPlaceholder(match string) (name, rest string) {
	name = strings.TrimPrefix(match, ":")
	if trimmed := strings.TrimSuffix(name, "_"); !isPlaceholder(name) && trimmed != name {
		return trimmed, "_"
	}
	return name, ""
}

func isPlaceholder(name string) bool {
	switch name {
	case "title", "slug", "categories", "slugified_categories", "output_ext", "name", "path":
		return true
	}
	return isDatePart(name)
}

func isDatePart(name string) bool {
	_, ok := datePart(name, time.Time{})
	return ok
}

func usesAny(pattern string, names ...string) bool {
	for _, match := range placeholders(pattern) {
		if name, _ := splitPlaceholder(match); slices.Contains(names, name) {
			return true
		}
	}
	return false
}

func isAbsolutePattern(pattern string) bool {
	_, rest, ok := cutScheme(pattern)
	return ok && strings.HasPrefix(rest, "//") || strings.HasPrefix(pattern, "//")
}

// expansion gives the values of one article's placeholders.
type expansion struct {
	a  *Article
	at time.Time
}

func (x expansion) value(name string) string {
	link := x.a.Link
	slug := link.Slug
	if slug == "" {
		slug = link.Name
	}
	switch name {
	case "title":
		return slugify(slug, prettyPunctuation)
	case "slug":
		return strings.ToLower(slugify(slug, ""))
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
		return x.categories(func(c string) string { return strings.ToLower(slugify(c, "")) })
	case "output_ext":
		if link.Ext == "" {
			return ".html"
		}
		return link.Ext
	}
	value, _ := datePart(name, x.at)
	return value
}

// categories gives the folders above _posts, then the article's own, each once.
func (x expansion) categories(f func(string) string) string {
	var all []string
	for _, c := range slices.Concat(strings.Split(x.a.Link.Above, "/"), x.a.Categories) {
		if c = f(segment(c)); c != "" && !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return strings.Join(all, "/")
}

// segment gives a file name that can stand in a URL as a part of its own.
func segment(name string) string {
	if name == "." || name == ".." {
		return ""
	}
	return nfc(name)
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

// datePart gives a part of a date as Jekyll's placeholders name it; ok says whether name is one.
func datePart(name string, t time.Time) (value string, ok bool) {
	switch name {
	case "year":
		return fmt.Sprintf("%04d", t.Year()), true
	case "short_year":
		return t.Format("06"), true
	case "month":
		return t.Format("01"), true
	case "i_month":
		return t.Format("1"), true
	case "short_month":
		return t.Format("Jan"), true
	case "long_month":
		return t.Format("January"), true
	case "day":
		return t.Format("02"), true
	case "i_day":
		return t.Format("2"), true
	case "y_day":
		return t.Format("002"), true
	case "short_day":
		return t.Format("Mon"), true
	case "long_day":
		return t.Format("Monday"), true
	case "week":
		_, isoWeek := t.ISOWeek()
		return fmt.Sprintf("%02d", isoWeek), true
	case "w_year":
		isoYear, _ := t.ISOWeek()
		return fmt.Sprintf("%04d", isoYear), true
	case "w_day":
		return fmt.Sprint((int(t.Weekday())+6)%7 + 1), true
	case "hour":
		return t.Format("15"), true
	case "minute":
		return t.Format("04"), true
	case "second":
		return t.Format("05"), true
	}
	return "", false
}
