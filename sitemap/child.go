package sitemap

import "strings"

// MediaType is the media type of sitemaps and their index.
const MediaType = "application/xml"

// ChildPath returns the path of a child beside an index: /sitemap-2026-11.xml.
func ChildPath(index, name string) string {
	stem, ext := ChildParts(index)
	return stem + name + ext
}

// ChildName returns the name of an index's child at a path; ok is false where it is none.
func ChildName(index, path string) (name string, ok bool) {
	stem, ext := ChildParts(index)
	name, begins := strings.CutPrefix(path, stem)
	name, ends := strings.CutSuffix(name, ext)
	return name, begins && ends && name != ""
}

// ChildParts returns what stands before and behind a child's name in its path.
func ChildParts(index string) (stem, ext string) {
	if i := strings.LastIndexByte(index, '.'); i > strings.LastIndexByte(index, '/') {
		return index[:i] + "-", index[i:]
	}
	return index + "-", ""
}
