package screen

import (
	"fmt"
	"html"
	"io"

	"herald/cmd/internal/edition"
	"herald/feeds"
)

// FeedLinks prints what the head of a page holds, so that readers find the feeds (RSS Advisory Board, RSS autodiscovery).
func FeedLinks(w io.Writer, formats []feeds.Format, all []edition.ListedFeed) {
	for _, f := range all {
		for _, format := range formats {
			if url := f.URLs[format.Kind]; url != "" && format.Kind != feeds.Page {
				fmt.Fprintf(w, "<link rel=\"alternate\" type=\"%s\" title=\"%s\" href=\"%s\">\n",
					html.EscapeString(format.MediaType), html.EscapeString(Printable(f.Title)), html.EscapeString(url))
			}
		}
	}
}

// Feeds prints the feeds, how many articles each shows, and where it lies.
func Feeds(w io.Writer, formats []feeds.Format, all []edition.ListedFeed) {
	t := table{w}
	for _, f := range all {
		t.row(f.Name, f.Title+", "+Counted(int64(f.Count), "article"))
		for _, format := range formats {
			if url := f.URLs[format.Kind]; url != "" {
				t.row("", url)
			}
		}
	}
}
