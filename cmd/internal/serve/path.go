package serve

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"herald/source/text"
)

// candidates returns the document paths that a request may mean, likeliest first: below the site's own
// path or not, in NFC as documents are named, as it came, and in NFD as some clients type Hangul.
// A path that could mean anything but a document has none.
func candidates(u *url.URL, base string) []string {
	path, ok := documentPath(u)
	if !ok {
		return nil
	}
	var all []string
	add := func(p string) {
		for _, spelled := range []string{text.NFC(p), p, text.NFD(p)} {
			if !slices.Contains(all, spelled) {
				all = append(all, spelled)
			}
		}
	}
	if below, found := strings.CutPrefix(path, base+"/"); found && base != "" {
		add(below)
	}
	add(path)
	return all
}

// documentPath takes the leading slash off and refuses what no document is called. An encoded slash
// would be a second way to write a path; the rest are ways out of a folder.
func documentPath(u *url.URL) (string, bool) {
	path, rooted := strings.CutPrefix(u.Path, "/")
	if !rooted || !utf8.ValidString(path) || strings.Contains(path, `\`) {
		return "", false
	}
	if strings.Contains(strings.ToLower(u.RawPath), "%2f") {
		return "", false
	}
	for _, r := range path {
		if r < 0x20 || r == 0x7f {
			return "", false
		}
	}
	if len(path) > 1 && strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	for part := range strings.SplitSeq(path, "/") {
		if part == "" || part == "." || part == ".." {
			return "", false
		}
	}
	return path, true
}
