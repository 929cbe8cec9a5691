package preset

import (
	"strings"

	"herald/source/frontmatter"
)

// ownPath is the pattern of pages that no permalinks are set for.
const ownPath = "/:path/"

// hugoSite is what of a Hugo site's config decides about its pages.
type hugoSite struct {
	spelling
	ugly         bool                // uglyURLs
	language     string              // the code of the language of the source, in file names; "" is the only one
	prefix       string              // the folder of the language in URLs
	target       string              // the folder below content/ that the source's root is mounted at; "" is content/ itself
	nameGivesAll bool                // frontmatter.date asks :filename first: what stands behind the date in a file name is the slug
	cascading    []frontmatter.Field // the cascade of the site's config
	nameGives    bool                // frontmatter.date asks :filename: likewise, where nothing else dates the page
}

// cutLanguage takes the language off the name of a file without extension: index.ko.
func (h hugoSite) cutLanguage(name string) string {
	if cut := len(name) - len(h.language) - 1; h.language != "" && cut > 0 && strings.EqualFold(name[cut:], "."+h.language) {
		return name[:cut]
	}
	return name
}
