package screen

import (
	"fmt"
	"io"
	"time"

	"herald/cmd/internal/hold"
	"herald/cmd/internal/status"
)

// Status prints what herald knows of itself; next is when each source is scanned again where a process is running.
func Status(w io.Writer, s *status.Status, next map[string]time.Time, running bool) {
	t, refused := table{w}, int64(0)
	for _, one := range s.Sources {
		refused += one.Refused
		t.row(one.Name, fmt.Sprintf("%s, %d refused, %d removed; last good scan %s", Counted(one.Articles, "article"), one.Refused, one.Removed, Moment(one.LastGood)))
		if one.Merged > 0 {
			t.row("", fmt.Sprintf("%d more merged with articles of other sources", one.Merged))
		}
		t.row("", emptyLine(one.Articles+one.Merged == 0 && !one.LastGood.IsZero()))
		if one.Missing > 0 {
			t.row("", fmt.Sprintf("%d of them missing and kept (removal_grace), the first until %s", one.Missing, Moment(one.Until)))
		}
		if one.Pages > 0 {
			t.row("", fmt.Sprintf("%d of them undated beside dated ones: pages, in the sitemap only", one.Pages))
		}
		if one.LastError != "" {
			t.row("", "last scan "+Moment(one.LastScan)+": "+one.LastError)
		}
		if running && !next[one.Name].IsZero() {
			t.row("", "next scan "+Moment(next[one.Name]))
		}
	}
	t.first("refused", lines(s.Refused, refusalLine), refused)
	t.list("soon", s.Ahead)
	t.first("not live", lines(s.Live, waitLine), s.LiveCount)
	for _, d := range s.Documents {
		t.row("document", fmt.Sprintf("%s, %d bytes, changed %s", d.URL, d.Size, Moment(d.Changed)))
	}
	t.holds(s.Holds, func(h hold.Hold) string {
		return fmt.Sprintf("%d since %s: %s", h.ID, Moment(h.Since), h.Remedy())
	})
	t.row("notices", fmt.Sprintf("%d answered, %d waiting, %d given up", s.Told, s.WaitingCount, s.DeadCount))
	t.first("waiting", lines(s.Waiting, noticeLine), s.WaitingCount)
	t.first("given up", lines(s.Dead, noticeLine), s.DeadCount)
	if running {
		t.row("running", "a process holds the state")
	}
}

// Editions prints what was published when.
func Editions(w io.Writer, editions []status.EditionStatus) {
	for _, e := range editions {
		fmt.Fprintf(w, "%d  %s\n", e.ID, Moment(e.At))
		for _, path := range e.Written {
			fmt.Fprintf(w, "    wrote   %s\n", Printable(path))
		}
		for _, path := range e.Removed {
			fmt.Fprintf(w, "    removed %s\n", Printable(path))
		}
	}
}
