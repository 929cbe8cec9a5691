package markup

import (
	"regexp"
	"strings"

	"herald/source/safehtml"
)

var (
	liquidWord   = regexp.MustCompile(`^\{%-?\s*([a-z]+)`)
	liquidString = regexp.MustCompile(`^\{\{-?\s*(?:"([^"]*)"|'([^']*)')\s*(?:\|[^}]*)?-?\}\}$`)
	liquidEnds   = map[string]*regexp.Regexp{
		"raw":       regexp.MustCompile(`\{%-?\s*endraw\s*-?%\}`),
		"comment":   regexp.MustCompile(`\{%-?\s*endcomment\s*-?%\}`),
		"highlight": regexp.MustCompile(`\{%-?\s*endhighlight\s*-?%\}`),
	}
	headingID = regexp.MustCompile(`^ \{#[\w:.-]{1,100}\}[ ]*(?:\n|$)`)
)

// dropDirectives drops the tags of Liquid and of Hugo's shortcodes and keeps the text between them: herald
// does not run a generator's templates. "{% raw %}" and "{% highlight %}" keep their text as it is,
// comments go, and {{ "/a.png" | relative_url }} becomes its text. In Markdown kramdown's attribute
// lists go too ("{:.lead}", "{#id}" after a heading, the line of a table of contents). Code is left alone.
//
// References to other articles become their URLs, which find returns; with nil they stay references.
func dropDirectives(text string, markdown bool, find find) string {
	if !hasLiquid(text) &&
		!(markdown && (strings.Contains(text, "{:") || strings.Contains(text, "{#"))) {
		return text
	}
	d := directives{text: text, markdown: markdown, unclosed: map[*regexp.Regexp]bool{}, find: find}
	return d.drop()
}

func (d *directives) drop() string {
	text := d.text
	d.out.Grow(len(text))
	for i := 0; i < len(text); {
		next := nextDirective(text, i)
		d.out.WriteString(text[i:next])
		if i = next; i == len(text) {
			break
		}
		if end := d.code(i); end > i {
			d.out.WriteString(text[i:end])
			i = end
		} else if end := d.directive(i); end > i {
			i = end
		} else {
			d.out.WriteByte(text[i])
			i++
		}
	}
	return d.out.String()
}

// directive returns the end of the directive that begins at i, or 0, and writes its text.
func (d *directives) directive(i int) int {
	rest := d.text[i:]
	if end := d.reference(i); end > 0 {
		return end
	}
	switch {
	case strings.HasPrefix(rest, "{%"):
		return d.tag(i)
	case strings.HasPrefix(rest, "{{"):
		end := d.short(i, "}}")
		if end > 0 {
			if s := liquidString.FindStringSubmatch(d.text[i:end]); s != nil {
				d.out.WriteString(s[1] + s[2])
			} else {
				d.record(i)
			}
		}
		return end
	case !d.markdown:
		return 0
	case strings.HasPrefix(rest, "{:"):
		end := d.short(i, "}")
		if end > 0 && strings.HasPrefix(strings.TrimSpace(d.text[i+2:end]), "toc") {
			d.dropListLine()
		}
		return end
	case rest[0] == ' ':
		if at := headingID.FindStringIndex(rest[:min(len(rest), 110)]); at != nil {
			return i + len(strings.TrimRight(rest[:at[1]], "\n"))
		}
	}
	return 0
}

// tag handles "{% … %}".
func (d *directives) tag(i int) int {
	end := d.short(i, "%}")
	if end == 0 {
		return 0
	}
	word := liquidWord.FindStringSubmatch(d.text[i:end])
	if word == nil || liquidEnds[word[1]] == nil {
		d.record(i)
		return end
	}
	through := d.through(end, liquidEnds[word[1]])
	if through == 0 {
		return end
	}
	inner := d.text[end : end+strings.LastIndex(d.text[end:through], "{%")]
	switch word[1] {
	case "raw":
		d.out.WriteString(inner)
	case "highlight":
		inner = strings.Trim(inner, "\r\n")
		d.out.WriteString("<pre><code>" + string(safehtml.AppendEscaped(nil, inner, false)) + "</code></pre>")
	}
	return through
}
