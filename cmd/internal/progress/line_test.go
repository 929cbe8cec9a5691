package progress_test

import (
	"testing"
	"time"

	"herald/cmd/internal/progress"
)

func TestLine(t *testing.T) {
	for _, c := range []struct {
		state progress.State
		want  string
	}{
		{progress.State{Work: "herald build", Spent: 11 * time.Second}, "herald build: 11 s so far"},
		{progress.State{Work: "asking blog", Unit: "pages", Spent: 150 * time.Second}, "asking blog: 3 min so far"},
		{progress.State{Work: "reading posts", Unit: "articles", Done: 700, Rate: 70}, "reading posts: 700 articles, 70/s"},
		{progress.State{Work: "reading posts", Unit: "articles", Done: 700, Total: 1400, Rate: 70}, "reading posts: 700 of 1400 articles, 70/s, 10 s left"},
		{progress.State{Work: "reading posts", Unit: "articles", Done: 9, Total: 5}, "reading posts: 5 of 5 articles"}, // more came than were there the last time
		{progress.State{Work: "asking blog", Unit: "pages", Done: 1, Total: 101, Rate: 0.2}, "asking blog: 1 of 101 pages, 9 min left"},
		{progress.State{Work: "asking blog", Unit: "pages", Done: 1, Total: 36001, Rate: 2}, "asking blog: 1 of 36001 pages, 2/s, 5 h 0 min left"},
		{progress.State{Work: "reading \x1b[2J\n", Spent: time.Second}, "reading �[2J�: 1 s so far"},
	} {
		if got := c.state.Line(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
