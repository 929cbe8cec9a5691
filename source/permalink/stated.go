package permalink

import (
	"path"
	"strings"

	"herald/source"
	"herald/source/weburl"
)

// Stated returns the path below the site that a published page states as its own (Link.Page): one at which a web server shows the
// page's file. ok is false where the page states none, or another.
func Stated(link source.Link, site *weburl.Site) (stated string, ok bool) {
	own, is := statedURL(link, site)
	return strings.TrimPrefix(own, site.String()), is
}

// IsCopy reports whether the canonical link of a published page names another page of the site: the page says that it is
// a copy.
func IsCopy(link source.Link, site *weburl.Site) bool {
	own, is := statedURL(link, site)
	return own != "" && !is && link.Copy
}

// statedURL returns the URL of the site that a page states, "" if none, and whether its file can be what stands there.
func statedURL(link source.Link, site *weburl.Site) (url string, is bool) {
	if link.Page == "" || link.File == "" {
		return "", false
	}
	names := addressesOf(link.File)
	here, err := site.Join(names[0])
	if err != nil {
		return "", false
	}
	stated, _, _ := strings.Cut(weburl.Resolve(here, link.Page), "#")
	if url, err = site.Join(stated); err != nil || stated == "" || !strings.HasPrefix(url, site.String()) {
		return "", false // elsewhere
	}
	for _, name := range names {
		if one, err := site.Join(name); err == nil && one == url {
			return url, true
		}
	}
	return url, false
}

// addressesOf returns the paths at which web servers show a file, its own first.
func addressesOf(file string) []string {
	file = escapeValue(file)
	bare := strings.TrimSuffix(file, path.Ext(file))
	if bare == "index" {
		return []string{"/", "/" + file}
	}
	if folder, found := strings.CutSuffix(bare, "/index"); found {
		return []string{"/" + folder + "/", "/" + folder, "/" + file}
	}
	return []string{"/" + file, "/" + bare, "/" + bare + "/"}
}
