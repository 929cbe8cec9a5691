package preset

import (
	"cmp"
	"strings"

	"herald/source"
	"herald/source/weburl"
)

// jekyll is Jekyll 4 (jekyllrb.com/docs/permalinks).
func jekyll() Preset {
	return Preset{Name: "jekyll", Permalink: "date", Markdown: source.Kramdown, FrontMatterRequired: true, ID: jekyllID}
}

// jekyllID returns what jekyll-feed shows: the folder of the URL with the slug in it, without extension or closing slash.
func jekyllID(a *source.Article, url string) string {
	folder := strings.TrimSuffix(url, "/")
	folder = folder[:strings.LastIndexByte(folder, '/')+1]
	slug := cmp.Or(a.Link.Slug, strings.TrimRight(a.Link.Name, "."))
	if slug == "" || !strings.Contains(strings.TrimPrefix(folder, "http"), "//") {
		return ""
	}
	id, err := weburl.Normal(folder + strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23").Replace(slug))
	if err != nil {
		return ""
	}
	return id
}
