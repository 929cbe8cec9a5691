package preset

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/permalink"
	"herald/source/text"
)

// hexo is Hexo 8 (hexo.io/docs/permalinks). :undated_title is :title where new_post_name is :year-:month-:day-:title.md.
func hexo() Preset {
	return Preset{
		Name: "hexo", Permalink: "/:year/:month/:day/:title/", FrontMatterRequired: true,
		Placeholders: []string{"post_title", "category", "id", "abbrlink", "lang", "layout", "undated_title"},
		Skip:         hexoSkip, Address: hexoAddress, Date: hexoDate, Categories: hexoCategories,
		Title: func(a *source.Article) string { return a.Link.Name },
	}
}

// hexoSkip tells files that Hexo makes no post of.
func hexoSkip(key string, _ []frontmatter.Field) string {
	switch ext := strings.ToLower(path.Ext(key)); {
	case hasFolder(key, "_drafts"):
		return "it lies in _drafts"
	case ext == ".txt" || ext == ".mdx":
		return "Hexo makes no post of " + ext
	}
	return ""
}

// hexoAddress sets the values of the placeholders of the pattern: names are those of files, folders and dates included; what else has
// no meaning is a key of front matter.
func hexoAddress(a *source.Article, key string, fields []frontmatter.Field) error {
	if a.Link.Own {
		return nil
	}
	whole := text.NFC(strings.TrimSuffix(key, path.Ext(key)))
	values := map[string]string{}
	for _, name := range permalink.Placeholders(a.Link.Pattern) {
		switch name {
		case "title":
			values[name] = whole
		case "name":
			values[name] = path.Base(whole)
		case "undated_title":
			values[name] = hexoUndated(whole)
		case "post_title":
			values[name] = strings.ToLower(hexoSlug(a.Title))
		case "category":
			values[name] = hexoCategory(fields)
		case "year", "month", "day", "i_month", "i_day", "hour", "minute", "second":
		default:
			if _, v := frontmatter.Lookup(fields, name); v.Kind == frontmatter.Scalar {
				values[name] = strings.TrimSpace(v.Text)
			}
		}
	}
	a.Link.Values = values
	return nil
}

// hexoUndated returns the title in a name that begins with a date; of another name what Hexo makes of one that is not as
// new_post_name has it.
func hexoUndated(whole string) string {
	if len(whole) > len("2024-01-05-") && hexoNamed.MatchString(whole) {
		return whole[len("2024-01-05-"):]
	}
	return hexoSlug(whole)
}

var hexoNamed = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}-.`)

// hexoSlug is slugize of hexo-util: runs of blanks and punctuation become a hyphen, accents go.
func hexoSlug(s string) string {
	const punctuation = "~`!@#$%^&*()-_+=[]{}|\\;:\"'<>,.?/"
	var b strings.Builder
	for _, r := range text.NFD(s) {
		switch {
		case r < ' ', r >= 0x300 && r <= 0x36f:
		case unicode.IsSpace(r) || strings.ContainsRune(punctuation, r):
			if !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
		default:
			b.WriteRune(r)
		}
	}
	return strings.Trim(text.NFC(b.String()), "-")
}

// hexoCategory returns the path of the last category: in a list of lists, each is a path; a list of texts is one path.
func hexoCategory(fields []frontmatter.Field) string {
	_, v := frontmatter.Lookup(fields, "categories", "category")
	last := v
	if n := len(v.Items); n > 0 && slices.ContainsFunc(v.Items, func(item frontmatter.Value) bool { return item.Kind == frontmatter.List }) {
		last = v.Items[n-1]
	}
	var parts []string
	for _, name := range scalars(last, false) {
		if name = strings.TrimSpace(name); name != "" {
			parts = append(parts, hexoSlug(name))
		}
	}
	if len(parts) == 0 {
		return "uncategorized"
	}
	return strings.Join(parts, "/")
}

// hexoCategories returns the names of the categories, each once. A text is one name, blanks and commas included.
func hexoCategories(_ string, defaults []string, fields []frontmatter.Field) []string {
	_, v := frontmatter.Lookup(fields, "categories", "category")
	var names []string
	for _, name := range scalars(v, false) {
		if name = text.Collapse(name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return defaults
	}
	return names
}

// instant is a time with an offset as JavaScript's YAML has it.
var instant = regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t]+)\d{1,2}:\d\d:\d\d(?:\.\d*)?[ \t]*(?:Z|[-+]\d{1,2}(?::\d\d)?)$`)

// hexoDate returns the time in UTC, without its offset: Hexo reads what its clock shows there in the zone of the site.
func hexoDate(v frontmatter.Value) (written string, zone *time.Location) {
	if !v.Plain || !instant.MatchString(v.Text) {
		return v.Text, nil
	}
	for _, layout := range []string{"2006-1-2T15:04:05Z07:00", "2006-1-2T15:04:05Z07"} {
		if t, err := time.Parse(layout, oneLetterT(v.Text)); err == nil {
			return t.UTC().Format(time.DateTime), nil
		}
	}
	return v.Text, nil
}

// oneLetterT writes a time with a T between day and clock and nothing before the offset.
func oneLetterT(s string) string {
	day, clock, _ := strings.Cut(strings.Replace(strings.ToUpper(s), "T", " ", 1), " ")
	return day + "T" + strings.Join(strings.Fields(clock), "")
}
