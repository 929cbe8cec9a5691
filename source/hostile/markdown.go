package hostile

import (
	"strings"
)

// markdown are bodies in Markdown.
var markdown = map[string]func(int) string{
	"nested lists":          repeat("- "),
	"nested numbered lists": repeat("1. "),
	"nested plus lists":     repeat("+ "),
	"lists on lines":        func(size int) string { return indented(size, "- a") },
	"numbers on lines":      func(size int) string { return indented(size, "1. a") },
	"quotes on lines": func(size int) string {
		var b strings.Builder
		for i := 1; b.Len() < size; i++ {
			b.WriteString(strings.Repeat(">", i%1000) + " a\n")
		}
		return b.String()
	},
	"deep quotes, many lines": repeat(strings.Repeat("> ", 79) + "a\n"),
	"deep lists, many lines": func(size int) string {
		return strings.Repeat("- ", 79) + "a\n" + repeat(strings.Repeat(" ", 160)+"a\n")(size)
	},
	"deep list, blank lines":           func(size int) string { return strings.Repeat("- ", 79) + "a\n" + repeat("\n")(size) },
	"deep list, lazy lines":            func(size int) string { return strings.Repeat("- ", 79) + "a\n" + repeat("a\n")(size) },
	"deep quote, lazy lines":           func(size int) string { return strings.Repeat(">", 79) + "a\n" + repeat("a\n")(size) },
	"deep quote, bare lines":           func(size int) string { return strings.Repeat(">", 79) + "a\n" + repeat("\n>\n")(size) },
	"nested quotes":                    repeat("> "),
	"tight quotes":                     repeat(">"),
	"lists in quotes":                  repeat("> - "),
	"quotes and lists by turns":        repeat("> a\n- b\n"),
	"list items":                       repeat("- a\n"),
	"empty items":                      repeat("-\n"),
	"loose items":                      repeat("- a\n\n"),
	"numbered items":                   repeat("1. a\n"),
	"task items":                       repeat("- [ ] a\n"),
	"opening brackets":                 repeat("["),
	"closing brackets":                 repeat("]"),
	"brackets":                         repeat("[]"),
	"nested brackets":                  nested("[", "a", "]"),
	"nested references":                nested("[a", "", "]"),
	"nested brackets with a target":    func(size int) string { return nested("[a", "", "]")(size) + "\n\n[a]: /b\n" },
	"brackets and parentheses":         repeat("[]("),
	"links without an end":             repeat("[a]("),
	"links in angles":                  repeat("[a](<b"),
	"links with titles":                repeat(`[a](b "`),
	"links with titles in parentheses": repeat(`[a](b (`),
	"links":                            repeat("[a](b)"),
	"links with spaces":                repeat("[a](b) "),
	"links on lines":                   repeat("[a](b)\n"),
	"relative links":                   repeat("[a](?b)\n\n"),
	"empty links":                      repeat("[]()"),
	"nested links":                     nested("[", "a", "](b)"),
	"nested images":                    nested("![", "a", "](b)"),
	"images":                           repeat("![a](b)"),
	"image openings":                   repeat("!["),
	"images with spaces":               repeat("![a](b c.png)"),
	"images without an end":            repeat("![a](b c"),
	"link text with a paragraph":       around("[", "a ", "](b)"),
	"parentheses in a target":          func(size int) string { return "[a](" + nested("(", "", ")")(size) + ")" },
	"parentheses":                      nested("(", "a", ")"),
	"a wide table":                     func(size int) string { return wideTable(size, 1000) },
	"a table of columns": func(size int) string {
		n := size / 5
		return "|" + strings.Repeat("a|", n) + "\n|" + strings.Repeat("-|", n) + "\n|" + strings.Repeat("a|", n)
	},
	"a table of two columns":   around("|a|b|\n|-|-|\n", "|a|b|\n", ""),
	"a table of empty cells":   around("|a|b|\n|-|-|\n", "|\n", ""),
	"a table of bars":          around("|a|\n|-|\n", "|", ""),
	"a table of lines of bars": around("|a|\n|-|\n", strings.Repeat("|", 100)+"\n", ""),
	"a table without a body":   repeat("|a|b|\n|-|-|\n\n"),
	"tables":                   repeat("|a|\n|-|\n|b|\n\n"),
	"wide tables": func(size int) string {
		return repeat("|" + strings.Repeat("a|", 100) + "\n|" + strings.Repeat("-|", 100) + "\n" + strings.Repeat("|\n", 100) + "\n")(size)
	},
	"wide tables in quotes": func(size int) string {
		return repeat(">|" + strings.Repeat("a|", 300) + "\n>|" + strings.Repeat("-|", 300) + "\n" + strings.Repeat(">|\n", 300) + "\n\n")(size)
	},
	"a table with code":                 around("|a|\n|-|\n|", "`|", ""),
	"a table with escaped bars":         around("|a|\n|-|\n|", `\|`, ""),
	"a table with escaped bars in code": around("|a|\n|-|\n|`", `\|`, "`"),
	"a table with many codes":           around("|a|\n|-|\n|", "`\\|`", ""),
	"dashes":                            repeat("-|"),
	"lines of dashes":                   repeat("-|-\n"),
	"a paragraph before dashes":         around("", "a|b\n", "-|-\n"),
	"a long target": func(size int) string {
		return "[a]: " + strings.Repeat("x", size/13) + "\n\n" + repeat("[a] ")(size*12/13)
	},
	"a long title": func(size int) string {
		return "[a]: /b '" + strings.Repeat("x", size/13) + "'\n\n" + repeat("[a] ")(size*12/13)
	},
	"a long target of images": func(size int) string {
		return "[a]: " + strings.Repeat("x", size/13) + "\n\n" + repeat("![a] ")(size*12/13)
	},
	"a long target in full": func(size int) string {
		return "[a]: " + strings.Repeat("x", size/13) + "\n\n" + repeat("[b][a] ")(size*12/13)
	},
	"a target of entities": func(size int) string {
		return "[a]: /" + strings.Repeat("&amp;", size/50) + "\n\n" + repeat("[a] ")(size*9/10)
	},
	"a title of quotes": func(size int) string {
		return "[a]: /b '" + strings.Repeat("\"", size/50) + "'\n\n" + repeat("[a] ")(size*9/10)
	},
	"targets":                             counted("[a%d]: /b\n"),
	"targets and references":              func(size int) string { return counted("[a%d]: /b\n")(size/2) + "\n" + counted("[a%d] ")(size/2) },
	"targets on two lines":                repeat("[a]:\nb\n"),
	"targets without an address":          repeat("[a]:\n"),
	"targets with titles without an end":  repeat("[a]: b '\n"),
	"targets with open titles":            repeat("[a]: b \"c\n"),
	"target openings":                     repeat("[a\n"),
	"a target with a long label":          func(size int) string { return "[" + strings.Repeat("a", size) + "]: /b" },
	"references to nothing":               repeat("[a][b]"),
	"collapsed references":                repeat("[a][]"),
	"references with long labels":         repeat("[" + strings.Repeat("a", 990) + "]"),
	"labels and a target":                 func(size int) string { return "[a]: /b\n\n" + repeat("["+strings.Repeat("a ", 490)+"]")(size) },
	"footnotes":                           counted("[^%[1]d]\n\n[^%[1]d]: a\n\n"),
	"references to one footnote":          func(size int) string { return "[^1]: a\n\n" + repeat("[^1]")(size) },
	"references to one footnote on lines": func(size int) string { return "[^1]: a\n\n" + repeat("[^1]\n\n")(size) },
	"footnotes that nobody names":         counted("[^%d]: a\n\n"),
	"footnotes of footnotes":              counted("[^%[1]d]: [^%[1]d]\n\n"),
	"footnote openings":                   repeat("[^"),
	"one footnote many times":             repeat("[^a]: b\n\n"),
	"references to no footnote":           func(size int) string { return "[^1]: a\n\n" + counted("[^x%d]")(size) },
	"nested footnotes":                    repeat("[^a]: "),
	"footnotes and references":            func(size int) string { return counted("[^%d] ")(size/2) + "\n\n" + counted("[^%d]: a\n\n")(size/2) },
	"footnotes, twice": func(size int) string {
		return counted("[^%d] ")(size/3) + "\n\n" + counted("[^%d] ")(size/3) + "\n\n" + counted("[^%d]: a\n\n")(size/3)
	},
	"inline footnotes":              repeat("^[a]"),
	"stars":                         repeat("*"),
	"underscores":                   repeat("_"),
	"emphasis":                      repeat("*a* "),
	"nested emphasis":               nested("*a ", "", "* "),
	"nested strong emphasis":        nested("**a", "b", "**"),
	"nested emphasis by turns":      repeat("*a **a "),
	"emphasis without an end":       repeat("*a "),
	"emphasis without a beginning":  repeat("a* "),
	"mixed runs":                    repeat("*a_ "),
	"mixed long runs":               repeat("***a__ "),
	"runs of rising lengths":        rising("*", "a"),
	"tildes":                        repeat("~~a "),
	"nested strikes":                nested("~~a ", "", "~~ "),
	"emphasis in eastern quotes":    repeat("**“가”**나"),
	"strikes":                       repeat("~~a~~"),
	"contents":                      repeat("{:toc}\n"),
	"contents in lists":             repeat("* a\n{:toc}\n"),
	"contents and headings":         halves("* a\n{:toc}\n\n", "# a\n\n"),
	"TOC":                           halves("[TOC]\n\n", "# a\n\n"),
	"bare addresses":                repeat("http://a.b "),
	"www":                           repeat("www.a.b "),
	"addresses with parentheses":    repeat("http://a.b/("),
	"a long address":                around("http://a.b/", "(", ""),
	"an address of stops":           around("http://a.b/", ".", ""),
	"an address of entities":        around("http://a.b/", "&a;", ""),
	"an address of semicolons":      around("http://a.b/", "a;", ""),
	"an address of Korean":          around("http://a.b/", "가", ""),
	"an address of closing":         around("http://a.b/", ")", ""),
	"schemes":                       repeat("http://"),
	"schemes and spaces":            repeat(" http://"),
	"words of www":                  repeat("(www."),
	"hosts without an end":          around("http://", "a.", ""),
	"mails":                         repeat("a@b.c "),
	"mails joined":                  repeat("a@"),
	"a long mail":                   around("", "a", "@b.c"),
	"mail words":                    around("", "a.", " "),
	"mail parts":                    repeat(" a@b."),
	"colons":                        repeat("mailto: "),
	"angle autolinks":               repeat("<http://a>"),
	"angles":                        repeat("<a:"),
	"angle openings":                repeat("<"),
	"angle mails":                   repeat("<a@"),
	"HTML blocks":                   repeat("<div>\n\n"),
	"nested HTML":                   nested("<div>", "a", "</div>"),
	"nested HTML lines":             nested("<div>\n\n", "a", "\n\n</div>"),
	"inline tags":                   repeat("a<b>"),
	"tags without an end":           repeat("a<b "),
	"attributes without an end":     repeat("a<b c=\""),
	"many attributes":               around("a<b ", "c=d ", ">"),
	"comments":                      repeat("a<!-- b -->"),
	"comments without an end":       repeat("a<!--"),
	"comments lines without an end": repeat("<!--\n\n"),
	"processing instructions":       repeat("a<?"),
	"declarations":                  repeat("a<!X"),
	"CDATA":                         repeat("a<![CDATA["),
	"scripts":                       repeat("<script>\n"),
	"pre":                           repeat("<pre>\n"),
	"entities":                      repeat("&amp;"),
	"entities without an end":       repeat("&amp"),
	"ampersands":                    repeat("&"),
	"long entities":                 repeat("&#x10FFFF;"),
	"double entities":               repeat("&nGt;"),
	"entity openings":               repeat("&a"),
	"number entities":               repeat("&#"),
	"fences":                        repeat("```\n"),
	"fences by turns":               repeat("```\n~~~\n"),
	"fences with words":             repeat("``` a\n"),
	"rising fences":                 risingLines("`"),
	"tilde fences":                  repeat("~~~\n"),
	"indented code":                 repeat("    a\n"),
	"indented code and blanks":      repeat("    a\n\n"),
	"indented blanks":               around("    a\n", "\n", "    a"),
	"code":                          repeat("`a` "),
	"backticks":                     repeat("`"),
	"code openings":                 repeat("`a"),
	"rising backticks":              rising("`", "a"),
	"rising backticks with spaces":  rising("`", " a "),
	"headings":                      repeat("# a\n"),
	"headings with ids":             repeat("# a {#b}\n"),
	"headings with attributes":      repeat("# a {.b}\n"),
	"a heading of attributes":       around("# a {", ".b ", "}\n"),
	"heading openings":              repeat("# a {"),
	"heading marks":                 repeat("# "),
	"a heading of marks":            around("# a ", "#", "\n"),
	"underlined headings":           repeat("a\n=\n"),
	"a long heading":                around("", "a\n", "===\n"),
	"underlines":                    repeat("=\n"),
	"rules":                         repeat("---\n"),
	"rules of stars":                repeat("* * *\n"),
	"one rule":                      repeat("- "),
	"stars and spaces":              repeat("* "),
	"attribute lists":               repeat("{: .a}\n"),
	"attribute lists behind words":  repeat("a{: .a} "),
	"an attribute list":             around("a\n{: ", ".a ", "}\n"),
	"attribute list openings":       repeat("{:"),
	"an attribute list in quotes":   around("a\n{: a=\"", "\\\"", "}\n"),
	"definitions":                   repeat("a\n: b\n\n"),
	"definition colons":             repeat(": "),
	"terms":                         around("", "a\n", ": b"),
	"definitions of one":            around("a\n", ": b\n", ""),
	"nested definitions":            func(size int) string { return indented(size, "a\n: b") },
	"abbreviations":                 repeat("*[a]: b\n"),
	"abbreviations used":            func(size int) string { return counted("*[a%d]: b\n")(size/2) + "\n" + counted("a%d ")(size/2) },
	"headless tables":               repeat("|a|b|\n"),
	"headless wide tables":          func(size int) string { return repeat("|" + strings.Repeat("|", size/100) + "\n")(size) },
	"kramdown math":                 repeat("$$a$$ "),
	"kramdown options":              repeat("{::options a=\"b\" /}\n"),
	"lazy quotes":                   around("> a\n", "a\n", ""),
	"lazy quotes nested":            repeat("> a\nb\n"),
	"carets":                        repeat("a\n^\n"),
	"Liquid":                        repeat("{% if a %}"),
	"Liquid, closed":                nested("{% if a %}", "b", "{% endif %}"),
	"Liquid outputs":                repeat("{{ a }}"),
	"Liquid openings":               repeat("{{"),
	"Liquid tags without an end":    repeat("{% a "),
	"Liquid loops":                  nested("{% for a in b %}", "b", "{% endfor %}"),
	"Liquid captures":               nested("{% capture a %}", "b", "{% endcapture %}"),
	"Liquid assignments":            counted("{%% assign a%[1]d = 'b' %%}{{ a%[1]d }}"),
	"Liquid growth":                 repeat("{% assign a = a | append: a %}{{ a }}"),
	"Liquid appended":               around("{% assign a = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' %}", "{% assign a = a | append: a %}", "{{ a }}"),
	"Liquid captured growth":        around("{% capture a %}bbbbbbbbbbbbbbbbb{% endcapture %}", "{% capture a %}{{ a }}{{ a }}{% endcapture %}", "{{ a }}"),
	"Liquid filters":                around("{{ 'a'", " | append: 'b'", " }}"),
	"Liquid replacements":           around("{{ 'aaaa'", " | replace: 'a', 'aa'", " }}"),
	"a long value": func(size int) string {
		return "{% assign a = '" + strings.Repeat("x", size/10) + "' %}" + repeat("{{ a }}")(size*9/10)
	},
	"a long site title":              repeat("{{ site.title }}"),
	"Liquid links":                   repeat("[a]({% link b.md %})"),
	"Liquid posts":                   repeat("[a]({% post_url 2024-01-02-b %}) "),
	"raw":                            repeat("{% raw %}"),
	"raw, closed":                    repeat("{% raw %}{{ a }}{% endraw %}"),
	"Liquid comments":                repeat("{% comment %}"),
	"includes":                       repeat("{% include a.html b=c %}"),
	"highlights":                     repeat("{% highlight a %}"),
	"Hugo":                           repeat("{{< a >}}"),
	"Hugo, nested":                   nested("{{< a >}}", "b", "{{< /a >}}"),
	"Hugo, nested percent":           nested("{{% a %}}", "b", "{{% /a %}}"),
	"Hugo references":                repeat("[a]({{< ref \"b.md\" >}})"),
	"Hugo figures":                   repeat("{{< figure src=\"a\" caption=\"*b*\" >}}\n"),
	"Hugo figure with a caption":     around("{{< figure src=\"a\" caption=\"", "*b* ", "\" >}}\n"),
	"Hugo highlight":                 repeat("{{< highlight go >}}"),
	"Hugo openings":                  repeat("{{< "),
	"Hugo attributes":                around("{{< a ", "b=c ", ">}}"),
	"containers":                     repeat(":::\n"),
	"containers with names":          repeat("::: a\n"),
	"rising containers":              risingLines(":"),
	"nested containers":              nested("::: a\n", "b\n", ":::\n"),
	"admonitions":                    repeat("!!! a \"b\"\n\n"),
	"alerts":                         repeat("> [!NOTE]\n> a\n\n"),
	"wiki links":                     repeat("[[a]]"),
	"wiki links of many":             counted("[[a%d|b]] "),
	"wiki openings":                  repeat("[["),
	"file links":                     counted("[a](b%d.md) "),
	"file links with climbing":       repeat("[a](../../../../../../../../b.md) "),
	"a link that climbs":             around("[a](", "../", "b.md)"),
	"spaces":                         repeat(" "),
	"blank lines":                    repeat("\n"),
	"tabs":                           repeat("\t"),
	"tabs and stars":                 repeat("\t*"),
	"line breaks":                    repeat("a  \n"),
	"backslashes":                    repeat("\\"),
	"backslash lines":                repeat("a\\\n"),
	"escapes":                        repeat("\\*"),
	"returns":                        repeat("\r"),
	"one line":                       repeat("a"),
	"words":                          repeat("가나 "),
	"lines":                          repeat("a\n"),
	"paragraphs":                     repeat("a\n\n"),
	"quotation marks":                repeat("\""),
	"typographic":                    repeat("-- ... "),
	"zeros":                          repeat("\x00"),
	"broken UTF-8":                   repeat("\xff"),
	"accents":                        around("a", "\u0301", ""),
	"accents by turns":               around("a", "\u0301\u0323", ""),
	"Hangul parts":                   repeat("\u1112\u1161\u11ab"),
	"more":                           repeat("<!--more-->"),
	"emoji":                          repeat(":a:"),
	"joined emoji":                   repeat("👩\u200d"),
	"flags":                          repeat("🇰"),
	"relative links to a long place": repeat("[a](b) c\n"),
}

