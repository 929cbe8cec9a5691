package screen

import (
	"iter"

	"herald/cmd/internal/adopt"
)

// Lists prints lists of lines, each with its name before the first.
func (s Screen) Lists(lists iter.Seq2[string, adopt.List]) {
	for name, list := range lists {
		for _, line := range list.Lines {
			s.row(label(name), s.text(line))
			name = ""
		}
		if more := list.Count - int64(len(list.Lines)); more > 0 {
			s.row("", s.say("and %d more", more))
		}
	}
}
