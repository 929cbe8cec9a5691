package markup

import (
	"regexp"
	"strings"

	"herald/source/safehtml"
	"herald/source/text"
)

var (
	atxHeading   = regexp.MustCompile(`^ {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$`)
	setextRule   = regexp.MustCompile(`^ {0,3}(?:=+|-+)[ \t]*$`)
	codeSpan     = regexp.MustCompile("`+[^`\n]*`+")
	inlineLink   = regexp.MustCompile(`!?\[([^\[\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)`)
	imageByLabel = regexp.MustCompile(`!\[[^\[\]\n]*\]\[[^\[\]\n]*\]`)
	emphasis     = regexp.MustCompile(`(\*{1,3}|~~)([^\s*~](?:[^*~\n]*[^\s*~])?)(\*{1,3}|~~)`)
	listMark     = regexp.MustCompile(`^(?:[-*+]|\d{1,9}[.)])[ \t]+|^(?:>[ \t]?)+`)
)

// scanMarkdown reads an Outline from Markdown, line by line; HTML in it is read as HTML.
func scanMarkdown(text string) safehtml.Outline {
	var o safehtml.Outline
	var html strings.Builder
	fence, previous := "", ""
	images := strings.Contains(text, "![") || strings.Contains(text, "<")
	for line := range strings.Lines(text) {
		if !images && o.Heading != "" && o.FirstLine != "" {
			return o
		}
		line = strings.TrimRight(line, " \t\n")
		if mark := fenceMark(line); fence != "" || mark != "" {
			if fence == "" {
				fence = mark
			} else if mark != "" && strings.HasPrefix(mark, fence) {
				fence = ""
			}
			previous = ""
			continue
		}
		if o.Heading == "" {
			o.Heading = headingLine(line, previous)
		}
		if o.FirstLine == "" && !isUnderline(line) {
			o.FirstLine = firstLine(line)
		}
		previous = line
		if strings.IndexByte(line, '`') >= 0 {
			line = codeSpan.ReplaceAllString(line, "")
		}
		html.WriteString(line)
		html.WriteByte('\n')
	}
	image := -1
	o.Image, image = firstImage(html.String())
	return withHTML(o, html.String(), image)
}

// withHTML adds what the HTML inside Markdown has; image is where the first Markdown image stands, or -1.
func withHTML(o safehtml.Outline, text string, image int) safehtml.Outline {
	if !strings.Contains(text, "<") {
		return o
	}
	if image >= 0 {
		if h := safehtml.Scan(text[:image]); h.Image != "" {
			o.Image = h.Image
		}
	} else {
		o.Image = safehtml.Scan(text).Image
	}
	if o.Heading == "" {
		o.Heading = safehtml.Scan(text).Heading
	}
	return o
}

func fenceMark(line string) string {
	line = strings.TrimLeft(line, " ")
	if strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~") {
		return line[:len(line)-len(strings.TrimLeft(line, line[:1]))]
	}
	return ""
}

// atx matches a heading that begins with "#"; most lines do not.
func atx(line string) []string {
	if !strings.HasPrefix(strings.TrimLeft(line, " "), "#") {
		return nil
	}
	return atxHeading.FindStringSubmatch(line)
}

// headingLine returns the heading that a line is, or makes of the line before it.
func headingLine(line, previous string) string {
	if m := atx(line); m != nil {
		return flatten(m[1])
	}
	if isUnderline(line) && setextRule.MatchString(line) && previous != "" && !strings.HasPrefix(strings.TrimSpace(previous), "|") {
		return flatten(previous)
	}
	return ""
}

// firstLine returns the text of a line without the mark of a heading, list or quotation.
func firstLine(line string) string {
	if m := atx(line); m != nil {
		return flatten(m[1])
	}
	return flatten(listMark.ReplaceAllString(strings.TrimLeft(line, " \t"), ""))
}

// flatten takes the inline marks out of a line of Markdown: links and images leave their text.
func flatten(line string) string {
	if len(line) > safehtml.MaxTitle {
		line = strings.ToValidUTF8(line[:safehtml.MaxTitle], "")
	}
	escapes := strings.Contains(line, `\`)
	if escapes {
		line = hideEscapes(line)
	}
	line = imageByLabel.ReplaceAllString(line, "")
	line = inlineLink.ReplaceAllStringFunc(line, func(m string) string {
		if m[0] == '!' {
			return ""
		}
		return inlineLink.FindStringSubmatch(m)[1]
	})
	line = emphasis.ReplaceAllString(emphasis.ReplaceAllString(line, "$2"), "$2")
	line = safehtml.PlainText(strings.ReplaceAll(line, "`", ""))
	if escapes {
		line = showEscapes(line)
	}
	return line
}

// hidden is where the ASCII characters behind a backslash stand while marks are taken out: in the
// private use area, which no script is written in.
const hidden = 0xE000

// hideEscapes takes the backslash from escaped punctuation (CommonMark section 2.4) and hides it.
func hideEscapes(line string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(line, `\`)
		b.WriteString(before)
		switch {
		case !found:
			return b.String()
		case after != "" && isPunctuation(after[0]):
			b.WriteRune(hidden + rune(after[0]))
			after = after[1:]
		default:
			b.WriteByte('\\')
		}
		line = after
	}
}

func showEscapes(line string) string {
	return strings.Map(func(r rune) rune {
		if c := r - hidden; c > 0 && c < 0x7F && isPunctuation(byte(c)) {
			return c
		}
		return r
	}, line)
}

func isPunctuation(c byte) bool { return c > ' ' && c < 0x7F && !text.IsAlphanumeric(c) }

// isUnderline reports the second line of a setext heading (CommonMark section 4.3).
func isUnderline(line string) bool {
	line = strings.Trim(line, " \t")
	return line != "" && (strings.Trim(line, "=") == "" || strings.Trim(line, "-") == "")
}
