package markup

import (
	"strings"

	"herald/source"
	"herald/source/safehtml"
)

// Summarize returns the summary of an article without one of its own: the text of its body before the comment
// <!--more-->, else what is cut from content, the body that RenderLinked made with the same links.
func Summarize(b source.Body, links Links, content string) string {
	if b.Markup != source.Text && strings.Contains(b.Text, "<!--") {
		if lead := safehtml.Lead(toHTML(b, links.find)); lead != "" {
			return lead
		}
	}
	return safehtml.Summarize(content)
}
