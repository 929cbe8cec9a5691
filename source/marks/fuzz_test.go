package marks_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"herald/source"
	"herald/source/marks"
)

// FuzzResolve holds that any text is resolved, the same way each time and to a bounded length, and that code stays
// as it was.
func FuzzResolve(f *testing.F) {
	for _, piece := range hurtful {
		f.Add(piece+"가\n"+piece, true)
	}
	f.Add("# 가 {#b}\n\n> [!NOTE] c\n> {{ site.title }}\n\n- {% raw %}`{{ d }}`{% endraw %}\n\n      {{ e }}\n", false)
	f.Add("{% assign a = b %}\n* [{{ a.c }}]({{ a.d }})\n\n    {{ a.e }}\n{{< figure src=\"f\" >}} {% highlight g %}h{% endhighlight %}", false)
	f.Fuzz(func(t *testing.T, text string, mdx bool) {
		if !utf8.ValidString(text) {
			return
		}
		facts := facts
		facts.MDX = mdx
		for _, markup := range []source.Markup{source.Markdown, source.HTML} {
			body := source.Body{Markup: markup, Text: text}
			got := marks.Resolve(body, facts)
			if again := marks.Resolve(body, facts); again.Text != got.Text {
				t.Fatalf("two results from one body:\n%q\n%q", got.Text, again.Text)
			}
			if !utf8.ValidString(got.Text) || len(got.Text) > 16*len(text)+1<<20 {
				t.Fatalf("%q becomes %q", text, got.Text)
			}
		}
		if strings.Contains(text, "~~~") || strings.Contains(strings.ToLower(text), "raw") || strings.Contains(strings.ToLower(text), "verbatim") || strings.Contains(text, "/*") || strings.Contains(text, "\r") {
			return
		}
		fenced := "글\n\n~~~~\n" + text + "\n~~~~\n"
		if got := marks.Resolve(source.Body{Markup: source.Markdown, Text: fenced}, facts).Text; got != fenced && !mdx {
			t.Fatalf("code is changed:\n%q\n%q", fenced, got)
		}
	})
}
