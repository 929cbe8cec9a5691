package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/ledger"
)

// approveReport is the hold that was let through and the pass that followed.
type approveReport struct {
	Status int           `json:"status"`
	Hold   *edition.Hold `json:"hold,omitempty"`
	Error  string        `json:"error,omitempty"`
	Build  *buildReport  `json:"build,omitempty"`
}

func (a *app) approveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "approve [HOLD]",
		Short: "Let a held change through: exactly the one that was shown",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var hold int64
			if len(args) == 1 {
				n, err := strconv.ParseInt(args[0], 10, 64)
				if err != nil || n < 1 {
					return wrong(fmt.Errorf("%q is no hold; herald status lists them by number", args[0]))
				}
				hold = n
			}
			return a.approve(cmd.Context(), hold)
		},
	}
}

func (a *app) approve(ctx context.Context, hold int64) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	if !ledger.Exists(w.config.State.Abs) {
		r := approveReport{Status: statusNotDone, Error: "there is no state yet, so nothing is held; herald build makes it"}
		return errors.Join(a.report(r, r.text), ended(r.Status))
	}
	answer, err := a.asWriter(ctx, w, request{Kind: "approve", Hold: hold}, func(h *house) any { return h.approve(ctx, hold) })
	if err != nil {
		return err
	}
	var r approveReport
	if err := json.Unmarshal(answer, &r); err != nil {
		return notDone(fmt.Errorf("read answer: %w", err))
	}
	if err := a.report(r, r.text); err != nil {
		return err
	}
	return ended(r.Status)
}

// approve lets one hold through; 0 is the only one. The pass that follows is what any build does.
func (h *house) approve(ctx context.Context, id int64) *approveReport {
	hold, err := h.edition.Approve(ctx, id)
	if err != nil {
		return &approveReport{Status: statusNotDone, Error: err.Error()}
	}
	r := &approveReport{Hold: &hold, Build: h.build(ctx, buildOptions{})}
	r.Status = r.Build.Status
	return r
}

func (r *approveReport) text(w io.Writer) {
	if r.Hold == nil {
		fmt.Fprintf(w, "nothing was approved: %s\n", printable(r.Error))
		return
	}
	fmt.Fprintf(w, "approved %d: %s\n", r.Hold.ID, printable(r.Hold.Summary))
	r.Build.screen(w)
}
