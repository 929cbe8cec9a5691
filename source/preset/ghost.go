package preset

// ghost is Ghost as its exports to Markdown have it: posts at /:slug/, the id of its database as the id of the article.
func ghost() Preset {
	return Preset{Name: "ghost", Permalink: "/:slug/", FrontMatterRequired: true, Translate: ghostFields, Address: slugAddress}
}
