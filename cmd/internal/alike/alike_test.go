package alike_test

import (
	"reflect"
	"testing"

	"herald/cmd/internal/alike"
)

func TestLines(t *testing.T) {
	got := alike.Lines([]string{
		`a.md:2:8: title starts with "["; quote it: "[속보] 하나"`,
		`b.md: no date: its first sight dates it`,
		`c.md:2:8: title starts with "["; quote it: "[속보] 둘"`,
		`d.md:3:1: the key "titel" means nothing: is title meant?`,
		`e.md:4:8: title starts with "["; quote it: "[속보] 셋"`,
		`f.md: no date: its first sight dates it`,
		`g.md:2:8: title starts with "["; quote it: "[속보] 넷"`,
		`h.md: no date: its first sight dates it`,
		`source posts holds nothing`,
		`archive: row 12: no date: a page`,
		`archive: row a: no date: a page`,
		`https://news.example.org/posts: 14: no date: a page`,
		`archive: item 15: no date: a page`,
		`가 나.md:12:8: title starts with "["; quote it: "[속보] 다섯"`,
	})
	want := []alike.Line{
		{`title starts with "["; quote it: "[속보] 하나" (5 times: a.md:2:8, c.md:2:8, e.md:4:8 and 2 more)`, 5},
		{`b.md: no date: its first sight dates it`, 1},
		{`f.md: no date: its first sight dates it`, 1},
		{`h.md: no date: its first sight dates it`, 1},
		{`d.md:3:1: the key "titel" means nothing: is title meant?`, 1},
		{`source posts holds nothing`, 1},
		{`no date: a page (4 times: archive: row 12, archive: row a, https://news.example.org/posts: 14 and 1 more)`, 4},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}
