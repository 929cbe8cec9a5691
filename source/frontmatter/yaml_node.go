package frontmatter

import (
	"fmt"

	"gopkg.in/yaml.v3"

	"herald/source"
	"herald/source/text"
)

// parseYAML returns the first document's root, nil where there is none.
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
func topFields(root *yaml.Node) ([]Field, error) {
	if root == nil || root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null" {
		return nil, nil
	}
	if root.Kind != yaml.MappingNode {
		return nil, source.Refuse(root.Line, root.Column, `front matter: want lines such as "title: 제목"`)
	}
	v, err := (&budget{}).convert(root, 0)
	return v.Fields, err
}

// convert turns a node into a value and follows aliases within the budget.
func (b *budget) convert(n *yaml.Node, depth int) (v Value, err error) {
	if err := b.spend(depth); err != nil {
		return v, source.Refuse(n.Line, n.Column, err.Error())
	}
	switch n.Kind {
	case yaml.AliasNode:
		v, err = b.convert(n.Alias, depth+1)
	case yaml.ScalarNode:
		if err := b.spendText(n.Value); err != nil {
			return v, source.Refuse(n.Line, n.Column, err.Error())
		}
		plain := n.Style == 0 && n.ShortTag() != "!!binary"
		v = scalarValue(text.ForXML(n.Value), plain)
	case yaml.SequenceNode:
		v.Kind = List
		for _, item := range n.Content {
			i, err := b.convert(item, depth+1)
			if err != nil {
				return v, err
			}
			v.Items = append(v.Items, i)
		}
	case yaml.MappingNode:
		if isTemplate(n) {
			v = Value{Kind: Scalar, Text: "{{ }}"}
			break
		}
		v.Kind = Mapping
		v.Fields, err = b.convertPairs(n, depth)
	}
	v.Line, v.Column = n.Line, n.Column
	return v, err
}

// convertPairs turns the pairs of a mapping into fields. "<<" adds what is not there yet.
func (b *budget) convertPairs(n *yaml.Node, depth int) ([]Field, error) {
	var fields, merged []Field
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
			fields = append(fields, Field{key.Value, v})
		}
	}
	for _, m := range merged {
		if !hasKey(fields, m.Key) {
			fields = append(fields, m)
		}
	}
	return fields, nil
}

// mergeFields returns the fields that a value of "<<" brings in.
func mergeFields(v Value) []Field {
	fields := v.Fields
	for _, item := range v.Items {
		fields = append(fields, item.Fields...)
	}
	return fields
}

func hasKey(fields []Field, key string) bool {
	for _, f := range fields {
		if f.Key == key {
			return true
		}
	}
	return false
}

// isTemplate reports a template mark without quotes, {{ title }}, which YAML reads as a map whose key is a map.
func isTemplate(n *yaml.Node) bool {
	return n.Style&yaml.FlowStyle != 0 && len(n.Content) == 2 && n.Content[0].Kind == yaml.MappingNode && n.Content[0].Style&yaml.FlowStyle != 0
}
