package reader

import (
	"path"
	"slices"
	"strings"

	"herald/source/frontmatter"
	"herald/source/preset"
	"herald/source/text"
)

// DataNames returns the paths of the files that may hold fields for the one at a path: see preset.Preset.DataFiles.
func (r Reading) DataNames(at string) []string {
	if r.Preset == nil || r.Preset.DataFiles == nil {
		return nil
	}
	return r.Preset.DataFiles(text.NFC(at))
}

// IsData reports whether the file at a path may hold fields for others.
func (r Reading) IsData(at string) bool {
	if r.Preset == nil || r.Preset.DataFiles == nil {
		return false
	}
	stem, _, _ := strings.Cut(path.Base(at), ".")
	return slices.Contains(r.DataNames(path.Join(path.Dir(at), stem+".md")), text.NFC(at))
}

// ParseData reads the front matter of a file that holds fields for others, or what one of JSON or YAML holds. What is wrong with it is its
// Err.
func ParseData(name string, data []byte) preset.Data {
	d := preset.Data{Path: name}
	clean, _, _ := text.Clean(data)
	if ext := strings.ToLower(path.Ext(name)); ext == ".yml" || ext == ".yaml" {
		clean = "---\n" + strings.TrimPrefix(clean, "---\n") + "\n---\n"
	}
	front, err := frontmatter.Split(clean)
	d.Fields, d.Err = front.Fields, err
	for i := range d.Fields {
		d.Fields[i].Value.Line, d.Fields[i].Value.Column = 0, 0 // a place in another file than the article's
	}
	return d
}
