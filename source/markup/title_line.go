package markup

import (
	"regexp"
	"strings"

	"herald/source"
	"herald/source/safehtml"
)

// headingPrefix is what makes a line a Markdown heading; people write it in plain text too.
var headingPrefix = regexp.MustCompile(`^[ \t]*#{1,6}[ \t]+`)

// lineTitle returns the title that a line is, "" for none.
func lineTitle(markup source.Markup, line string) string {
	line = strings.ToValidUTF8(line[:min(len(line), safehtml.MaxTitle)], "")
	switch {
	case isDivider(line):
		return ""
	case isContents(line):
		return ""
	case markup.IsMarkdown():
		return Scan(source.Body{Markup: markup, Text: line}).FirstLine
	}
	return safehtml.PlainText(headingPrefix.ReplaceAllString(line, ""))
}

// withoutLine returns a text without the line that its title is; one that is too long says more than the title does.
func withoutLine(s string, from, to int) string {
	if to-from > safehtml.MaxTitle {
		return s
	}
	return s[:from] + s[to:]
}

// isDivider reports a line of nothing but hyphens, asterisks, equals signs or underscores.
func isDivider(line string) bool {
	return strings.Trim(line, " \t\n-=*_") == ""
}

// isContents reports the mark that many programs replace by a table of contents: "[TOC]", "[[_TOC_]]".
func isContents(line string) bool { return strings.EqualFold(strings.Trim(line, "[]_ \t\n"), "toc") }
