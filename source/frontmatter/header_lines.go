package frontmatter

import "strings"

// maxHeaderLines is how many lines a header without a fence may have.
const maxHeaderLines = 200

// maxFolded is how long a value may be that goes on in the next line, in bytes.
const maxFolded = 1 << 13

// linesMatter reads the "Title: …" lines of Pelican and MultiMarkdown, up to a blank line. A line that is indented goes on
// with the one before.
func linesMatter(text string, start int) Matter {
	var fields []Field
	number, pos := strings.Count(text[:start], "\n"), start
	for pos < len(text) && len(fields) < maxHeaderLines {
		line, _, _ := strings.Cut(text[pos:], "\n")
		pos = min(pos+len(line)+1, len(text))
		number++
		bare := strings.Trim(line, " \t")
		switch key, rest, ok := cutKey(line); {
		case bare == "":
			return headerOf(fields, text, pos)
		case (line[0] == ' ' || line[0] == '\t') && len(fields) > 0:
			last := &fields[len(fields)-1].Value
			if len(last.Text) > maxFolded {
				return Matter{} // running text
			}
			last.Text = strings.TrimLeft(last.Text+" "+bare, " ")
		case ok:
			fields = append(fields, Field{key, Value{Kind: Scalar, Text: rest, Line: number, Column: 1 + strings.Index(line, ":") + 2}})
		default:
			return Matter{}
		}
	}
	return headerOf(fields, text, pos)
}

// headerOf returns the front matter of header lines, if they are those of an article.
func headerOf(fields []Field, text string, body int) Matter {
	if !isHeader(fields) {
		return Matter{}
	}
	for i := range fields {
		splitNames(&fields[i])
	}
	return newMatter(fields, text[body:], nil)
}

// splitNames makes lists of the values of header lines that hold several: at commas, and authors at semicolons where they
// have those.
func splitNames(f *Field) {
	switch FoldKey(f.Key) {
	case "tags", "categories", "keywords", "authors":
	default:
		return
	}
	mark := ","
	if strings.Contains(f.Value.Text, ";") {
		mark = ";"
	}
	list := Value{Kind: List, Line: f.Value.Line, Column: f.Value.Column}
	for name := range strings.SplitSeq(f.Value.Text, mark) {
		if name = strings.Trim(name, " \t"); name != "" {
			list.Items = append(list.Items, Value{Kind: Scalar, Text: name, Line: f.Value.Line, Column: f.Value.Column})
		}
	}
	f.Value = list
}

// nikolaMatter reads ".. title: …" lines, which may stand in a comment of HTML. Text without them is all body.
func nikolaMatter(text string, start int) Matter {
	var fields []Field
	first := strings.Count(text[:start], "\n")
	number, pos, comment := first, start, false
	for pos < len(text) && len(fields) < maxHeaderLines {
		line, _, _ := strings.Cut(text[pos:], "\n")
		bare := strings.Trim(line, " \t")
		if inside, opens := strings.CutPrefix(bare, "<!--"); opens && number == first {
			bare, comment = strings.TrimLeft(inside, " \t"), true
		}
		bare, closes := strings.CutSuffix(bare, "-->")
		closes = closes && comment && bare != ""
		key, rest, ok := cutKey(strings.TrimPrefix(bare, ".. "))
		switch {
		case strings.HasPrefix(bare, ".. ") && ok:
			fields = append(fields, Field{key, Value{Kind: Scalar, Text: rest, Line: number + 1, Column: 1 + strings.Index(line, ":") + 2}})
		case bare == "" && comment && !strings.Contains(line, "-->"):
		default:
			return endNikola(fields, text, pos, comment)
		}
		if closes {
			return endNikola(fields, text, pos, comment)
		}
		number++
		pos = min(pos+len(line)+1, len(text))
	}
	return endNikola(fields, text, pos, comment)
}

// endNikola ends a header before the line at pos, or in it where it holds the end of the comment.
func endNikola(fields []Field, text string, pos int, comment bool) Matter {
	if comment {
		n := strings.Index(text[pos:], "-->")
		if n < 0 || strings.Contains(text[pos:pos+n], "\n") {
			return Matter{Body: text}
		}
		pos += n + len("-->")
	}
	m := headerOf(fields, text, pos)
	if !m.Present {
		return Matter{Body: text}
	}
	m.Body = strings.TrimLeft(m.Body, "\n")
	if _, tags := Lookup(m.Fields, "tags"); isHidden(tags) {
		m.Fields = append(m.Fields, Field{"status", Value{Kind: Scalar, Text: "draft", Line: tags.Line, Column: tags.Column}})
	}
	return m
}

// isHidden reports the tags by which Nikola keeps a post out of its site or its lists.
func isHidden(tags Value) bool {
	for _, tag := range tags.Items {
		if tag.Text == "draft" || tag.Text == "private" {
			return true
		}
	}
	return false
}

// isHeader reports whether fields are those of an article.
func isHeader(fields []Field) bool {
	key, _ := Lookup(fields, "title", "date")
	return key != ""
}
