package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"herald/cmd/internal/edition"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain FILE-OR-URL",
		Short: "Tell the life of an article: id, URL, dates, documents, who was told",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "" {
				return wrong(errors.New("explain: no file and no URL given"))
			}
			return a.explain(cmd.Context(), args[0])
		},
	}
}

func (a *app) explain(ctx context.Context, what string) error {
	return a.reading(ctx, func(h *house) error {
		var all []edition.Explanation
		err := edition.ErrUnknown
		for _, name := range h.names(what) {
			if all, err = h.edition.Explain(ctx, name); !errors.Is(err, edition.ErrUnknown) {
				break
			}
		}
		if errors.Is(err, edition.ErrUnknown) {
			err = edition.ErrUnknown // without the name, which stands before it below
			if none := h.noArticle(ctx, what); none != nil {
				all, err = none, nil
			}
		}
		if err != nil {
			return notDone(fmt.Errorf("explain %s: %w", what, err))
		}
		return a.report(all, func(w io.Writer) {
			for _, one := range all {
				explanation(w, one)
			}
		})
	})
}

// names gives the ways in which the ledger may know what the operator names: as it stands, and
// a file by its path below each source.
func (h *house) names(what string) []string {
	names := []string{what}
	if strings.Contains(what, "://") {
		return names
	}
	abs, err := filepath.Abs(what)
	if err != nil {
		return names
	}
	for _, s := range h.sources {
		for _, at := range []string{abs, filepath.Join(h.config.Dir, what)} {
			if rel, err := filepath.Rel(s.files.Root(), at); err == nil && filepath.IsLocal(rel) {
				names = append(names, filepath.ToSlash(rel))
			}
		}
	}
	return names
}

// noArticle explains a file that is there, and of which the ledger knows nothing; nil: there is none.
func (h *house) noArticle(ctx context.Context, what string) []edition.Explanation {
	for _, key := range h.names(what)[1:] {
		for _, s := range h.sources {
			if info, err := os.Lstat(filepath.Join(s.files.Root(), filepath.FromSlash(key))); err != nil || info.IsDir() {
				continue
			}
			x := edition.Explanation{Source: s.name, Key: key, State: "no article", Documents: []string{}, Told: []edition.Notice{}}
			if why := s.files.WhyNot(ctx, key); why != "" {
				x.Why = []string{why}
			} else {
				x.State, x.Why = "new", []string{"no scan has taken it in yet: herald build does"}
			}
			return []edition.Explanation{x}
		}
	}
	return nil
}

func explanation(w io.Writer, e edition.Explanation) {
	t := table{w}
	t.row("title", e.Title)
	t.row("source", e.Source+": "+e.Key)
	t.row("id", e.ID)
	t.row("url", e.URL)
	t.row("state", e.State)
	t.list("why", e.Why)
	if e.ID == "" { // never an article: there is no more to tell
		fmt.Fprintln(w)
		return
	}
	if !e.Published.IsZero() {
		t.row("published", moment(e.Published)+" by "+e.DatedBy)
	}
	t.row("updated", moment(e.Updated))
	t.row("feed time", moment(e.FeedTime))
	t.row("seen", moment(e.FirstSeen))
	t.list("documents", e.Documents)
	for _, n := range e.Told {
		line := noticeLines([]edition.Notice{n})[0]
		if !n.Answered.IsZero() {
			line += " at " + moment(n.Answered)
		}
		t.row("told", n.State+" "+line)
	}
	if len(e.Told) == 0 {
		t.row("told", "nobody yet")
	}
	fmt.Fprintln(w)
}
