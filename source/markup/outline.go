package markup

import (
	"strings"

	"herald/source"
	"herald/source/safehtml"
	"herald/source/text"
)

// Scan reads the Outline of a body. Plain text has no headings and no images.
func Scan(b source.Body) safehtml.Outline { return ScanPrepared(b.Markup, Prepare(b, false)) }

// ScanPrepared is Scan for a text that Prepare has made.
func ScanPrepared(markup source.Markup, s string) safehtml.Outline {
	switch markup {
	case source.Markdown, source.Kramdown:
		return safehtml.Scan(convert(dialects()[markup].outline, s))
	case source.Text:
		for line := range strings.Lines(s) {
			if t := text.Collapse(line); t != "" {
				return safehtml.Outline{FirstLine: t}
			}
		}
		return safehtml.Outline{}
	}
	return safehtml.Scan(s)
}

// LeadImage returns the Image of the outline of a text that Prepare has made. Most articles have none, or one
// in their first lines: they are not read to the end.
func LeadImage(markup source.Markup, s string) string {
	tag, at := imageTag(s), strings.Index(s, "![")
	if !markup.IsMarkdown() {
		at = -1
	}
	if markup == source.Text || tag < 0 && at < 0 {
		return ""
	}
	if at >= 0 && !strings.Contains(s, "]:") {
		// No reference has its target further down, so nothing behind the blocks that end here matters to them.
		above, _, _ := strings.Cut(s[at:], "\n\n")
		if end := at + len(above); tag < 0 || tag > end {
			if image := ScanPrepared(markup, s[:end]).Image; image != "" {
				return image
			}
		}
	}
	return ScanPrepared(markup, s).Image
}

// imageTag returns the offset of the first <img>, or -1.
func imageTag(s string) int {
	for at := 0; ; at++ {
		next := strings.IndexByte(s[at:], '<')
		if next < 0 {
			return -1
		}
		if at += next; text.HasPrefixFold(s[at:], "<img") {
			return at
		}
	}
}
