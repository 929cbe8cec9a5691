package main

import (
	"context"
	"fmt"
	"html"
	"io"

	"github.com/spf13/cobra"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/statefile"
)

func (a *app) feedsCommand() *cobra.Command {
	asHTML := false
	cmd := &cobra.Command{
		Use:   "feeds",
		Short: "List the feeds with their URLs and how many articles each shows",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.feeds(cmd.Context(), asHTML) },
	}
	cmd.Flags().BoolVar(&asHTML, "html", false, `print the <link rel="alternate"> lines for a page's head`)
	return cmd
}

func (a *app) feeds(ctx context.Context, asHTML bool) error {
	w, err := a.load()
	if err != nil {
		return err
	}
	open := a.openDry // where nothing was published yet: the URLs are known
	if statefile.Exists(w.state) {
		open = a.openReading
	}
	return a.open(ctx, w, open, func(p *pipeline) error {
		var list struct {
			Feeds []edition.ListedFeed `json:"feeds"`
		}
		err := p.ledger.Read(ctx, func(tx *ledger.Tx) (err error) {
			list.Feeds, err = p.rooms.pipeline.Edition.Feeds(tx)
			return err
		})
		if err != nil {
			return notDone(err)
		}
		lines := map[bool]func(io.Writer, []edition.ListedFeed){true: w.linkLines, false: w.feedLines}[asHTML]
		return a.report(list, func(out io.Writer) { lines(out, list.Feeds) })
	})
}

// linkLines prints what the head of a page holds, so that readers find the feeds (RSS Advisory Board, RSS autodiscovery).
func (w *wiring) linkLines(out io.Writer, all []edition.ListedFeed) {
	for _, f := range all {
		for _, format := range w.tables.formats {
			if url := f.URLs[format.Kind]; url != "" {
				fmt.Fprintf(out, "<link rel=\"alternate\" type=\"%s\" title=\"%s\" href=\"%s\">\n",
					html.EscapeString(format.MediaType), html.EscapeString(printable(f.Title)), html.EscapeString(url))
			}
		}
	}
}

func (w *wiring) feedLines(out io.Writer, all []edition.ListedFeed) {
	t := table{out}
	for _, f := range all {
		t.row(f.Name, f.Title+", "+counted(int64(f.Count), "article"))
		for _, format := range w.tables.formats {
			if url := f.URLs[format.Kind]; url != "" {
				t.row("", url)
			}
		}
	}
}
