// Package selection says which files are articles by their names alone: what a source includes and excludes, and what is never an
// article, whatever it includes. Files may lie in a folder or in an object store: it touches neither.
package selection

import (
	"fmt"

	"herald/source/text"
)

// Selection is which paths a source takes in. Paths are relative to its root, with slashes; they may be in any normal form.
// It is safe for concurrent use.
type Selection struct {
	include globs
	exclude globs
}

// New returns the selection of two lists of doublestar patterns. Where include is nil, it is Markdown, HTML and text.
func New(include, exclude []string) (*Selection, error) {
	if include == nil {
		include = []string{"**/*.md", "**/*.markdown", "**/*.mdx", "**/*.html", "**/*.htm", "**/*.txt"}
	}
	var s Selection
	var err error
	if s.include, err = newGlobs(include); err != nil {
		return nil, fmt.Errorf("include: %w", err)
	}
	if s.exclude, err = newGlobs(exclude); err != nil {
		return nil, fmt.Errorf("exclude: %w", err)
	}
	return &s, nil
}

// Folder reports whether to look into the folder at a path. Of the folders above it nothing is asked.
func (s *Selection) Folder(path string) bool {
	return !NeverFolder(base(path)) && !s.exclude.match(text.NFC(path))
}

// File reports whether the file at a path may be an article. Of the folders above it nothing is asked.
func (s *Selection) File(path string) bool {
	if NeverFile(base(path)) {
		return false
	}
	path = text.NFC(path)
	return s.include.match(path) && !s.exclude.match(path)
}

// Path reports whether the file at a path may be an article, and each folder above it may hold some.
func (s *Selection) Path(path string) bool {
	return s.folders(path) && s.File(path)
}

// folders reports whether the folders above a path may hold articles.
func (s *Selection) folders(path string) bool {
	for i := range len(path) {
		if path[i] == '/' && !s.Folder(path[:i]) {
			return false
		}
	}
	return true
}

// WhyNot returns why the file at a path is no article by its name, in words that complete "it is none: …"; "" where it may be one.
func (s *Selection) WhyNot(path string) string {
	if folder := neverAbove(path); folder != "" {
		return fmt.Sprintf("the folder %s never holds articles, by its name; it may be a source's path itself", folder)
	}
	switch {
	case NeverFile(base(path)):
		return "a file of this name is never an article"
	case s.Excluded(path):
		return "the source's exclude leaves it out"
	case !s.include.match(text.NFC(path)):
		return "the source's include does not take it in"
	}
	return ""
}

// neverAbove returns the folder above a path that never holds articles; "" where there is none.
func neverAbove(path string) string {
	for i := range len(path) {
		if path[i] == '/' && NeverFolder(base(path[:i])) {
			return path[:i]
		}
	}
	return ""
}

// Excluded reports whether a pattern of exclude matches a file or a folder above it.
func (s *Selection) Excluded(path string) bool {
	path = text.NFC(path)
	for i := range len(path) {
		if path[i] == '/' && s.exclude.match(path[:i]) {
			return true
		}
	}
	return s.exclude.match(path)
}

// Missed reports whether the file at a path would be an article if the source included it.
func (s *Selection) Missed(path string) bool {
	return !NeverFile(base(path)) && neverAbove(path) == "" && !s.Excluded(path) && !s.include.match(text.NFC(path))
}
