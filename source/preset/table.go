package preset

import "slices"

// presets is the table of the generators that herald knows.
func presets() []Preset {
	return []Preset{
		jekyll(),
		hexo(),
	}
}

// Named returns the preset of a name; nil where there is none.
func Named(name string) *Preset {
	for _, p := range presets() {
		if p.Name == name {
			return &p
		}
	}
	return nil
}

// For returns the preset of a name for a source whose folder has another name; nil where there is no such preset.
func For(name, folder string) *Preset {
	p := Named(name)
	if p == nil || p.At == nil {
		return p
	}
	at := p.At(folder)
	return &at
}

// Names returns the names of all presets in ascending order.
func Names() []string {
	var names []string
	for _, p := range presets() {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	return names
}
