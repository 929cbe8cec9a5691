package marks

import (
	"regexp"
	"strings"
)

// containerFence matches the lines that begin and end containers, as Docusaurus, VitePress, Pandoc and markdown-it
// write them: ":::note[Title]", "::: info Title", "::: {.note}", ":::".
var containerFence = regexp.MustCompile(`^:{3,}[ \t]*(?:\{[^{}]*\}|([\pL_][\pL\pN_-]*)?(?:\[(.*)\])?[ \t]*(?:\{[^{}]*\})?[ \t]*(.*?))[ \t]*:*$`)

// alertMark matches the first line of an alert: "[!NOTE]", "[!tip]- Title".
var alertMark = regexp.MustCompile(`^\[![\pL][\pL\pN _-]*(?:\|[^\]]*)?\][+-]?[ \t]*(.*)$`)

// container drops the line that begins or ends a container; its title stays, as a paragraph.
func (e *expander) container(prefix, bare string, next int) bool {
	parts := containerFence.FindStringSubmatch(bare)
	if parts == nil {
		return e.leaf(prefix, bare, next)
	}
	name, title := parts[1], strings.TrimSpace(parts[2])
	if title == "" {
		title = strings.Trim(strings.TrimSpace(parts[3]), `"`)
	}
	if name == "" && title != "" {
		return false // a text behind colons
	}
	if name == "message" && title == "alert" || name == "details" && title == "open" {
		title = "" // a kind, no title
	}
	e.titleLine(prefix, title, next)
	return true
}

// leafDirective matches "::name[label]{…}".
var leafDirective = regexp.MustCompile(`^::[\pL_][\pL\pN_-]*(?:\[(.*)\](?:\{[^{}]*\})?|\{[^{}]*\})$`)

// leaf drops a directive that takes a line; its label stays.
func (e *expander) leaf(prefix, bare string, next int) bool {
	parts := leafDirective.FindStringSubmatch(bare)
	if parts == nil {
		return false
	}
	e.titleLine(prefix, strings.TrimSpace(parts[1]), next)
	return true
}

// titleLine writes a title as a paragraph of its own in the place of a line, or an empty line for none.
func (e *expander) titleLine(prefix, title string, next int) {
	if title == "" {
		e.emptyLine(prefix, next)
		return
	}
	if !strings.ContainsAny(title, "*_`") {
		title = "**" + title + "**"
	}
	empty := strings.TrimRight(quotePrefix(prefix), " ") + "\n"
	e.out = append(e.out, empty...)
	e.out = append(e.out, quotePrefix(prefix)+title+"\n"...)
	e.out = append(e.out, empty...)
	e.at = next
}

// alert drops the mark that a quotation begins with as GitHub, Obsidian and Docsify write alerts; a title stays.
func (e *expander) alert(prefix, bare string, next int) bool {
	if !strings.HasSuffix(strings.TrimSpace(prefix), ">") {
		return false
	}
	parts := alertMark.FindStringSubmatch(bare)
	if parts == nil || strings.HasPrefix(parts[1], "(") || strings.HasPrefix(parts[1], "[") || strings.HasPrefix(parts[1], ":") {
		return false
	}
	if title := strings.TrimSpace(parts[1]); title != "" {
		e.titleLine(prefix, title, next)
	} else {
		e.at = next
	}
	return true
}
