package selection

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"herald/source/near"
)

var (
	// markups are extensions of texts that people write articles in, beside those that are read.
	markups = []string{".mdown", ".mkd", ".mkdn", ".mdwn", ".mdtext", ".markdn", ".rst", ".org", ".adoc", ".asciidoc", ".textile", ".xhtml", ".shtml", ".text"}
	// others are extensions of files that begin like front matter and are none.
	others = []string{".yml", ".yaml", ".toml", ".json", ".css", ".scss", ".js", ".xml", ".svg", ".diff", ".patch", ".sh"}
	// articles are extensions that a typing error is looked for in.
	articles = []string{".markdown", ".html", ".mdx"}
)

// Resembles returns what in its name makes a file look like an article; "" for nothing. look: what it begins with may.
func Resembles(name string) (why string, look bool) {
	ext := strings.ToLower(path.Ext(name))
	if slices.Contains(markups, ext) {
		return "its extension is " + ext, false
	}
	if slices.Contains(others, ext) {
		return "", false
	}
	for _, known := range articles {
		if ext != known && near.OneOff(ext, known) {
			return fmt.Sprintf("its extension is %s, nearly %s", ext, known), false
		}
	}
	return "", true
}
