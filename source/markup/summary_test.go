package markup_test

import (
	"testing"

	"herald/source"
	"herald/source/markup"
)

func TestSummarize(t *testing.T) {
	for _, c := range []struct {
		name   string
		markup source.Markup
		text   string
		want   string
	}{
		{"HTML", source.HTML, "<p>첫 문단.</p>\n\n<!--more-->\n\n나머지", "첫 문단."},
		{"Markdown", source.Markdown, "첫 **문단**[^1].\n\n<!-- more -->\n\n나머지\n\n[^1]: 주", "첫 문단."},
		{"in a paragraph", source.Markdown, "앞 <!--more--> 뒤", "앞"},
		{"in code it is text", source.Markdown, "앞\n\n    <!--more-->\n\n`<!--more-->` 뒤", "앞 <!--more--> <!--more--> 뒤"},
		{"in a fence of a list", source.Markdown, "- 앞\n\n  ```\n  <!--more-->\n  ```\n- 뒤", "앞 <!--more--> 뒤"},
		{"escaped", source.Markdown, `앞 \<!--more--> 뒤`, "앞 <!--more--> 뒤"},
		{"in plain text it is text", source.Text, "앞\n\n<!--more-->\n\n뒤", "앞 <!--more--> 뒤"},
		{"another comment", source.Markdown, "앞\n\n<!-- 메모 -->\n\n뒤", "앞 뒤"},
		{"nothing before it", source.Markdown, "<!--more-->\n\n뒤", "뒤"},
		{"footnotes", source.Markdown, "값[^가]은 크다[^나].\n\n[^가]: 하나\n[^나]: 둘", "값은 크다."},
	} {
		body := source.Body{Markup: c.markup, Text: c.text}
		if got := markup.Summarize(body, nil, markup.Render(body, page)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
