// Package reader makes articles from the bytes of files and from fields, under one set of rules.
package reader

import (
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
	if !front.Present && r.FrontMatterRequired {
		return nil, &SkipError{"it has no front matter, and the source wants it (front_matter: required)"}
	}
	front.Warnings = append(warnings, front.Warnings...)
	a, err := compose(place, front, plain, file, r)
	if err == nil {
		a.Refs = markup.Refs(a.Body)
	}
	return a, err
}
