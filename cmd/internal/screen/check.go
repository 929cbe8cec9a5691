package screen

import (
	"fmt"
	"io"

	"herald/cmd/internal/inspect"
)

// Check prints what check found.
func Check(w io.Writer, r *inspect.Report) {
	for _, f := range r.Failed {
		fmt.Fprintf(w, "error: source %s: %s\n", f.Source, Printable(f.Error))
	}
	for _, one := range r.Refused {
		fmt.Fprintf(w, "%s\n", Printable(one.Reason))
	}
	for _, warning := range r.Warnings {
		fmt.Fprintf(w, "warning: %s\n", Printable(warning))
	}
	if r.More > 0 {
		fmt.Fprintf(w, "warning: and %d more\n", r.More)
	}
	merged := ""
	if r.Merged > 0 {
		merged = fmt.Sprintf(", %d merged with articles of other sources", r.Merged)
	}
	fmt.Fprintf(w, "%s%s, %d refused, %s\n", Counted(r.Articles, "article"), merged, len(r.Refused), Counted(int64(len(r.Warnings))+r.More, "warning"))
}
