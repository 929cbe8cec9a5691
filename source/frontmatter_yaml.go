package source

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// yamlFields reads YAML front matter: the usual subset by hand, all else by yaml.v3, and where
// that fails only on a one-line text, that line literally. text begins with the file's first line.
func yamlFields(text string) ([]field, []Warning, error) {
	if fields, ok := simpleYAML(text); ok {
		return fields, nil, nil
	}
	text, warnings := dropControls(text)
	if line := secondDocument(text); line > 0 {
		return nil, nil, refusal(line, 1, "front matter: a second YAML document begins here")
	}
	root, err := parseYAML(text)
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
	for _, l := range literals {
		warnings = append(warnings, Warning{l.line, l.column, l.key + ": YAML would not read the rest of this line as one text; it is taken literally (put it in quotes)"})
		for i := range fields {
			if fields[i].value.line == l.line && fields[i].key == l.key {
				fields[i].value = value{kind: scalar, text: l.text, line: l.line, column: l.column}
			}
		}
	}
	return fields, warnings, checkUnique(fields)
}

// parseYAML gives the first document's root, nil where there is none.
func parseYAML(text string) (root *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, fmt.Errorf("yaml: %v", r)
		}
	}()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	return doc.Content[0], nil
}

// topFields turns the root into fields.
func topFields(root *yaml.Node) ([]field, error) {
	if root == nil || root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null" {
		return nil, nil
	}
	if root.Kind != yaml.MappingNode {
		return nil, refusal(root.Line, root.Column, `front matter: want lines such as "title: 제목"`)
	}
	v, err := (&budget{}).convert(root, 0)
	return v.fields, err
}

// convert turns a node into a value and follows aliases within the budget.
func (b *budget) convert(n *yaml.Node, depth int) (v value, err error) {
	if err := b.spend(depth); err != nil {
		return v, refusal(n.Line, n.Column, err.Error())
	}
	switch n.Kind {
	case yaml.AliasNode:
		v, err = b.convert(n.Alias, depth+1)
	case yaml.ScalarNode:
		plain := n.Style == 0 && n.ShortTag() != "!!binary"
		v = scalarValue(dropForbidden(n.Value), plain)
	case yaml.SequenceNode:
		v.kind = list
		for _, item := range n.Content {
			i, err := b.convert(item, depth+1)
			if err != nil {
				return v, err
			}
			v.items = append(v.items, i)
		}
	case yaml.MappingNode:
		v.kind = mapping
		v.fields, err = b.convertPairs(n, depth)
	}
	v.line, v.column = n.Line, n.Column
	return v, err
}

// convertPairs turns the pairs of a mapping into fields. "<<" adds what is not there yet.
func (b *budget) convertPairs(n *yaml.Node, depth int) ([]field, error) {
	var fields, merged []field
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, item := n.Content[i], n.Content[i+1]
		v, err := b.convert(item, depth+1)
		if err != nil {
			return nil, err
		}
		switch {
		case key.ShortTag() == "!!merge":
			merged = append(merged, mergeFields(v)...)
		case key.Kind == yaml.ScalarNode:
			fields = append(fields, field{key.Value, v})
		}
	}
	for _, m := range merged {
		if !hasKey(fields, m.key) {
			fields = append(fields, m)
		}
	}
	return fields, nil
}

// mergeFields gives the fields that a value of "<<" brings in.
func mergeFields(v value) []field {
	fields := v.fields
	for _, item := range v.items {
		fields = append(fields, item.fields...)
	}
	return fields
}

func hasKey(fields []field, key string) bool {
	for _, f := range fields {
		if f.key == key {
			return true
		}
	}
	return false
}

// dropControls drops the characters that XML allows and YAML does not (DEL, C1 controls, byte order
// marks inside the text), and makes spaces of those that only YAML 1.1 takes for line ends, as
// yaml.v3 still does (NEL, U+2028, U+2029): pasted into a text they would end it.
func dropControls(text string) (string, []Warning) {
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
	return text, []Warning{{Message: fmt.Sprintf("front matter: control characters are dropped or read as spaces: %d", count)}}
}

// secondDocument gives the line of a document marker that is no fence, or 0: yaml.v3 would
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

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// locateYAML turns an error of yaml.v3 into a refusal. Its line numbers are those of the context
// (often the first line) or missing, so the place is the line after the longest run of lines that
// can be read alone.
func locateYAML(text string, err error) error {
	message := yamlLine.ReplaceAllString(err.Error(), "")
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
	refused := refusal(good+1, column, "front matter: "+message)
	refused.Err = errors.Unwrap(err)
	return refused
}
