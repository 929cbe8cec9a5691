package preset

// wordpress is WordPress as its exports to Markdown have it: posts at /:year/:month/:day/:slug/, /?p=N as the id of an article.
func wordpress() Preset {
	return Preset{
		Name: "wordpress", Permalink: "/:year/:month/:day/:slug/", FrontMatterRequired: true,
		Translate: ghostFields, Address: wordPressAddress, ID: wordPressID,
	}
}
