package markup

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"herald/source"
	"herald/source/text"
)

var (
	jekyllRef = regexp.MustCompile(`^\{%-?\s*(post_url|link)\s+([^{}|]+?)\s*-?%\}$`)
	hugoRef   = regexp.MustCompile("^\\{\\{[<%]\\s*(?:rel)?ref\\s+(?:\\.\\s+)?(?:[^{}]*?\\bpath\\s*=\\s*)?(?:\"([^\"{}]+)\"|`([^`{}]+)`|([^\\s\"`{}<>=%]+))[^{}]*[%>]\\}\\}$")
)

// reference writes the URL of an article that a tag at i refers to, and returns the end of the tag; 0 where it is no such
// tag, or does not stand where the URL of a link does.
func (d *directives) reference(i int) int {
	closer := "%}"
	switch {
	case strings.HasPrefix(d.text[i:], "{{<"), strings.HasPrefix(d.text[i:], "{{%"):
		closer = "}}"
	case !strings.HasPrefix(d.text[i:], "{%"):
		return 0
	}
	end := d.short(i, closer)
	if end == 0 {
		return 0
	}
	ref, place, is := readTag(d.text[i:end])
	if !is {
		return 0
	}
	start, is := destination(d.out.Bytes())
	if !is {
		return 0
	}
	d.out.Truncate(start) // before the tag stands the address of the site, if anything
	d.out.WriteString(escapeURL(d.url(ref) + place))
	return end
}

// url returns what stands for a reference in the text: its URL or, where no URLs are asked for, the reference itself.
func (d *directives) url(ref source.Ref) string {
	switch {
	case ref.Target == "":
		return "" // a place in the page itself
	case d.find == nil:
		return noURL + string(ref.Kind) + ":" + ref.Target
	}
	if url, _ := d.find(ref); url != "" {
		return url
	}
	return noURL
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

// destination returns where in a text the URL of a link begins that the text ends in; is is false where it ends in none.
func destination(out []byte) (start int, is bool) {
	from := max(0, len(out)-maxDirective)
	start = from + 1 + bytes.LastIndexAny(out[from:], " \t\n\"'(<")
	if bare := out[start:]; len(bare) >= 5 && bytes.EqualFold(bare[:5], []byte("href=")) {
		return start + 5, true
	}
	if start == 0 {
		return 0, false
	}
	before := bytes.TrimRight(out[from:start], " \t")
	if len(before) == 0 {
		return 0, false
	}
	switch before[len(before)-1] {
	case '"', '\'':
		before = bytes.TrimRight(before[:len(before)-1], " \t\n")
		return start, len(before) >= 5 && bytes.EqualFold(before[len(before)-5:], []byte("href="))
	case '<':
		before = bytes.TrimRight(before[:len(before)-1], " \t")
	}
	return start, bytes.HasSuffix(before, []byte("](")) || bytes.HasSuffix(before, []byte("]:"))
}
