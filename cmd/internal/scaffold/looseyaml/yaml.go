// Package looseyaml reads YAML as the generators of sites do, which forgive what the standard does not.
package looseyaml

import (
	"fmt"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Read reads YAML as Ruby and JavaScript do: of a key that stands twice the last counts, and tags of theirs are
// passed over. Where the whole cannot be read, the error comes with the keys whose values stand in their own line.
func Read(text string) (map[string]any, error) {
	text = strings.TrimPrefix(strings.ToValidUTF8(text, "\uFFFD"), "\uFEFF")
	root, err := yamlRoot(text)
	if err != nil && strings.Contains(text, "\t") {
		root, err = yamlRoot(untabbed(text))
	}
	if err != nil {
		return plainLines(text), err
	}
	if root == nil {
		return nil, nil
	}
	r := yamlReader{left: maxYAMLValues}
	m, isMap := r.value(root, 0).(map[string]any)
	if !isMap {
		return nil, fmt.Errorf("it holds no keys")
	}
	return m, nil
}

// yamlRoot returns the root of the first document, nil where there is none.
func yamlRoot(text string) (root *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, fmt.Errorf("yaml: %v", r)
		}
	}()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil || len(doc.Content) == 0 {
		return nil, err
	}
	return doc.Content[0], nil
}

// untabbed writes two spaces for each tab before the first letter of a line.
func untabbed(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		rest := strings.TrimLeft(line, " \t")
		b.WriteString(strings.ReplaceAll(line[:len(line)-len(rest)], "\t", "  "))
		b.WriteString(rest)
	}
	return b.String()
}

// maxPlainLines is how many lines are read alone: each costs as much as a config of some lines.
const maxPlainLines = 2000

// plainLines returns the keys at the beginning of a line whose values can be read alone.
func plainLines(text string) map[string]any {
	m, left := map[string]any{}, maxPlainLines
	for line := range strings.Lines(text) {
		if line[0] == ' ' || line[0] == '\t' || line[0] == '-' || !strings.Contains(line, ": ") {
			continue
		}
		if left--; left < 0 {
			break
		}
		root, err := yamlRoot(line)
		if err != nil || root == nil || root.Kind != yaml.MappingNode {
			continue
		}
		r := yamlReader{left: maxYAMLValues}
		one, _ := r.value(root, 0).(map[string]any)
		for key, v := range one {
			m[key] = v
		}
	}
	return m
}

// The bounds of a config: aliases may stand for more values than the file has letters.
const (
	maxYAMLValues = 100_000
	maxYAMLDepth  = 50
)

// yamlReader turns nodes into values, so many at most.
type yamlReader struct{ left int }

// value returns a mapping as map[string]any, a list as []any, a scalar as string, bool, int or float64; nil is none.
func (r *yamlReader) value(n *yaml.Node, depth int) any {
	if r.left--; r.left < 0 || depth > maxYAMLDepth {
		return nil
	}
	switch n.Kind {
	case yaml.AliasNode:
		return r.value(n.Alias, depth+1)
	case yaml.SequenceNode:
		all := make([]any, 0, len(n.Content))
		for _, item := range n.Content {
			all = append(all, r.value(item, depth+1))
		}
		return all
	case yaml.MappingNode:
		return r.mapping(n, depth)
	}
	return scalarValue(n)
}

// mapping returns a mapping; "<<" adds the keys that it does not have itself.
func (r *yamlReader) mapping(n *yaml.Node, depth int) map[string]any {
	m, merged := map[string]any{}, map[string]any{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, v := n.Content[i], r.value(n.Content[i+1], depth+1)
		if key.ShortTag() != "!!merge" {
			m[strings.TrimPrefix(key.Value, ":")] = v // Ruby's symbols are names too
			continue
		}
		all, isList := v.([]any)
		if !isList {
			all = []any{v}
		}
		for _, one := range all {
			from, _ := one.(map[string]any)
			for name, v := range from {
				merged[name] = v
			}
		}
	}
	for name, v := range merged {
		if _, own := m[name]; !own {
			m[name] = v
		}
	}
	return m
}

// maxWord is how long a number or a word such as "false" may be; what is longer is a text, however often aliases name it.
const maxWord = 100

// scalarValue returns the value of a scalar. Dates stay as they are written.
func scalarValue(n *yaml.Node) any {
	if len(n.Value) > maxWord {
		return n.Value
	}
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		yes, err := strconv.ParseBool(strings.ToLower(n.Value))
		if err == nil {
			return yes
		}
	case "!!int":
		if i, err := strconv.Atoi(n.Value); err == nil {
			return i
		}
	}
	if n.Style == 0 {
		switch strings.ToLower(n.Value) { // YAML 1.1
		case "yes", "on":
			return true
		case "no", "off":
			return false
		}
	}
	return n.Value
}