// mdx are bodies in MDX.
var mdx = map[string]func(int) string{
	"imports":                    repeat("import a from 'b'\n"),
	"imports without an end":     repeat("import {\n"),
	"exports":                    repeat("export const a = {\n"),
	"exports closed":             nested("export const a = {\n", "", "}\n"),
	"elements":                   nested("<A>", "b", "</A>"),
	"elements on lines":          nested("<A>\n", "b", "\n</A>"),
	"elements without an end":    repeat("<A>"),
	"element openings":           repeat("<A "),
	"element attributes":         repeat("<A b={"),
	"nested attributes":          nested("<A b={", "c", "}>"),
	"expressions":                repeat("{a}"),
	"expressions without an end": repeat("{"),
	"nested expressions":         nested("{", "a", "}"),
	"comments":                   repeat("{/* a */}"),
	"comments without an end":    repeat("{/*"),
	"templates":                  repeat("{`"),
	"nested templates":           repeat("{`${"),
	"strings":                    repeat("{\"a"),
	"fragments":                  repeat("<>"),
}

// indented returns lines that stand ever deeper.
func indented(size int, line string) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		depth := 2 * i
		if strings.HasPrefix(line, "1") {
			depth = 3 * i
		}
		for part := range strings.Lines(line) {
			b.WriteString(strings.Repeat(" ", depth) + part)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// rising returns a maker of runs, each longer by one than the one before.
func rising(char, between string) func(int) string {
	return func(size int) string {
		var b strings.Builder
		for i := 1; b.Len() < size; i++ {
			b.WriteString(strings.Repeat(char, i) + between)
		}
		return b.String()
	}
}

// risingLines returns a maker of such runs on lines of their own.
func risingLines(char string) func(int) string {
	return func(size int) string {
		var b strings.Builder
		for i := 3; b.Len() < size; i++ {
			b.WriteString(strings.Repeat(char, i) + "\n")
		}
		return b.String()
	}
}

// wideTable returns a table whose rows are shorter than its header.
func wideTable(size, columns int) string {
	header := "|" + strings.Repeat("a|", columns) + "\n|" + strings.Repeat("-|", columns) + "\n"
	return header + repeat("|\n")(max(size-len(header), 2))
}
