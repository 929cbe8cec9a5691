package screen

import (
	"fmt"
	"io"
	"iter"

	"herald/cmd/internal/adopt"
)

// Lists prints lists of lines, each with its name before the first.
func Lists(w io.Writer, lists iter.Seq2[string, adopt.List]) {
	t := table{w}
	for name, list := range lists {
		for _, line := range list.Lines {
			t.row(name, line)
			name = ""
		}
		if more := list.Count - int64(len(list.Lines)); more > 0 {
			t.row("", fmt.Sprintf("and %d more", more))
		}
	}
}
