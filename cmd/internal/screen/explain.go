package screen

import (
	"fmt"
	"io"

	"herald/cmd/internal/status"
)

// Explanation prints the life of an article.
func Explanation(w io.Writer, e status.Explanation) {
	t := table{w}
	t.row("title", e.Title)
	t.row("source", entry(e.Source, e.Key, e.Place))
	t.row("id", e.ID)
	t.row("url", e.URL)
	t.row("state", e.State)
	t.list("why", e.Why)
	if e.ID == "" { // never an article: there is no more to tell
		fmt.Fprintln(w)
		return
	}
	if !e.Published.IsZero() {
		t.row("published", Moment(e.Published)+" by "+e.DatedBy)
	}
	t.row("updated", Moment(e.Updated))
	t.row("feed time", Moment(e.FeedTime))
	t.row("seen", Moment(e.FirstSeen))
	t.list("documents", e.Documents)
	t.list("links", e.Links)
	for _, n := range e.Told {
		line := noticeLine(n)
		if !n.Answered.IsZero() {
			line += " at " + Moment(n.Answered)
		}
		t.row("told", n.State+" "+line)
	}
	if len(e.Told) == 0 {
		t.row("told", "nobody yet")
	}
	fmt.Fprintln(w)
}
