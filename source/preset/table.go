package preset

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"herald/source/permalink"
)

// presets is the table of the generators that herald knows.
func presets() []Preset {
	return []Preset{
		astro(),
		docusaurus(),
		eleventy(),
		ghost(),
		hugo(),
		jekyll(),
		hexo(),
		nikola(),
		pelican(),
		wordpress(),
		zola(),
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

// For returns the preset of a name for a source whose folder has another name, and for a site with settings of its generator; of no
// name the one that changes nothing. An error names a preset or a setting that there is not.
func For(name, folder string, settings map[string]string) (*Preset, error) {
	p := Named(name)
	switch {
	case p == nil && name != "":
		return nil, fmt.Errorf("%q is not a preset of this version", name)
	case p == nil && len(settings) > 0:
		return nil, errors.New("settings are those of a generator: they need a preset")
	case p == nil:
		return &Preset{}, nil
	}
	at := *p
	if p.At != nil {
		at = p.At(folder)
	}
	if len(settings) == 0 {
		return &at, nil
	}
	return at.under(settings)
}

// under returns the preset of a site with settings of its generator.
func (p Preset) under(settings map[string]string) (*Preset, error) {
	keys := slices.Sorted(maps.Keys(settings))
	for _, key := range keys {
		if !slices.Contains(p.Settings, key) {
			return nil, fmt.Errorf("settings: preset %s has none that is called %s; it has: %s", p.Name, key, strings.Join(p.Settings, ", "))
		}
	}
	used, err := p.Use(settings)
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	for _, key := range keys {
		used.Variant += fmt.Sprintf(" %s=%q", key, settings[key])
	}
	return &used, nil
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

// Check refuses a pattern that the preset of a name cannot expand; "" is none.
func Check(name, pattern string) error {
	as := Named(name)
	switch {
	case as == nil:
		return permalink.Check(pattern)
	case as.Check != nil:
		return as.Check(pattern)
	}
	return permalink.Check(pattern, as.Placeholders...)
}
