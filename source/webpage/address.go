package webpage

import (
	"strings"

	"herald/source/weburl"
)

// address returns where the page says that it stands; canonical: by its canonical link.
func (s *scan) address() (url string, canonical bool) {
	if url := s.absolute(s.head.canonical); url != "" {
		return url, true
	}
	url = s.absolute(s.head.ogURL)
	if url == "" && s.linked.article != nil {
		url = s.absolute(s.linked.article.address())
	}
	return url, false
}

// absolute returns a reference as it is without <base>; "" for what no reader could follow.
func (s *scan) absolute(ref string) string {
	if ref = strings.TrimSpace(ref); ref == "" || strings.HasPrefix(ref, "#") {
		return ""
	}
	if s.head.base != "" {
		ref = join(s.head.base, ref)
	}
	if scheme, _, ok := weburl.CutScheme(ref); ok && scheme != "http" && scheme != "https" {
		return ""
	}
	return ref
}
