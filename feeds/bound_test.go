package feeds_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"herald/feeds"
	"herald/source"
	"herald/source/feed"
)

// long is a feed of articles of different lengths, each with a summary.
func long(count int) *feeds.Feed {
	f := newsroom()
	f.Items = nil
	for i := range count {
		where := fmt.Sprintf("https://news.example.org/%d/", i)
		f.Items = append(f.Items, &source.Article{
			ID: where, URL: where, Title: fmt.Sprintf("나루터 소식 %d", i), Summary: fmt.Sprintf("나룻배 %d척이 떴다.", i),
			Content:   "<p>" + strings.Repeat("강을 건너는 \"배\" & 사람들. ", 1+(i*37)%90) + "</p>",
			Published: at("2026-05-01T00:00:00Z").Add(-time.Duration(i) * time.Hour), Updated: at("2026-05-01T00:00:00Z"),
		})
	}
	return f
}

// Over its bytes a document shows the oldest without their content, then not at all; never the other way round, and never
// fewer than it has room for.
func TestADocumentKeepsItsBytes(t *testing.T) {
	for _, format := range bounded() {
		f := long(40)
		free := render(t, format.Write, f)
		head := len(render(t, format.Write, &feeds.Feed{Title: f.Title, Link: f.Link, ID: f.ID, Author: f.Author, Self: f.Self, Hubs: f.Hubs, Description: f.Description, Image: f.Image, Language: f.Language, Copyright: f.Copyright}))
		var before string
		for _, bound := range []int{len(free) + 64, len(free) - 1, len(free) / 2, len(free) / 5, 9000, 5000, head + 600, head + 64, 1} {
			f.Bytes = bound
			doc := render(t, format.Write, f)
			if len(doc) > max(bound, head+64) {
				t.Errorf("%s: got %d bytes, want at most %d", format.Kind, len(doc), bound)
			}
			if err := feeds.Check(format.Kind, doc, []string{"news.example.org"}); err != nil {
				t.Fatalf("%s of %d bytes: %v", format.Kind, bound, err)
			}
			if bound > len(free) && string(doc) != string(free) {
				t.Errorf("%s: a bound that is not reached changes the document", format.Kind)
			}
			got := shape(t, f, doc)
			if strings.Trim(strings.TrimLeft(strings.TrimLeft(got, "F"), "s"), ".") != "" || len(got) != 40 {
				t.Errorf("%s within %d: got %s, want whole ones, then short ones, then none", format.Kind, bound, got)
			}
			if strings.Count(got, ".") > 0 && strings.Contains(got, "F") {
				t.Errorf("%s within %d: got %s: some leave while others keep their content", format.Kind, bound, got)
			}
			if got > before && before != "" && strings.Count(got, "F") > strings.Count(before, "F") {
				t.Errorf("%s: within %d more is shown than before: %s, %s", format.Kind, bound, got, before)
			}
			if room := bound - len(doc); strings.Contains(got, "s") && room > 5000 || strings.Contains(got, ".") && bound > head+1000 && room > 1000 {
				t.Errorf("%s within %d: got %s and %d bytes of room", format.Kind, bound, got, room)
			}
			before = got
		}
	}
}

// bounded are the formats whose items keep the bytes of a feed.
func bounded() []feeds.Format {
	return slices.DeleteFunc(feeds.Formats(), func(f feeds.Format) bool {
		return !slices.Contains([]feeds.Kind{feeds.RSS, feeds.Atom, feeds.JSON}, f.Kind)
	})
}

// shape says of each item of a feed how a document shows it: F whole, s short, . not at all.
func shape(t *testing.T, f *feeds.Feed, doc []byte) string {
	t.Helper()
	read, err := feed.Parse(doc)
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]byte{}
	for _, item := range read.Items {
		if shown[item.URL] = 's'; strings.Contains(item.Content, "사람들") {
			shown[item.URL] = 'F'
		}
	}
	out := ""
	for _, a := range f.Items {
		how := shown[a.URL]
		if how == 0 {
			how = '.'
		}
		out += string(how)
	}
	return out
}

// Where no content is shown there is none to lose.
func TestAShortFeedKeepsItsBytes(t *testing.T) {
	for _, content := range []feeds.Content{feeds.Summary, feeds.None} {
		for _, format := range bounded() {
			f := long(40)
			f.Content, f.Bytes = content, 6000
			doc := render(t, format.Write, f)
			if got := shape(t, f, doc); len(doc) > 6000 || len(doc) < 5000 || strings.Trim(strings.TrimLeft(got, "s"), ".") != "" {
				t.Errorf("%s with %s: got %d bytes and %s, want the newest within 6000", format.Kind, content, len(doc), got)
			}
		}
	}
}

// An article that is over the bound by itself is shown short, whatever its place.
func TestOneArticleOverTheBound(t *testing.T) {
	for _, place := range []int{0, 3, 9} {
		for _, format := range bounded() {
			f := long(10)
			f.Items[place].Content = "<p>" + strings.Repeat("사람들 ", 100_000) + "</p>"
			f.Bytes = 60_000
			got := shape(t, f, render(t, format.Write, f))
			if want := strings.Repeat("F", place) + strings.Repeat("s", 10-place); got != want {
				t.Errorf("%s, the long one at %d: got %s, want %s", format.Kind, place, got, want)
			}
		}
	}
}
