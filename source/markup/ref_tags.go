package markup

import (
	"crypto/sha256"
	"encoding/hex"
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

// refSum returns what tells the address of a reference from a text that an author wrote.
func refSum(ref source.Ref) string {
	sum := sha256.Sum256([]byte(noURL + string(ref.Kind) + ":" + ref.Target))
	return hex.EncodeToString(sum[:8])
}

// readReference reads such an address; rest is what follows it.
func readReference(href string) (ref source.Ref, rest string, is bool) {
	href, is = strings.CutPrefix(href, noURL)
	parts := strings.SplitN(href, ":", 3)
	if !is || len(parts) < 3 {
		return ref, "", false
	}
	target := parts[2]
	at := strings.IndexAny(target, "?#")
	if at < 0 {
		at = len(target)
	}
	name, err := url.PathUnescape(target[:at])
	ref = source.Ref{Kind: source.RefKind(parts[0]), Target: name}
	return ref, target[at:], err == nil && refSum(ref) == parts[1]
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
		return ref, "", false
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
