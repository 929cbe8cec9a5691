package markup

import (
	"regexp"
	"slices"
	"strings"

	"herald/source"
)

// directiveName finds what a tag of Liquid or a shortcode of Hugo asks for: its first word.
var directiveName = regexp.MustCompile(`^\{([%{])[-<%]*\s*([^\s|%<>{}]{1,60})`)

const maxNames = 3 // of them that it names

// Dropped returns the names of the first directives in a body that a generator would have made text of, and
// the offset of the first in the body. Rendering drops them, since herald runs no templates.
func Dropped(b source.Body) (names []string, first int) {
	if b.Markup == source.Text || !hasLiquid(b.Text) {
		return nil, 0
	}
	found := directives{text: b.Text, markdown: b.Markup.IsMarkdown(), unclosed: map[*regexp.Regexp]bool{}}
	found.drop()
	for _, at := range found.dropped {
		name := directiveName.FindStringSubmatch(b.Text[at:min(len(b.Text), at+100)])
		if name == nil || isControl(name[2]) {
			continue
		}
		shown := "{% " + name[2] + " %}"
		if name[1] == "{" {
			shown = "{{ " + name[2] + " }}"
		}
		if len(names) == 0 {
			first = at
		}
		if len(names) < maxNames && !slices.Contains(names, shown) {
			names = append(names, shown)
		}
	}
	return names, first
}

// isControl reports the words that only belong to a tag before them, and those that leave no text.
func isControl(word string) bool {
	switch word {
	case "else", "elsif", "when", "break", "continue", "assign", "increment", "decrement":
		return true
	}
	return strings.HasPrefix(word, "end") || strings.HasPrefix(word, "/")
}
