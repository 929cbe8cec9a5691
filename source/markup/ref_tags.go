package markup

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"herald/source"
	"herald/source/text"
)

var (
	hexoRef   = regexp.MustCompile(`^\{%-?\s*post_(?:link|path)\s+["']?([^\s"']+)`)
	jekyllRef = regexp.MustCompile(`^\{%-?\s*(post_url|link)\s+([^{}|]+?)\s*-?%\}$`)
	hugoRef   = regexp.MustCompile("^\\{\\{[<%]\\s*(?:rel)?ref\\s+(?:\\.\\s+)?(?:[^{}]*?\\bpath\\s*=\\s*)?(?:\"([^\"{}]+)\"|`([^`{}]+)`|([^\\s\"`{}<>=%]+))[^{}]*[%>]\\}\\}$")
)

// referenceAddress returns what stands in the place of the URL of a link for a tag that refers to an article.
func referenceAddress(tag string) (address string, is bool) {
	ref, place, is := readTag(tag)
	if !is || ref.Target == "" {
		return place, is // a place in the page itself
	}
	return noURL + string(ref.Kind) + ":" + refSum(ref) + ":" + strings.ReplaceAll(url.PathEscape(ref.Target), "&", "%26") + place, true
}

// readTag reads a tag that refers to an article; place is the fragment behind it.
func readTag(tag string) (ref source.Ref, place string, is bool) {
	if m := jekyllRef.FindStringSubmatch(tag); m != nil {
		target := text.NFC(strings.Trim(m[2], `"'`))
		switch {
		case m[1] == "post_url":
			return source.Ref{Kind: source.RefPost, Target: strings.TrimPrefix(path.Clean(target), "/")}, "", true
		case isSource(target):
			return source.Ref{Kind: source.RefFile, Target: path.Clean("/" + target)}, "", true
		}
		return source.Ref{Kind: source.RefStatic, Target: path.Clean("/" + target)}, "", true
	}
	if m := hexoRef.FindStringSubmatch(tag); m != nil {
		return source.Ref{Kind: source.RefName, Target: text.NFC(m[1])}, "", true
	}
	m := hugoRef.FindStringSubmatch(tag)
	if m == nil {
		return ref, "", false
	}
	target, place, _ := strings.Cut(m[1]+m[2]+m[3], "#")
	if place != "" {
		place = "#" + place
	}
	if target == "" {
		return ref, place, place != ""
	}
	return source.Ref{Kind: source.RefPage, Target: path.Clean(text.NFC(target))}, place, true
}

// isSource reports whether a generator makes a page of a file.
func isSource(name string) bool {
	return isMarkdownFile(name) || slices.Contains([]string{".html", ".htm", ".txt", ".adoc", ".textile"}, strings.ToLower(path.Ext(name)))
}
