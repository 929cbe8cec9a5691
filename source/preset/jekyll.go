package preset

// jekyll is Jekyll 4 (jekyllrb.com/docs/permalinks).
func jekyll() Preset {
	return Preset{Name: "jekyll", Permalink: "date", FrontMatterRequired: true}
}
