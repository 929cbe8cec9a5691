package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"herald/cmd/internal/edition"
	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/statefile"
	"herald/cmd/internal/screen"
	"herald/feeds"
)

func (a *app) feedsCommand() *cobra.Command {
	asHTML := false
	cmd := &cobra.Command{
		Use:     "feeds",
		Example: "  herald feeds\n  herald feeds --html       # for the head of your pages",
		Short:   "List the feeds with their URLs and how many articles each shows",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.feeds(cmd.Context(), asHTML) },
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
		lines := map[bool]func(io.Writer, []feeds.Format, []edition.ListedFeed){true: screen.FeedLinks, false: screen.Feeds}[asHTML]
		return a.report(list, func(out io.Writer) { lines(out, w.tables.formats, list.Feeds) })
	})
}
