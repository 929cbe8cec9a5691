package frontmatter

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"herald/source"
	"herald/source/yamlhint"
)

// yamlFields reads YAML front matter: the usual subset by hand, all else by yaml.v3, and where
// that fails only on a one-line text, that line literally. text begins with the file's first line.
func yamlFields(text string) ([]Field, []source.Warning, error) {
	if fields, ok := simpleYAML(text); ok {
		return fields, nil, nil
	}
	if line := denseLine(text, "\n,:-?[{&*"); line > 0 {
		return nil, nil, source.Refuse(line, 1, errMarks.Error())
	}
	text, warnings := dropControls(text)
	if line := secondDocument(text); line > 0 {
		return nil, nil, source.Refuse(line, 1, "front matter: a second YAML document begins here")
	}
	root, err := parseYAML(text)
	if err != nil {
		text, root, err = parseFlush(text, err)
	}
	literals := literalLines(text, root)
	if len(literals) > 0 {
		text = blankLines(text, literals)
		root, err = parseYAML(text)
	}
	if err != nil {
		return nil, nil, locateYAML(text, err)
	}
	fields, err := topFields(root)
	if err != nil {
		return nil, nil, err
	}
	warnings = append(warnings, trimKeys(fields)...)
	for _, l := range literals {
		warnings = append(warnings, source.Warning{Line: l.line, Column: l.column, Message: l.warning()})
		for i := range fields {
			if fields[i].Value.Line == l.line && fields[i].Key == l.key {
				fields[i].Value = Value{Kind: Scalar, Text: l.text, Line: l.line, Column: l.column}
			}
		}
	}
	return fields, warnings, nil
}

// trimKeys takes off keys what looks like a space and is a letter to YAML: it would hide the key.
func trimKeys(fields []Field) (warnings []source.Warning) {
	for i, f := range fields {
		if key, odd := yamlhint.TrimOdd(f.Key); odd != "" {
			fields[i].Key = key
			warnings = append(warnings, source.Warning{Line: f.Value.Line, Column: 1, Message: fmt.Sprintf("a %s stands beside the key %q; it is read without it: type a plain space", odd, key)})
		}
	}
	return warnings
}

// dropControls drops the characters that XML allows and YAML does not (DEL, C1 controls, byte order
// marks inside the text), and makes spaces of those that only YAML 1.1 takes for line ends, as
// yaml.v3 still does (NEL, U+2028, U+2029): pasted into a text they would end it.
func dropControls(text string) (string, []source.Warning) {
	count := 0
	text = strings.Map(func(r rune) rune {
		switch {
		case r == 0x85 || r == 0x2028 || r == 0x2029:
			count++
			return ' '
		case r >= 0x7F && r <= 0x9F || r == 0xFEFF:
			count++
			return -1
		}
		return r
	}, text)
	if count == 0 {
		return text, nil
	}
	return text, []source.Warning{{Message: fmt.Sprintf("front matter: control characters are dropped or read as spaces: %d", count)}}
}

// secondDocument returns the line of a document marker that is no fence, or 0: yaml.v3 would
// silently leave off what follows it.
func secondDocument(text string) int {
	line, opened := 0, false
	for l := range strings.Lines(text) {
		line++
		if strings.HasPrefix(l, "---") && (len(l) == 3 || strings.ContainsRune(" \t\n", rune(l[3]))) {
			if opened {
				return line
			}
			opened = true
		}
		if strings.HasPrefix(l, "... ") || strings.HasPrefix(l, "...\t") {
			return line
		}
	}
	return 0
}

// denseLine returns the line up to which a text holds more of these marks than a parser may keep, 0 where it holds no more.
func denseLine(text, of string) int {
	if len(text) <= maxMatterMarks {
		return 0
	}
	marks := 0
	for i := 0; i < len(text); i++ {
		if strings.IndexByte(of, text[i]) < 0 {
			continue
		}
		if marks++; marks > maxMatterMarks {
			return 1 + strings.Count(text[:i], "\n")
		}
	}
	return 0
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// locateYAML turns an error of yaml.v3 into a refusal. Its line numbers are those of the context
// (often the first line) or missing, so the place is the line after the longest run of lines that
// can be read alone.
func locateYAML(text string, err error) error {
	message := yamlLine.ReplaceAllString(err.Error(), "")
	if hint, found := yamlhint.Find(text); found {
		refused := source.Refuse(hint.Line, hint.Column, "front matter: "+hint.Remedy+" ("+message+")")
		refused.Err = errors.Unwrap(err)
		return refused
	}
	lines := strings.SplitAfter(text, "\n")
	if last := len(lines) - 1; lines[last] == "" {
		lines = lines[:last]
	}
	good := 0
	if len(lines)*len(text) <= 4<<20 {
		end := 0
		for i, l := range lines {
			end += len(l)
			if _, err := parseYAML(text[:end]); err == nil {
				good = i + 1
			}
		}
	} else {
		_, _ = fmt.Sscanf(err.Error(), "yaml: line %d:", &good)
		good--
	}
	good = max(min(good, len(lines)-1), 0)
	column := 1 + len(lines[good]) - len(strings.TrimLeft(lines[good], " \t"))
	refused := source.Refuse(good+1, column, "front matter: "+message)
	refused.Err = errors.Unwrap(err)
	return refused
}
