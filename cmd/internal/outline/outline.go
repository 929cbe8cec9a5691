// Package outline writes single values, each with the path to it, as one document of YAML.
package outline

import (
	"bytes"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Value is one value, as text.
type Value struct {
	Path string // keys with dots between them, and places in lists: "sources[0].path"
	Text string
}

// Tree returns the document that holds all values, in their order. Numbers and booleans are written as such.
func Tree(values []Value) *yaml.Node {
	root := &yaml.Node{Kind: yaml.MappingNode}
	for _, v := range values {
		put(root, v)
	}
	return root
}

// YAML returns a document as text.
func YAML(tree *yaml.Node) ([]byte, error) {
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	err := enc.Encode(tree)
	return out.Bytes(), err
}

// put puts a value where its path leads below root.
func put(root *yaml.Node, v Value) {
	at := root
	for part := range strings.SplitSeq(v.Path, ".") {
		name, index, list := strings.Cut(part, "[")
		at = member(at, name)
		for list {
			var i string
			i, index, _ = strings.Cut(index, "]")
			n, _ := strconv.Atoi(i) // paths are made, not written
			at = element(at, n)
			_, index, list = strings.Cut(index, "[")
		}
	}
	at.SetString(v.Text)
	var number float64
	if _, err := strconv.ParseBool(v.Text); err == nil || v.Text != "" && yaml.Unmarshal([]byte(v.Text), &number) == nil {
		at.Tag = "" // as one writes it
	}
}

// member returns what stands at a key of a mapping, and makes it first where nothing does.
func member(m *yaml.Node, name string) *yaml.Node {
	for i := 0; i < len(m.Content); i += 2 {
		if m.Content[i].Value == name {
			return m.Content[i+1]
		}
	}
	key, value := &yaml.Node{}, &yaml.Node{Kind: yaml.MappingNode}
	key.SetString(name)
	m.Content = append(m.Content, key, value)
	return value
}

// element returns what stands at a place of a list, and makes it first.
func element(list *yaml.Node, n int) *yaml.Node {
	list.Kind = yaml.SequenceNode
	for len(list.Content) <= n {
		list.Content = append(list.Content, &yaml.Node{Kind: yaml.MappingNode})
	}
	return list.Content[n]
}
