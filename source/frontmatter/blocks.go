package frontmatter

// IsBlocks reports whether a value is a text as editors of blocks keep it: a list of maps, or a map with such a list or a tree in it.
func (v Value) IsBlocks() bool {
	switch v.Kind {
	case List:
		return len(v.Items) > 0 && v.Items[0].Kind == Mapping
	case Mapping:
		_, tree := Lookup(v.Fields, "root")
		_, list := Lookup(v.Fields, "blocks", "content", "children", "document")
		return tree.Kind == Mapping || list.IsBlocks() && list.Kind == List
	}
	return false
}
