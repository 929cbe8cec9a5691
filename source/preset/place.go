package preset

import (
	"path"
	"regexp"
	"strings"

	"herald/source"
	"herald/source/text"
)

// bare returns the name of a file without its extension, NFC.
func bare(file string) string {
	return text.NFC(strings.TrimSuffix(path.Base(file), path.Ext(file)))
}

// folderOf returns the folders that a file lies in, NFC; "" at the root.
func folderOf(file string) string {
	if dir := path.Dir(file); dir != "." {
		return text.NFC(dir)
	}
	return ""
}

// escaped returns a text in the form in which it stands in a permalink as it is.
func escaped(s string) string {
	return literal(strings.NewReplacer("%", "%25", "?", "%3F").Replace(s))
}

var placeholder = regexp.MustCompile(`:[a-z_]+`)

// place writes into the article's pattern what the generator puts in place of some placeholders; the rest is herald's to expand.
func place(a *source.Article, values map[string]string) {
	a.Link.Pattern = placeholder.ReplaceAllStringFunc(a.Link.Pattern, func(match string) string {
		name := strings.TrimSuffix(match[1:], "_")
		if value, known := values[match[1:]]; known {
			return escaped(value)
		}
		if value, known := values[name]; known {
			return escaped(value) + match[1+len(name):]
		}
		return match
	})
	if strings.HasPrefix(a.Link.Pattern, "//") { // the page of the root: not the beginning of a host
		a.Link.Pattern = "/" + strings.TrimLeft(a.Link.Pattern, "/")
	}
}

// withoutIndex returns the URL path of a file that a generator writes: index.html is its folder.
func withoutIndex(at string) string {
	if !strings.HasPrefix(at, "/") {
		at = "/" + at
	}
	if folder, found := strings.CutSuffix(at, "/index.html"); found {
		return folder + "/"
	}
	return at
}
