package preset

import "herald/source"

// jekyll is Jekyll 4 (jekyllrb.com/docs/permalinks).
func jekyll() Preset {
	return Preset{Name: "jekyll", Permalink: "date", Markdown: source.Kramdown, FrontMatterRequired: true}
}
