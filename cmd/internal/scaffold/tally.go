package scaffold

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"herald/cmd/internal/scaffold/generator"
	"herald/source"
	"herald/source/reader"
)

// Files is how many files each choice of front_matter takes in.
type Files struct {
	Required int `json:"required"`
	Optional int `json:"optional"`
}

// Source is what one of the written sources takes in and leaves out.
type Source struct {
	Name     string `json:"name"`
	Path     string `json:"path"`
	Articles int    `json:"articles"` // those that are neither draft nor refused
	Undated  int    `json:"undated"`  // of these
	Drafts   int    `json:"drafts"`
	Refused  int    `json:"refused"`
	LeftOut  []Left `json:"left_out"`
}

// Left is how many files a source leaves out for one reason.
type Left struct {
	Files  int    `json:"files"`
	Reason string `json:"reason"`
}

// tally counts the files of one source.
type tally struct {
	Files
	articles, undated, drafts, refused int
	left                               map[string]int // by reason
}

// add counts one file by what became of it.
func (n *tally) add(a *source.Article, err error) {
	var skipped *reader.SkipError
	switch {
	case errors.As(err, &skipped):
		n.left[alike(skipped.Why)]++
	case err != nil:
		n.refused++
	case a.Draft:
		n.drafts++
	default:
		n.articles++
		if a.Published.IsZero() {
			n.undated++
		}
	}
}

// alike returns a reason without the address that it names, so that files with one reason are one line.
func alike(why string) string {
	words := strings.Fields(why)
	for i, word := range words {
		if strings.HasPrefix(word, "/") || strings.Contains(word, "://") {
			words[i] = "another page"
		}
	}
	return strings.Join(words, " ")
}

// report returns the counts of a source, the most frequent reasons first.
func (n tally) report(name, path string) Source {
	r := Source{Name: name, Path: path, Articles: n.articles, Undated: n.undated, Drafts: n.drafts, Refused: n.refused, LeftOut: []Left{}}
	for _, why := range slices.Sorted(maps.Keys(n.left)) {
		r.LeftOut = append(r.LeftOut, Left{n.left[why], why})
	}
	slices.SortStableFunc(r.LeftOut, func(a, b Left) int { return cmp.Compare(b.Files, a.Files) })
	return r
}

// Sentence returns the counts in words: "12 articles; left out: 2 drafts, 3 files (it has no front matter)".
func (s Source) Sentence() string {
	in := generator.Counted(s.Articles, "article")
	if s.Undated > 0 {
		in += fmt.Sprintf(", %d of them without a date", s.Undated)
	}
	var out []string
	if s.Drafts > 0 {
		out = append(out, generator.Counted(s.Drafts, "draft"))
	}
	if s.Refused > 0 {
		out = append(out, fmt.Sprintf("%d refused (herald check lists them)", s.Refused))
	}
	for _, left := range s.LeftOut {
		out = append(out, fmt.Sprintf("%s (%s)", numbered(left.Files), left.Reason))
	}
	if len(out) == 0 {
		return in
	}
	return in + "; left out: " + strings.Join(out, ", ")
}

// numbered returns "1 file", "2 files".
func numbered(n int) string { return generator.Counted(n, "file") }
