package markup

import (
	"fmt"
	"strings"

	"herald/source"
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
		return bound{200_000, "\n*_`~[]|<-+.", "line ends and marks of Markdown"}
	case markup == source.Text:
		return bound{300_000, "\n|", "line ends and bars"}
	}
	return bound{300_000, "<", "tags"}
}

// Bound returns why a body costs more to read and to show than an article may, with the line in it; nil for nothing. It is
// asked of every article, and must cost little where nothing is wrong.
func Bound(b source.Body) *source.ArticleError {
	if err := boundMarks(b); err != nil || !b.Markup.IsMarkdown() || !mayExceed(b.Text) {
		return err
	}
	_, err := convertWithin(dialects()[b.Markup].document, Prepare(b, false), nil)
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

// mayExceed reports whether Markdown may be beyond the bounds of package blocks. It may err, but never by a no.
func mayExceed(s string) bool {
	const least = 2048 // bytes
	if len(s) < least {
		return false
	}
	const manyLines = 6_000 // in eighty quotations
	return strings.Count(s, "\n") > manyLines || wideTables(s) || manyReferences(s)
}

// wideTables reports whether tables may lack too many cells, or hold too much code with bars.
func wideTables(s string) bool {
	if strings.IndexByte(s, '|') < 0 {
		return false
	}
	widest, lines := 0, 0
	for line := range strings.Lines(s) {
		widest, lines = max(widest, strings.Count(line, "|")), lines+1
	}
	const most = 50_000
	return (widest+1)*lines > most || strings.Count(s, `\|`)*strings.Count(s, "`") > most
}

// manyReferences reports whether links or footnotes may repeat or look through too much.
func manyReferences(s string) bool {
	brackets := strings.Count(s, "]")
	if brackets == 0 {
		return false
	}
	const most, mostBrackets = 1 << 20, 1000
	if brackets > mostBrackets {
		return true
	}
	longest := 0
	for rest, found := s, true; ; {
		if _, rest, found = strings.Cut(rest, "]:"); !found {
			return brackets*longest > most
		}
		target, _, _ := strings.Cut(rest, "\n\n")
		longest = max(longest, len(target))
		rest = rest[len(target):]
	}
}
