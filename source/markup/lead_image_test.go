package markup_test

import (
	"strings"
	"testing"

	"herald/source"
	"herald/source/markup"
	"herald/source/safehtml"
	"herald/source/weburl"
)

// checkLeadImage holds that the lead image of a body is one that its document shows.
func checkLeadImage(t *testing.T, body source.Body) {
	t.Helper()
	image := markup.LeadImage(body.Markup, markup.Prepare(body, false))
	if image == "" {
		return
	}
	shown := string(safehtml.AppendEscaped(nil, weburl.Resolver(page)(image), true))
	if shown == "" {
		return // no document names it
	}
	if html := markup.Render(body, page); !strings.Contains(html, `src="`+shown+`"`) && !strings.Contains(html, `srcset="`+shown) {
		t.Fatalf("%q: the lead image is %q, which is not in %s", body.Text, image, html)
	}
}

func TestLeadImage(t *testing.T) {
	for _, c := range []struct {
		name   string
		markup source.Markup
		text   string
		want   string
	}{
		{"in a comment", source.Markdown, "<!--\n\n![](/no.png)\n\n-->\n\n글", ""},
		{"in code", source.Markdown, "    ![](/no.png)\n\n<pre>\n![](/no.png)\n\n</pre>\n\n```\n<img src=/no.png>\n```\n`<img src=/no.png>`", ""},
		{"behind a mark of code", source.Markdown, "\\`![](/yes.png)\\`", "/yes.png"},
		{"in what is hidden", source.Markdown, "<div hidden>\n\n![](/no.png)\n\n</div>\n\n![](/yes.png)", "/yes.png"},
		{"in a template", source.HTML, "<template><img src=/no.png></template><svg><image href=/no.png /></svg><img src=/yes.png>", "/yes.png"},
		{"that no document holds", source.HTML, "<img src='data:image/png;base64,x'><img src=blob:x><img src=cid:y><img src='javascript:z'><img src=/yes.png>", "/yes.png"},
		{"of an address with spaces", source.Markdown, "![가](/사진/나 다 (1).png \"라\")", "/사진/나 다 (1).png"},
		{"in a table", source.Markdown, "| ![](/yes.png) |\n|---|\n| <img src=/no.png> |", "/yes.png"},
		{"in a table of HTML in Markdown", source.Markdown, "| 가 |\n|---|\n| <img src=/yes.png> |", "/yes.png"},
		{"beside emphasis", source.Markdown, "**![*가*](/yes.png)**는", "/yes.png"},
		{"the target of a link", source.Markdown, "[글](/no.png) [![](/yes.png)](/no2.png)", "/yes.png"},
		{"in kramdown's quotation", source.Kramdown, ">\n![](/yes.png)\n", "/yes.png"},
		{"in the <noscript> behind it", source.HTML, "<p><img src=/thumb.png>\n<noscript><img width=1 height=1 src=/no.png><img src=/yes.png></noscript>글", "/yes.png"},
		{"that counts readers in <noscript>", source.HTML, "<noscript><img src=/no.png width=1 height=1></noscript><img src=/yes.png>", "/yes.png"},
		{"a line in <noscript>", source.HTML, "<noscript><img src=/yes.png width=1 height=2></noscript><img src=/no.png>", "/yes.png"},
		{"in another <noscript>", source.HTML, "<img src=/yes.png>글<noscript><img src=/no.png></noscript>", "/yes.png"},
		{"in plain text", source.Text, "![](/no.png) <img src=/no.png>", ""},
	} {
		body := source.Body{Markup: c.markup, Text: c.text}
		if got := markup.LeadImage(c.markup, markup.Prepare(body, false)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		checkLeadImage(t, body)
	}
}

// FuzzLeadImage looks for a lead image that no document shows.
func FuzzLeadImage(f *testing.F) {
	f.Add("<p><img src=/blank.gif><img src=/a.png><img srcset='/b.png 2x'>", 0)
	f.Add("![a](/b c.png) <template>![](/d.png)</template>\n\n- `![](e.png)`", 1)
	f.Add("<video poster=/a><img data-src=/b></video><table><img src=/c>", 0)
	f.Fuzz(func(t *testing.T, text string, kind int) {
		if strings.Contains(strings.ToLower(text), "<noscript") {
			return // which image it replaces depends on end tags that end nothing
		}
		checkLeadImage(t, source.Body{Markup: []source.Markup{source.HTML, source.Markdown, source.Kramdown}[uint(kind)%3], Text: text})
	})
}
