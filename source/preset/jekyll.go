package preset

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/permalink"
	"herald/source/text"
	"herald/source/weburl"
)

// jekyll is Jekyll 4 (jekyllrb.com/docs/permalinks).
func jekyll() Preset {
	p := jekyllFiles("")
	p.At = jekyllFiles
	return p
}

// jekyllFiles is Jekyll for the files of a folder with this name: _posts, that of a collection such as _wiki, or one that
// holds _posts folders.
func jekyllFiles(folder string) Preset {
	p := Preset{
		Name: "jekyll", Permalink: "date", Markdown: source.Kramdown, FrontMatterRequired: true,
		CutDate: CutJekyllDate, Date: jekyllZone, Title: jekyllTitle, ID: jekyllID, Categories: jekyllCategories,
	}
	label, isCollection := strings.CutPrefix(folder, "_")
	switch {
	case folder == "_posts":
		p.Variant = "posts"
	case folder == "_drafts":
		p.Variant = "drafts"
	case isCollection:
		p.Variant = "collection " + label
		p.Permalink = "/" + label + "/:path:output_ext"
	}
	p.Skip = func(path string, fields []frontmatter.Field) string { return jekyllSkip(p.Variant, path) }
	p.Address = func(a *source.Article, path string, fields []frontmatter.Field) error {
		jekyllAddress(a, path)
		if isCollection && p.Variant != "posts" {
			jekyllValues(a, path, label)
		}
		return nil
	}
	return p
}

// jekyllSkip tells files that Jekyll makes no document of.
func jekyllSkip(variant, key string) string {
	if variant == "drafts" || hasFolder(key, "_drafts") {
		return "it lies in _drafts"
	}
	isPost := variant == "posts" || variant == "" && hasFolder(key, "_posts")
	if date, _ := CutJekyllDate(stem(key)); isPost && date == "" {
		return "names of Jekyll's posts begin with a date, such as 2024-01-05-name.md"
	}
	return ""
}

// hasFolder reports whether one of the folders above a file has a name.
func hasFolder(key, name string) bool {
	return strings.HasPrefix(key, name+"/") || strings.Contains(key, "/"+name+"/")
}

// stem returns the name of a file without its extension.
func stem(key string) string {
	base := path.Base(key)
	return strings.TrimSuffix(base, path.Ext(base))
}

// CutJekyllDate takes the date off the name of a post. Years may have two digits: 69 is 1969, 68 is 2068, as Ruby has it.
func CutJekyllDate(name string) (date, rest string) {
	year, after := cutDigits(name, 2, 4)
	month, after := cutDigits(strings.TrimPrefix(after, "-"), 1, 2)
	day, after := cutDigits(strings.TrimPrefix(after, "-"), 1, 2)
	rest, dashed := strings.CutPrefix(after, "-")
	if year == "" || month == "" || day == "" || !dashed || rest == "" || len(name) != len(year)+len(month)+len(day)+len(rest)+3 {
		return "", name
	}
	switch {
	case len(year) == 3:
		return "", name
	case len(year) == 2 && year < "69":
		year = "20" + year
	case len(year) == 2:
		year = "19" + year
	}
	return year + "-" + month + "-" + day, rest
}

// cutDigits takes digits off the front of a text; "" where there are fewer than least or more than most.
func cutDigits(s string, least, most int) (digits, rest string) {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n < least || n > most {
		return "", s
	}
	return s[:n], s[n:]
}

// timestamp is a time that Ruby's YAML makes a time of. Without an offset it is UTC, whatever zone the site has; what it leaves
// a text (quoted, or without seconds) is read in the site's zone, and so is a day.
var timestamp = regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d\d:\d\d(?:\.\d*)?$`)

// jekyllZone returns UTC for a timestamp.
func jekyllZone(v frontmatter.Value) (text string, zone *time.Location) {
	if v.Plain && timestamp.MatchString(v.Text) {
		return v.Text, time.UTC
	}
	return v.Text, nil
}

// jekyllTitle is Jekyll's Utils.titleize_slug.
func jekyllTitle(a *source.Article) string {
	words := strings.Split(strings.TrimRight(a.Link.Name, ".-"), "-")
	for i, word := range words {
		first, size := utf8.DecodeRuneInString(word)
		if size > 0 {
			words[i] = string(unicode.ToUpper(first)) + strings.ToLower(word[size:])
		}
	}
	return strings.Join(words, " ")
}

// jekyllAddress fills in what Jekyll's placeholders mean: the name is never that of the folder, and does not end with a dot.
func jekyllAddress(a *source.Article, key string) {
	_, slug := CutJekyllDate(text.NFC(stem(key)))
	a.Link.Name = strings.TrimRight(slug, ".")
	a.Link.Ext = jekyllExt(path.Ext(key))
}

// jekyllValues fills in the placeholders that Jekyll reads otherwise than herald where a document of a collection has them: names
// and paths with the date that they may have.
func jekyllValues(a *source.Article, key, collection string) {
	if !strings.Contains(a.Link.Pattern, ":path") && !strings.Contains(a.Link.Pattern, ":name") && !strings.Contains(a.Link.Pattern, ":collection") {
		return
	}
	whole := text.NFC(stem(key))
	a.Link.Values = map[string]string{
		"collection": collection, "name": permalink.Slug(whole),
		"path": strings.NewReplacer("..", "/", "./", "").Replace(path.Join("/", text.NFC(path.Dir(key)), strings.TrimRight(whole, "."))),
	}
}

// jekyllExt returns the extension of what Jekyll makes of a file: that of Markdown becomes .html, others stay.
func jekyllExt(ext string) string {
	if slices.Contains([]string{".markdown", ".mkdown", ".mkdn", ".mkd", ".md"}, strings.ToLower(ext)) {
		return ".html"
	}
	return ext
}

// jekyllCategories returns the folders above _posts, what the config says, what categories says (a text is split at white space
// alone), and what category says, each once.
func jekyllCategories(above string, defaults []string, fields []frontmatter.Field) []string {
	all := strings.Split(above, "/")
	all = append(all, defaults...)
	_, many := frontmatter.Lookup(fields, "categories")
	all = append(all, scalars(many, true)...)
	_, one := frontmatter.Lookup(fields, "category")
	all = append(all, scalars(one, false)...)
	var unique []string
	for _, c := range all {
		if c = text.NFC(strings.TrimSpace(c)); c != "" && !slices.Contains(unique, c) {
			unique = append(unique, c)
		}
	}
	return unique
}

// scalars returns the texts of a value, lists flattened; a single text is split at white space if so told.
func scalars(v frontmatter.Value, split bool) []string {
	switch {
	case v.Kind == frontmatter.Scalar && split:
		return strings.Fields(v.Text)
	case v.Kind == frontmatter.Scalar:
		return []string{v.Text}
	}
	var all []string
	for _, item := range v.Items {
		all = append(all, scalars(item, false)...)
	}
	return all
}

// jekyllID returns what jekyll-feed shows: the folder of the URL with the slug in it, without extension or closing slash.
func jekyllID(a *source.Article, url string) string {
	folder := strings.TrimSuffix(url, "/")
	folder = folder[:strings.LastIndexByte(folder, '/')+1]
	slug := cmp.Or(a.Link.Slug, a.Link.Name)
	if slug == "" || strings.HasSuffix(folder, "://") {
		return ""
	}
	id, err := weburl.Normal(folder + strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23").Replace(slug))
	if err != nil {
		return ""
	}
	return id
}
