package source

import "strings"

// Outline is what a body says of itself without being rendered.
type Outline struct {
	Heading   string // the first heading, plain text
	FirstLine string // the first line with text, plain text
	Image     string // the URL of the first image, as written
}

// Scan reads an Outline in one pass over the body.
func Scan(b Body) Outline {
	for line := range strings.Lines(b.Text) {
		if t := PlainText(line); t != "" {
			return Outline{FirstLine: t}
		}
	}
	return Outline{}
}
