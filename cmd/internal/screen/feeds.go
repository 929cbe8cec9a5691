package screen

import (
	"fmt"
	"html"

	"herald/cmd/internal/edition"
	"herald/feeds"
)

// FeedLinks prints what the head of a page holds, so that readers find the feeds (RSS Advisory Board, RSS autodiscovery).
func (s Screen) FeedLinks(formats []feeds.Format, all []edition.ListedFeed) {
	for _, f := range all {
		for _, format := range formats {
			if url := f.URLs[format.Kind]; url != "" && format.Kind != feeds.Page {
				fmt.Fprintf(s.out, "<link rel=\"alternate\" type=\"%s\" title=\"%s\" href=\"%s\">\n",
					html.EscapeString(format.MediaType), html.EscapeString(Printable(f.Title)), html.EscapeString(url))
			}
		}
	}
}

// Feeds prints the feeds, how many articles each shows, and where it lies.
func (s Screen) Feeds(formats []feeds.Format, all []edition.ListedFeed) {
	if len(all) == 0 {
		s.Printf("the site has no feed: the config turns each off")
	}
	for _, f := range all {
		s.named(f.Name, f.Title+", "+s.articles(int64(f.Count)))
		for _, format := range formats {
			if url := f.URLs[format.Kind]; url != "" {
				s.row("", url)
			}
		}
	}
}
