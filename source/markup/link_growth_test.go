package markup_test

import (
	"strings"
	"testing"

	"herald/source"
	"herald/source/markup"
)

// TestAddressesGrowToABound holds that links which become absolute add so much to a body and no more: further ones are text.
func TestAddressesGrowToABound(t *testing.T) {
	const links, least, most = 30_000, 4_000_000, 4_100_000
	place := "https://news.example.org/" + strings.Repeat("a", 400) + "/"
	for markupName, link := range map[source.Markup]string{source.HTML: "<a href=b>c</a>", source.Markdown: "[c](b)\n\n"} {
		body := source.Body{Markup: markupName, Text: strings.Repeat(link, links)}
		got := markup.Render(body, place)
		if added := strings.Count(got, place) * len(place); added < least || added > most {
			t.Errorf("%s: addresses add %d bytes, want %d to %d", markupName, added, least, most)
		}
		if n := strings.Count(got, "c</a>"); n >= links || strings.Count(got, "c") < links {
			t.Errorf("%s: %d of %d links stay, and the text of %d", markupName, n, links, strings.Count(got, "c"))
		}
		few := markup.Render(source.Body{Markup: markupName, Text: strings.Repeat(link, 5000)}, place)
		if n := strings.Count(few, place+"b"); n != 5000 {
			t.Errorf("%s: %d of 5000 links stay", markupName, n)
		}
	}
}
