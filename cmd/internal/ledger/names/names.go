// Package names says by which names links may refer to an article, and when two names are the same.
package names

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"herald/source/text"
)

// Spell returns a name in the one spelling in which names are compared: lower case, and spaces, underscores and hyphens
// are the same.
func Spell(name string) string {
	words := strings.FieldsFunc(strings.ToLower(text.NFC(name)), func(r rune) bool { return unicode.IsSpace(r) || r == '_' || r == '-' })
	return strings.Join(words, "-")
}

// datePrefix is what dates a file by its name.
var datePrefix = regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}-`)

// Of returns the names of an article, each once: that of its file with and without a date before it, and its title.
func Of(key, title string) (all []string) {
	_, file := File(key)
	for _, name := range []string{file, datePrefix.ReplaceAllString(file, ""), title} {
		if name = Spell(name); name != "" && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// File splits a path into the folders and the name of a file, without its extension; the name of an index is that of its
// folder.
func File(key string) (folders, name string) {
	folders, name = path.Split(strings.TrimSuffix(key, path.Ext(key)))
	if name == "index" || name == "_index" {
		return path.Split(strings.TrimSuffix(folders, "/"))
	}
	return folders, name
}
