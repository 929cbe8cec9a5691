package markup

import (
	"regexp"
	"strings"

	"herald/source"
	"herald/source/safehtml"
	"herald/source/text"
)

// headingPrefix is what makes a line a Markdown heading; people write it in plain text too.
var headingPrefix = regexp.MustCompile(`^[ \t]*#{1,6}[ \t]+`)

// CutTitle takes the first line with text out of a body, with the underline of a Markdown heading.
// A line that is too long for a title begins the body as well.
func CutTitle(b source.Body) (title, rest string) {
	before := 0
	for line := range strings.Lines(b.Text) {
		if isDivider(line) {
			before += len(line)
			continue
		}
		title = titleOf(b.Markup, strings.ToValidUTF8(line[:min(len(line), safehtml.MaxTitle)], ""))
		if title == "" {
			before += len(line)
			continue
		}
		if len(line) > safehtml.MaxTitle {
			return text.NFC(title), b.Text // it is the body too: no title says all that
		}
		after := b.Text[before+len(line):]
		if next, more, _ := strings.Cut(after, "\n"); b.Markup == source.Markdown && isUnderline(next) {
			after = more
		}
		return text.NFC(title), b.Text[:before] + after
	}
	return "", b.Text
}

// titleOf returns the title that a first line is.
func titleOf(markup source.Markup, line string) string {
	if markup == source.Markdown {
		return Scan(source.Body{Markup: source.Markdown, Text: line}).FirstLine
	}
	return safehtml.PlainText(headingPrefix.ReplaceAllString(line, ""))
}

// isDivider reports a line of nothing but hyphens, asterisks, equals signs or underscores.
func isDivider(line string) bool {
	return strings.Trim(line, " \t\n-=*_") == ""
}

// isUnderline reports the second line of a setext heading (CommonMark section 4.3).
func isUnderline(line string) bool {
	line = strings.Trim(line, " \t")
	return line != "" && (strings.Trim(line, "=") == "" || strings.Trim(line, "-") == "")
}
