package screen

import (
	"herald/cmd/internal/alike"
	"herald/cmd/internal/inspect"
)

// Check prints what check found.
func (s Screen) Check(r *inspect.Report) {
	for _, f := range r.Failed {
		if f.Source == "" {
			s.Printf("error: %s", f.Error)
			continue
		}
		s.Printf("error: source %s: %s", f.Source, f.Error)
	}
	for _, one := range r.Refused {
		s.line(s.text(one.Reason))
		if x := one.Excerpt; x != nil {
			s.Excerpt(x.Text, x.Line, x.Column)
		}
	}
	for _, line := range alike.Lines(r.Warnings) {
		s.Printf("warning: %s", line.Text)
	}
	if r.More > 0 {
		s.Printf("warning: and %d more", r.More)
	}
	count := s.standing(r.Standing)
	if r.Merged > 0 {
		count += s.say(", %d merged with articles of other sources", r.Merged)
	}
	s.Printf("%s, %d refused, %s", count, len(r.Refused), s.warningsOf(int64(len(r.Warnings))+r.More))
}
