package adopt

import (
	"html"
	"net/url"
	"regexp"
	"strings"

	"herald/source/text"
)

// looseLink returns what the spellings of one page's address share: the scheme, www, a final slash, index.html, the
// extension .html, a fragment and marks of campaigns are left out. Equal keys do not prove one page.
func looseLink(normal string) string {
	_, rest, _ := strings.Cut(normal, "://")
	rest, _, _ = strings.Cut(rest, "#")
	path, query, _ := strings.Cut(rest, "?")
	path = strings.TrimPrefix(path, "www.")
	for _, end := range []string{"/", "/index.html", "/index.htm", ".html", ".htm", ".php"} {
		path = strings.TrimSuffix(path, end)
	}
	if decoded, err := url.PathUnescape(path); err == nil {
		path = text.NFC(decoded) // file systems of Apple decompose names
	}
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		if part != "" && !strings.HasPrefix(part, "utm_") {
			kept = append(kept, part)
		}
	}
	if len(kept) > 0 {
		path += "?" + strings.Join(kept, "&")
	}
	return path
}

var tag = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)

// typography undoes what generators make of marks in titles.
var typography = strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`, "…", "...", "–", "-", "—", "-", "---", "-", "--", "-", "\u00a0", " ", "\u00ad", "", "\u200b", "")

// looseTitle returns what the spellings of one title share: entities, tags, case, spaces and typographic marks are left out.
func looseTitle(title string) string {
	// Feeds of type html are escaped once more than others.
	plain := html.UnescapeString(tag.ReplaceAllString(html.UnescapeString(title), ""))
	return strings.Join(strings.Fields(strings.ToLower(typography.Replace(text.NFC(plain)))), " ")
}

// sameAddress reports whether two addresses, or ids, are equal but for the case of their percent codes.
func sameAddress(a, b string) bool {
	return a == b || len(a) == len(b) && upperCodes(a) == upperCodes(b)
}

var code = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

func upperCodes(s string) string { return code.ReplaceAllStringFunc(s, strings.ToUpper) }
