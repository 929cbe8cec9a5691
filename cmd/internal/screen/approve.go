package screen

import (
	"fmt"
	"io"

	"herald/cmd/internal/engine"
)

// Approve prints what was approved, and the pass that followed.
func Approve(w io.Writer, r *engine.ApproveReport) {
	if r.Hold == nil {
		fmt.Fprintf(w, "nothing was approved: %s\n", Printable(r.Error))
		return
	}
	fmt.Fprintf(w, "approved %d: %s\n", r.Hold.ID, Printable(r.Hold.Summary))
	Build(w, r.Build)
}
