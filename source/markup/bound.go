package markup

import (
	"fmt"
	"strings"

	"herald/source"
	"herald/source/blocks"
)

// small is how long a body may be, in bytes, that costs little whatever it holds.
const small = 1 << 17

// bound is how many of the bytes a body may hold that its parts begin and end at. A megabyte of prose has some 40,000 of
// those of Markdown, a table of 3,000 rows and eight columns 50,000.
type bound struct {
	most int
	of   string
	what string
}

// boundOf returns the bound of a markup. Of each part of Markdown there is something to keep while it is read; HTML and
// text are read piece by piece.
func boundOf(markup source.Markup) bound {
	switch {
	case markup.IsMarkdown():
		return bound{200_000, "\n*_`~[]|<-+.@", "line ends and marks of Markdown"}
	case markup == source.Text:
		return bound{300_000, "\n|", "line ends and bars"}
	}
	return bound{300_000, "<", "tags"}
}

// Bound returns why a body costs more to read and to show than an article may, with the line in it; nil for nothing. It is
// asked of every article, and costs little where nothing is wrong. plain is as for Prepare.
func Bound(b source.Body, plain bool) *source.ArticleError {
	if err := boundMarks(b); err != nil || !b.Markup.IsMarkdown() {
		return err
	}
	text := Prepare(b, plain)
	if !blocks.Most(text).Exceeds() {
		return nil
	}
	_, err := convertWithin(dialects()[b.Markup].document, text, nil)
	return err
}

// boundMarks refuses what is dense with marks.
func boundMarks(b source.Body) *source.ArticleError {
	if len(b.Text) <= small {
		return nil
	}
	limit := boundOf(b.Markup)
	var is [256]bool
	for _, c := range []byte(limit.of) {
		is[c] = true
	}
	marks := 0
	for i := 0; i < len(b.Text); i++ {
		if is[b.Text[i]] {
			if marks++; marks > limit.most {
				return source.Refuse(1+strings.Count(b.Text[:i], "\n"), 0, fmt.Sprintf("the body holds more than %d %s; split the article", limit.most, limit.what))
			}
		}
	}
	return nil
}
