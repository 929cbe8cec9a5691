package markup

import (
	"strings"

	"herald/source/safehtml"
)

// textHTML returns plain text as HTML (contract of the markup "text"): blank lines separate
// paragraphs, and a line break inside one stays; where there are none, each line is a paragraph;
// lines that begin with "- " are a list; neighbouring lines with equal numbers of "|" a table.
func textHTML(text string) string {
	lines, blank := textLines(text)
	var b, paragraph strings.Builder
	end := func() {
		if paragraph.Len() > 0 {
			b.WriteString("<p>" + paragraph.String() + "</p>\n")
			paragraph.Reset()
		}
	}
	for len(lines) > 0 {
		n := 1
		switch list, table := countList(lines), countTable(lines); {
		case list > 0:
			end()
			writeList(&b, lines[:list])
			n = list
		case table > 1:
			end()
			writeTable(&b, lines[:table])
			n = table
		case lines[0] == "":
			end()
		default:
			if paragraph.Len() > 0 {
				paragraph.WriteString("<br>\n")
			}
			paragraph.WriteString(escapeText(lines[0]))
			if !blank {
				end()
			}
		}
		lines = lines[n:]
	}
	end()
	return b.String()
}

// textLines splits a text; blank reports whether blank lines stand between others. White space of any
// script makes no text of a line.
func textLines(text string) (lines []string, blank bool) {
	lines = strings.Split(strings.TrimSpace(text), "\n")
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			lines[i], blank = "", true
		}
	}
	return lines, blank
}

func escapeText(s string) string {
	return string(safehtml.AppendEscaped(nil, strings.TrimSpace(s), false))
}

// countList returns the number of list lines at the start.
func countList(lines []string) int {
	n := 0
	for n < len(lines) && strings.HasPrefix(strings.TrimLeft(lines[n], " \t"), "- ") {
		n++
	}
	return n
}

// countTable returns the number of lines at the start with the same number of "|", 0 where that is none.
func countTable(lines []string) int {
	bars := strings.Count(lines[0], "|")
	if bars == 0 {
		return 0
	}
	n := 1
	for n < len(lines) && strings.Count(lines[n], "|") == bars {
		n++
	}
	return n
}

func writeList(b *strings.Builder, lines []string) {
	b.WriteString("<ul>\n")
	for _, line := range lines {
		item := strings.TrimPrefix(strings.TrimLeft(line, " \t"), "- ")
		b.WriteString("<li>" + escapeText(item) + "</li>\n")
	}
	b.WriteString("</ul>\n")
}

// writeTable writes a table; a second line of dashes makes the first one a header.
func writeTable(b *strings.Builder, lines []string) {
	header := len(lines) > 2 && isTableRule(lines[1])
	b.WriteString("<table>\n")
	for i, line := range lines {
		if header && i == 1 {
			continue
		}
		cell := "td"
		if header && i == 0 {
			cell = "th"
		}
		b.WriteString("<tr>")
		for _, text := range cells(line) {
			b.WriteString("<" + cell + ">" + escapeText(text) + "</" + cell + ">")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table>\n")
}

// cells splits a line at "|"; a bar at either end frames the row and makes no empty cell.
func cells(line string) []string {
	line = strings.TrimSpace(line)
	return strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|"), "|")
}

func isTableRule(line string) bool {
	return strings.Contains(line, "-") && strings.Trim(line, "|-: \t") == ""
}
