package frontmatter

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"herald/source"
	"herald/source/text"
)

// beginsJSON reports whether text begins with a JSON object: a brace before a quoted key or the
// closing brace. Anything else behind a brace ("{속보}", a template tag) is text.
func beginsJSON(text string) bool {
	rest, found := strings.CutPrefix(strings.TrimLeft(text, " \t"), "{")
	rest = strings.TrimLeft(rest, " \t\n")
	return found && rest != "" && (rest[0] == '"' || rest[0] == '}')
}

// jsonMatter reads front matter that is one JSON object (RFC 8259) at start; the body begins
// behind it.
func jsonMatter(text string, start int) (Matter, error) {
	fields, end, err := jsonObject(text, start)
	if err != nil {
		return Matter{}, err
	}
	body := strings.TrimLeft(text[end:], " \t")
	return newMatter(fields, strings.TrimPrefix(body, "\n"), nil), nil
}

// jsonObject reads the JSON object that begins at start, and returns where it ends.
func jsonObject(text string, start int) (fields []Field, end int, err error) {
	bounded := text[start:min(len(text), start+maxMatterBytes)]
	r := &jsonReader{text: text, start: start, begin: start, lines: strings.Count(text[:start], "\n"), seen: start, decoder: json.NewDecoder(strings.NewReader(bounded))}
	r.decoder.UseNumber()
	v, err := r.value(0)
	if err != nil {
		return nil, 0, r.refuse(err, len(bounded) < len(text)-start)
	}
	return v.Fields, start + int(r.decoder.InputOffset()), nil
}

// jsonFields reads JSON front matter between fences (---json, or Hexo's ;;; where the braces may be left out). text
// begins with the file's first line and holds the opening fence.
func jsonFields(text string) ([]Field, []source.Warning, error) {
	start := openingEnd(text)
	inside := strings.TrimLeft(text[start:], " \t\n")
	start = len(text) - len(inside)
	switch {
	case inside == "":
		return nil, nil, nil
	case inside[0] != '{':
		text = text[:start] + "{" + strings.TrimRight(inside, " \t\n,") + "}"
	}
	fields, end, err := jsonObject(text, start)
	if err == nil && strings.TrimSpace(text[end:]) != "" {
		err = source.Refuse(1+strings.Count(text[:end], "\n"), 1, "front matter: there is more after the JSON object")
	}
	return fields, nil, err
}

// jsonReader reads values and knows where they stand.
type jsonReader struct {
	budget
	decoder *json.Decoder
	text    string
	start   int
	seen    int // offset up to which lines are counted
	lines   int // line ends before seen
	begin   int // of the last of these lines
}

// place returns the line and column of the character before an offset in the object. Offsets only
// grow, so that counting lines costs one pass in all.
func (r *jsonReader) place(offset int64) (line, column int) {
	end := max(min(r.start+int(offset), len(r.text)), r.seen)
	passed := r.text[r.seen:end]
	if n := strings.LastIndexByte(passed, '\n'); n >= 0 {
		r.lines += strings.Count(passed, "\n")
		r.begin = r.seen + n + 1
	}
	r.seen = end
	return 1 + r.lines, max(utf8.RuneCountInString(r.text[max(r.begin, end-1000):end]), 1)
}

func (r *jsonReader) refuse(err error, cut bool) error {
	offset := r.decoder.InputOffset()
	var bad *json.SyntaxError
	if errors.As(err, &bad) {
		offset = max(offset, bad.Offset)
	}
	line, column := r.place(offset)
	switch {
	case errors.Is(err, errDepth), errors.Is(err, errNodes):
		return source.Refuse(line, column, err.Error())
	case cut && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)):
		return source.Refuse(1, 1, fmt.Sprintf("front matter is larger than %d bytes", maxMatterBytes))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return source.Refuse(line, column, `front matter has no end: a "}" is missing`)
	}
	return source.Refuse(line, column, "front matter: no valid JSON here")
}

// value reads the next value.
func (r *jsonReader) value(depth int) (v Value, err error) {
	if err := r.spend(depth); err != nil {
		return v, err
	}
	token, err := r.decoder.Token()
	if err != nil {
		return v, err
	}
	v.Line, v.Column = r.place(r.decoder.InputOffset())
	switch t := token.(type) {
	case json.Delim:
		err = r.inside(&v, t, depth)
	case string:
		v.Kind, v.Text = Scalar, text.ForXML(t)
	case json.Number:
		v.Kind, v.Text = Scalar, t.String()
	case bool:
		v.Kind, v.Text = Scalar, fmt.Sprint(t)
	}
	return v, err
}

// inside reads what an object or array holds, and its end.
func (r *jsonReader) inside(v *Value, open json.Delim, depth int) error {
	v.Kind = List
	if open == '{' {
		v.Kind = Mapping
	}
	for r.decoder.More() {
		var key string
		if v.Kind == Mapping {
			token, err := r.decoder.Token()
			if err != nil {
				return err
			}
			key, _ = token.(string)
		}
		item, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		if v.Kind == Mapping {
			v.Fields = append(v.Fields, Field{key, item})
		} else {
			v.Items = append(v.Items, item)
		}
	}
	_, err := r.decoder.Token()
	return err
}
