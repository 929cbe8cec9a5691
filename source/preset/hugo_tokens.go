package preset

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"herald/source/near"
	"herald/source/permalink"
)

// hugoToken is a placeholder of Hugo's permalinks: :year, :sections[1:].
var hugoToken = regexp.MustCompile(`:\w+(\[.+?\])?`)

// hugoPage is what Hugo's placeholders are expanded from.
type hugoPage struct {
	spelling
	date     time.Time // as it is written, whatever its zone
	title    string
	slug     string
	file     string   // the file's name without extension and language; of a bundle its folder's
	dir      string   // the folders above it
	sections []string // those of its folders that are sections, the outermost first
	names    []string // of the sections, as they are spelled: slug, else title
}

// hugoAttribute is one placeholder without its colon. ok is false where Hugo has none of this name.
func hugoAttribute(name string, p hugoPage) (value string, ok bool) {
	base, cut, _ := strings.Cut(name, "[")
	switch {
	case base == "sections":
		return path.Join(cutSections(p.sections, cut)...), true
	case base == "sectionslugs":
		return path.Join(cutSections(p.names, cut)...), true
	case cut != "":
		return "", false
	}
	switch name {
	case "section":
		return first(p.sections), true
	case "sectionslug":
		return first(p.names), true
	case "title":
		return p.path(p.title), true
	case "slug":
		return p.path(cmp.Or(p.slug, p.title)), true
	case "slugorfilename", "slugorcontentbasename":
		return p.path(cmp.Or(p.slug, p.file)), true
	case "filename", "contentbasename", "name": // :name is ours
		return p.path(p.file), true
	case "path": // ours
		return path.Join(p.spelling.file(p.dir), cmp.Or(p.slug, p.spelling.file(p.file))), true
	}
	return hugoDatePart(name, p.date)
}

// hugoDatePart returns a part of a date; ok is false where name is none, nor a layout of Go's.
func hugoDatePart(name string, t time.Time) (value string, ok bool) {
	switch name {
	case "year":
		return strconv.Itoa(t.Year()), true
	case "month":
		return fmt.Sprintf("%02d", int(t.Month())), true
	case "monthname":
		return t.Month().String(), true
	case "day":
		return fmt.Sprintf("%02d", t.Day()), true
	case "weekday":
		return strconv.Itoa(int(t.Weekday())), true
	case "weekdayname":
		return t.Weekday().String(), true
	case "yearday":
		return strconv.Itoa(t.YearDay()), true
	}
	unlike := time.Date(2019, time.November, 9, 23, 1, 42, 1, time.UTC) // no part of it is written as in a layout
	return t.Format(name), unlike.Format(name) != name
}

// cutSections returns the sections that an index such as "1:last]" means; without one, all.
func cutSections(all []string, index string) []string {
	index = strings.ToLower(strings.TrimSpace(strings.TrimSuffix(index, "]")))
	if index == "" || len(all) == 0 {
		return all
	}
	from, to, isRange := strings.Cut(index, ":")
	at := func(text string, unset int) int {
		switch n, err := strconv.Atoi(text); {
		case text == "":
			return unset
		case text == "last":
			return len(all) - 1
		case err == nil && n >= 0:
			return n
		}
		return len(all)
	}
	low := at(from, 0)
	high := min(at(to, len(all)), len(all))
	if !isRange {
		high = low + 1
	}
	if low >= len(all) || low > high {
		return nil
	}
	return all[low:high]
}

// hugoNames are the placeholders of Hugo by name.
func hugoNames() []string {
	return []string{
		"sections", "sectionslugs", "section", "sectionslug", "title", "slug", "slugorfilename", "slugorcontentbasename", "filename", "contentbasename",
		"year", "month", "monthname", "day", "weekday", "weekdayname", "yearday",
	}
}

// checkHugoPattern refuses a placeholder that Hugo has not.
func checkHugoPattern(pattern string) error {
	for _, token := range hugoToken.FindAllString(strings.ReplaceAll(pattern, `\:`, ""), -1) {
		if _, ok := hugoAttribute(token[1:], hugoPage{}); !ok {
			e := &permalink.PatternError{Pattern: pattern, Placeholder: token}
			if meant := near.Name(token[1:], hugoNames()); meant != "" {
				e.Meant = ":" + meant
			}
			return e
		}
	}
	return nil
}

// expand replaces the placeholders of a pattern of Hugo's.
func (p hugoPage) expand(pattern string) string {
	const colon = "\x00" // stands for an escaped one
	pattern = hugoToken.ReplaceAllStringFunc(strings.ReplaceAll(pattern, `\:`, colon), func(token string) string {
		value, ok := hugoAttribute(token[1:], p)
		if !ok {
			return token
		}
		return value
	})
	return strings.ReplaceAll(pattern, colon, ":")
}

// first returns the first of texts, "" where there is none.
func first(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[0]
}
