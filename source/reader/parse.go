// Package reader makes articles from the bytes of files and from fields, under one set of rules.
package reader

import (
	"fmt"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/markup"
	"herald/source/text"
)

// Parse reads one article from the bytes of its file and from the name of the file, and what its links refer to. place
// is the file's name in messages and becomes Article.Place; Key is left to the caller.
//
// A *source.ArticleError refuses the article. ErrNotArticle means that there is nothing to refuse. Parse
// keeps nothing of data and may be called from several goroutines at once.
func Parse(place string, data []byte, r Reading) (*source.Article, error) {
	file, plain, warnings := text.Clean(data)
	front, err := frontmatter.Split(file)
	if err != nil {
		return nil, refuse(err, place)
	}
	if !front.Present {
		line, number := frontmatter.Misspelt(file)
		switch {
		case r.FrontMatterRequired && number > 0:
			return nil, &SkipError{Place: place, Looks: true, Why: fmt.Sprintf("its line %d, %q, is not a front matter fence (---), and the source wants front matter (front_matter: required)", number, line)}
		case r.FrontMatterRequired:
			return nil, &SkipError{Place: place, Looks: true, Why: "it has no front matter, and the source wants it (front_matter: required)"}
		case number > 0:
			front.Warnings = append(front.Warnings, source.Warning{Line: number, Column: 1, Message: fmt.Sprintf("%q is not a front matter fence (---): this line and what follows are read as text", line)})
		}
	}
	front.Warnings = append(warnings, front.Warnings...)
	a, err := compose(place, front, plain, file, r)
	if err == nil {
		a.Refs = markup.Refs(a.Body)
	}
	return a, err
}
