package feedlist

import (
	"maps"
	"slices"
	"strings"

	"herald/cmd/internal/placement"
	"herald/feeds"
	"herald/source/weburl"
)

// Topics returns a function that returns the URL by which hubs know what lies at a path below the sink's root: of a feed its own
// URL, of an old path that of the feed whose bytes it has; "" of what is no feed. aliases are config paths by old ones.
func Topics(site *weburl.Site, all []Feed, aliases map[string]string) func(path string) (self string) {
	own := map[string]string{} // the path of the feed in the config by that of a file
	var patterns []string
	for _, f := range all {
		for kind, at := range f.Paths {
			if kind == feeds.Page { // no reader subscribes to it
				continue
			}
			if f.Each != "" {
				patterns = append(patterns, at)
			} else if file, err := site.FilePath(at); err == nil {
				own[file] = at
			}
		}
	}
	made := func(path string) bool {
		return slices.ContainsFunc(patterns, func(pattern string) bool { return placement.SlugAt(pattern, path) != "" })
	}
	for old, target := range aliases {
		at, err := site.FilePath(target)
		file, bad := site.FilePath(old)
		if err == nil && bad == nil && (own[at] != "" || made(target)) {
			own[file] = target
		}
	}
	return func(path string) string {
		at := own[path]
		if at == "" && made("/"+path) {
			at = "/" + path
		}
		if at == "" {
			return ""
		}
		self, err := site.Join(at)
		if err != nil {
			return ""
		}
		return self
	}
}

// OfValue reports whether a URL may be that of a feed of a value.
func OfValue(site *weburl.Site, all []Feed, url string) bool {
	rest, below := strings.CutPrefix(url, site.String())
	path, err := site.FilePath(rest)
	return below && err == nil && slices.ContainsFunc(all, func(f Feed) bool {
		return f.Each != "" && slices.ContainsFunc(slices.Collect(maps.Values(f.Paths)), func(pattern string) bool { return placement.SlugAt(pattern, "/"+path) != "" })
	})
}
