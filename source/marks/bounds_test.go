package marks_test

import (
	"strings"
	"testing"

	"herald/source"
	"herald/source/marks"
)

// hurtful are pieces of marks: much of any must take time in proportion to its length.
var hurtful = []string{
	"{{< a >}}{{< /a >}}", "{% a %}\n{% enda %}\n",
	"{", "{{", "{%", "{#", "{{<", "{{% ", "{:", "{.a", "{#a}", "{:.a} ", "{: toc}\n", "{a=", "{width=1}", "]{.a}", "[a]{.b}", "x{.a}\n", "`{.a}`", "{%a%}", "{{a}}", "{{ a }}\n", "{{<a>}}",
	"{% raw %}", "{% raw %}`", "`{% raw %}`", "{% endraw %}", "{% raw %}{% endraw %}", "{% highlight a %}", "{% highlight a %}\n", "{% highlight a %}x{% endhighlight %}", "{% comment %}\n",
	"{{< highlight a >}}\n", "{% for a in b %}", "{% for a in b %}{% endfor %}", "{% for a in b %}{{ a }}", "{% endfor %}", "{% capture a %}", "{% capture a %}{{ a }}a{% endcapture %}\n{{ a }}", "{% assign a = \"b\" %}{{ a }}",
	"{{ a | replace: \"a\", \"aaaaaaaaaaaaaaaaaaaa\" }}", "{{ 'aaaaaaaaaaaaaaa' | replace: 'a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaa' | replace: 'a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' }}",
	"{% include plain.html %}", "{% include plain.html %}\n", "{% blockquote %}", "{% endblockquote %}\n", "{{< details >}}\n", "{{< figure src=a >}}", "{% post_url a %}", "[a]({% post_url a %})", "](", "[a](", "[a](<", "[a]({{ x }}", "<a href=\"{{ x }}", "<a href='",
	"<pre>", "<code>", "<code", "<!--", "<!-- {{ a }} -->", "<script>{{", ":::", ":::\n", ":::a[b]\n", "::: a\n", "> [!a]\n", "[!", "> ", "- ", "[TOC]\n", "[[toc]]", "import a from \"b\"\n", "import {\n", "import A from 'b'\n<A", "export const a = {\n",
	"{/*", "{/* a */}", "{a}", "{`", "{\"", "{'{", "<A", "<A>", "<A b={", "</A>", "<A>\n  ", "<a b={c}>", "\\{", "{::comment}", "{::comment}\n{:/comment}", "{:/", " ", "\n", "\n\n    {{ a }}", "{% x\n", "{{ x\n\n",
}

func TestBounds(t *testing.T) {
	const size = 1 << 15
	for _, piece := range hurtful {
		text := strings.Repeat(piece, size/len(piece))
		for _, markup := range []source.Markup{source.Markdown, source.HTML} {
			for _, mdx := range []bool{false, markup == source.Markdown} {
				f := facts
				f.MDX = mdx
				if got := marks.Resolve(source.Body{Markup: markup, Text: text}, f).Text; len(got) > 8*size+1<<20 {
					t.Errorf("%q: %d bytes from %d", piece, len(got), size)
				}
			}
		}
	}
}
