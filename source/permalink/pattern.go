package permalink

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"herald/source/near"
	"herald/source/weburl"
)

// PatternError names the placeholder of a permalink pattern that herald does not know.
type PatternError struct {
	Pattern, Placeholder string
	Meant                string // ":categories", the nearest that is known; "": none is near
}

// Check refuses a permalink pattern with an unknown placeholder (*PatternError). A named style is a pattern too. more are names
// that a preset knows beside ours.
func Check(pattern string, more ...string) error {
	for _, match := range placeholders(namedStyle(pattern)) {
		if name, _ := splitPlaceholder(match); match != "" && !isPlaceholder(name) && !slices.Contains(more, name) {
			return unknown(pattern, match, more)
		}
	}
	return nil
}

// unknown is the error of a placeholder that is none, with the nearest of ours and of more.
func unknown(pattern, match string, more []string) *PatternError {
	e := &PatternError{Pattern: pattern, Placeholder: match}
	if meant := near.Name(strings.TrimPrefix(match, ":"), slices.Concat(others(), dateParts(), more)); meant != "" {
		e.Meant = ":" + meant
	}
	return e
}

// checkValues is Check for the pattern of an article whose preset gives values to placeholders.
func checkValues(pattern string, values map[string]string) error {
	for _, match := range placeholders(pattern) {
		name, _ := splitPlaceholder(match)
		if _, given := values[name]; match != "" && !given && !isPlaceholder(name) {
			return unknown(pattern, match, slices.Sorted(maps.Keys(values)))
		}
	}
	return nil
}

// Placeholders returns the names of a pattern's placeholders.
func Placeholders(pattern string) []string {
	var names []string
	for _, match := range placeholders(namedStyle(pattern)) {
		if match != "" {
			name, _ := splitPlaceholder(match)
			names = append(names, name)
		}
	}
	return names
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

// IsStyle reports whether a pattern is one of Jekyll's named styles.
func IsStyle(pattern string) bool { return namedStyle(pattern) != pattern }

// namedStyle returns the pattern of one of Jekyll's named styles.
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

// placeholders returns the placeholders of a pattern, a colon with small letters and underscores, each with the
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

// others are the placeholders that are no part of a date.
func others() []string {
	return []string{"title", "slug", "categories", "slugified_categories", "output_ext", "name", "path"}
}

func isPlaceholder(name string) bool { return slices.Contains(others(), name) || isDatePart(name) }

// dateParts are the names that datePart knows.
func dateParts() []string {
	return []string{
		"year", "short_year", "month", "i_month", "short_month", "long_month", "day", "i_day", "y_day", "short_day", "long_day", "week", "w_year", "w_day",
		"hour", "minute", "second",
	}
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
	_, rest, ok := weburl.CutScheme(pattern)
	return ok && strings.HasPrefix(rest, "//") || strings.HasPrefix(pattern, "//")
}

// datePart returns a part of a date as Jekyll's placeholders name it; ok reports whether name is one.
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
