package screen

import "herald/cmd/internal/engine"

// Approve prints what was approved, and the pass that followed.
func (s Screen) Approve(r *engine.ApproveReport) {
	if len(r.Holds) == 0 {
		s.Printf("nothing was approved: %s", r.Error)
		return
	}
	for _, h := range r.Holds {
		s.Printf("approved %d: %s", h.ID, h.Summary)
	}
	s.Build(r.Build)
}
