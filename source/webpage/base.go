package webpage

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"

	"herald/source/weburl"
)

// rebase writes the URLs of a body so that they mean without <base href> what they meant with it. Links into the page itself stay.
func rebase(body, base string) string {
	var b strings.Builder
	b.Grow(len(body))
	z := html.NewTokenizer(strings.NewReader(body))
	from, at := 0, 0
	for {
		kind := z.Next()
		start := at
		at += len(z.Raw())
		if kind == html.ErrorToken {
			b.WriteString(body[from:])
			return b.String()
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		if t := z.Token(); rebaseTag(&t, base) {
			b.WriteString(body[from:start])
			b.WriteString(t.String())
			from = at
		}
	}
}

// rebaseTag rewrites the URLs of a tag and reports whether it had any.
func rebaseTag(t *html.Token, base string) (changed bool) {
	for i, a := range t.Attr {
		was := a.Val
		switch a.Key {
		case "href", "src", "poster", "cite", "data", "data-src", "data-original", "data-lazy-src":
			a.Val = join(base, strings.TrimSpace(a.Val))
		case "srcset", "data-srcset", "data-lazy-srcset":
			a.Val = rebaseSrcset(a.Val, base)
		}
		t.Attr[i].Val = a.Val
		changed = changed || a.Val != was
	}
	return changed
}

func rebaseSrcset(set, base string) string {
	candidates := strings.Split(weburl.MapSrcset(set, nil), ", ")
	for i, c := range candidates {
		ref, descriptor, found := strings.Cut(c, " ")
		if candidates[i] = join(base, ref); found {
			candidates[i] += " " + descriptor
		}
	}
	return strings.Join(candidates, ", ")
}

// join resolves a reference against a base that may be relative itself.
func join(base, ref string) string {
	if ref == "" || ref[0] == '#' || strings.HasPrefix(ref, "//") {
		return ref
	}
	if _, _, ok := weburl.CutScheme(ref); ok {
		return ref
	}
	if isWebAddress(base) || strings.HasPrefix(base, "//") {
		return joinURL(base, ref)
	}
	if ref[0] == '/' {
		return ref
	}
	folder := base[:strings.LastIndexByte(base, '/')+1]
	if ref[0] == '?' {
		return base + ref
	}
	name, query := ref, ""
	if i := strings.IndexAny(ref, "?#"); i >= 0 {
		name, query = ref[:i], ref[i:]
	}
	slash := ""
	if strings.HasSuffix(name, "/") || name == "" {
		slash = "/"
	}
	return strings.TrimSuffix(path.Join(folder, name), "/") + slash + query
}

// joinURL resolves a reference against an absolute base.
func joinURL(base, ref string) string {
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	r, err := url.Parse(ref)
	if err != nil {
		return ref
	}
	return b.ResolveReference(r).String()
}

// isWebAddress reports whether a text is an http or https URL.
func isWebAddress(s string) bool {
	scheme, _, ok := weburl.CutScheme(s)
	return ok && (scheme == "http" || scheme == "https")
}
