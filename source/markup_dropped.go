package source

import (
	"regexp"
	"slices"
	"strings"
)

// markName is what a mark of Liquid or a shortcode of Hugo asks for: its first word.
var markName = regexp.MustCompile(`^\{([%{])[-<%]*\s*([^\s|%<>{}]{1,60})`)

const (
	maxDropped = 50 // marks that are looked at for a warning
	maxNames   = 3  // of them that it names
)

// note remembers a mark that is dropped.
func (m *marks) note(i int) {
	if len(m.dropped) < maxDropped {
		m.dropped = append(m.dropped, i)
	}
}

// warnDropped warns of marks in the body that a generator would have made text of, and that are
// dropped since herald runs no templates. file is the whole text that the body is a part of.
func (m *matter) warnDropped(b Body, file string) {
	if b.Markup == Text || !hasLiquid(b.Text) {
		return
	}
	found := marks{text: b.Text, markdown: b.Markup == Markdown, unclosed: map[*regexp.Regexp]bool{}}
	found.drop()
	var names []string
	first := 0
	for _, at := range found.dropped {
		name := markName.FindStringSubmatch(b.Text[at:min(len(b.Text), at+100)])
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
	if len(names) == 0 {
		return
	}
	var place value
	if before := strings.Index(file, b.Text); before >= 0 {
		place.line = 1 + strings.Count(file[:before+first], "\n")
	}
	m.warn(place, "%s: herald runs no templates; such marks are dropped and the text between them stays", strings.Join(names, ", "))
}

// isControl reports the words that only belong to a tag before them, and those that leave no text.
func isControl(word string) bool {
	switch word {
	case "else", "elsif", "when", "break", "continue", "assign", "increment", "decrement":
		return true
	}
	return strings.HasPrefix(word, "end") || strings.HasPrefix(word, "/")
}
