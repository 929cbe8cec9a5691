package markup

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"herald/source"
	"herald/source/text"
	"herald/source/weburl"
)

// Links are the URLs that the references of a body stand for; "" is none: the text of such a link stays without one.
type Links map[source.Ref]string

// find returns the URL of a reference; known is false where the body has no such reference.
type find func(source.Ref) (url string, known bool)

func (l Links) find(ref source.Ref) (url string, known bool) {
	url, known = l[ref]
	return url, known
}

// noURL begins the address that stands for an article until its URL is known: no browser would follow it, and rendering
// drops it.
const noURL = "herald-ref:"

// resolver returns what makes the URLs of a body absolute.
func (l Links) resolver(articleURL string) func(string) string {
	absolute := weburl.Resolver(articleURL)
	return func(href string) string {
		if href == "" {
			return "" // what a template left of a link
		}
		if ref, rest, is := readHref(href); is {
			if url, known := l[ref]; known {
				return within(url, rest)
			}
		}
		return absolute(href)
	}
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

// within returns the URL of a place in a page; "" where the page has none.
func within(url, rest string) string {
	if url == "" || rest == "" {
		return url
	}
	return weburl.Resolve(url, rest)
}

// readHref reads the href of a link that names a file: a path that ends as those of Markdown files do, or begins with
// what a generator takes for the folder of its content ("@/" is Zola's, "@site/" Docusaurus', "{filename}" Pelican's).
// rest is what follows the path.
func readHref(href string) (ref source.Ref, rest string, is bool) {
	if ref, rest, is = readReference(href); is {
		return ref, rest, is
	}
	at := strings.IndexAny(href, "?#")
	if at < 0 {
		at = len(href)
	}
	file, err := url.PathUnescape(href[:at])
	if err != nil {
		return ref, "", false
	}
	target, marked := cutContentMark(file)
	if !marked {
		if _, _, scheme := weburl.CutScheme(target); scheme || strings.HasPrefix(target, "//") || !isMarkdownFile(target) {
			return ref, "", false
		}
	}
	return source.Ref{Kind: source.RefFile, Target: path.Clean(text.NFC(target))}, href[at:], target != ""
}

// cutContentMark takes off what stands for the folder of the content.
func cutContentMark(file string) (target string, marked bool) {
	for _, mark := range []string{"@/", "@site/"} {
		if target, marked = strings.CutPrefix(file, mark); marked {
			return "/" + target, marked
		}
	}
	for _, mark := range []string{"{filename}", "|filename|"} {
		if target, marked = strings.CutPrefix(file, mark); marked {
			return target, marked
		}
	}
	return file, false
}

// markdownExtensions are those of files that links name.
var markdownExtensions = []string{".md", ".mdx", ".markdown", ".mkd", ".mkdn", ".mdown"}

func isMarkdownFile(name string) bool {
	return slices.Contains(markdownExtensions, strings.ToLower(path.Ext(name)))
}

// escapeURL writes a URL so that it means the same as the target of a link in Markdown and in an attribute of HTML.
func escapeURL(url string) string {
	var b strings.Builder
	for i := 0; i < len(url); i++ {
		switch c := url[i]; {
		case text.IsAlphanumeric(c), c >= 0x80, strings.IndexByte("-._/:?#=%+,;@~$", c) >= 0:
			b.WriteByte(c)
		case c == ' ':
			b.WriteString("%20")
		default:
			fmt.Fprintf(&b, "&#%d;", c)
		}
	}
	return b.String()
}
