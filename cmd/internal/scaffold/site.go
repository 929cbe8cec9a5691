package scaffold

import (
	"strings"

	"herald/cmd/internal/scaffold/generator"
)

// site is what was found in a folder, with what its sources take in.
type site struct {
	found   generator.Found
	sources []origin
}

// origin is a source with what it takes in.
type origin struct {
	is    generator.Source
	files tally
}

// newSite returns what the generators find in a folder.
func newSite(dir string) *site {
	s := &site{found: generator.Detect(dir)}
	for _, src := range s.found.Sources {
		s.sources = append(s.sources, origin{is: src})
	}
	return s
}

// note remembers what could not be taken over.
func (s *site) note(text string) { s.found.Notes = append(s.found.Notes, text) }

func (s *site) frontMatter() string {
	if s.found.Optional {
		return "optional"
	}
	return "required"
}

// unversioned are the lines for .gitignore: the state, and what build writes.
func (s *site) unversioned() []string {
	return []string{"/herald.db*", "/" + strings.TrimPrefix(s.found.PublishTo, "./") + "/"}
}
