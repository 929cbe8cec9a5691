package webpage

import "strings"

// head is what <meta>, <link>, <base> and <html> say.
type head struct {
	base                               string // of the URLs in the page, "" for its own
	language                           string
	canonical, ogURL                   string
	title, site, kind                  string // og:title, og:site_name, og:type
	ogDescription, description, locale string
	image, author, section             string
	published, metaPublished, modified string
	authors, tags                      []string
	noindex                            bool
	refresh                            string // the target of an immediate redirect
	alternates                         [][2]string
}

func (h *head) setBase(href string) {
	if h.base == "" {
		h.base = strings.TrimSpace(href)
	}
}

// meta reads a <meta>. Of most the first counts.
func (h *head) meta(a *attrs, noscript bool) {
	content := strings.TrimSpace(a.content)
	if content == "" {
		return
	}
	if strings.EqualFold(a.equiv, "refresh") && !noscript && h.refresh == "" {
		h.refresh = refreshTarget(content)
	}
	if place := h.place(strings.ToLower(firstOf(a.property, a.name))); place != nil && *place == "" {
		*place = content
	}
	switch strings.ToLower(firstOf(a.property, a.name)) {
	case "robots":
		for word := range strings.FieldsFuncSeq(strings.ToLower(content), func(r rune) bool { return r == ',' || r == ' ' }) {
			h.noindex = h.noindex || word == "noindex" || word == "none"
		}
	case "article:tag":
		h.tags = appendTerm(h.tags, content)
	case "article:author", "og:article:author":
		if !isWebAddress(content) {
			h.authors = appendTerm(h.authors, content)
		}
	}
}

// place returns where the content of a <meta> goes, by its name or property.
func (h *head) place(name string) *string {
	switch name {
	case "og:title":
		return &h.title
	case "og:site_name":
		return &h.site
	case "og:type":
		return &h.kind
	case "og:url":
		return &h.ogURL
	case "og:description":
		return &h.ogDescription
	case "description":
		return &h.description
	case "og:locale":
		return &h.locale
	case "og:image", "og:image:url", "og:image:secure_url":
		return &h.image
	case "author":
		return &h.author
	case "article:section", "og:article:section":
		return &h.section
	case "article:published_time", "og:article:published_time", "article:published":
		return &h.published
	case "article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified":
		return &h.modified
	case "date", "pubdate", "publish_date", "publish-date", "dc.date.issued", "dcterms.created", "dcterms.issued", "citation_publication_date", "parsely-pub-date", "sailthru.date":
		return &h.metaPublished
	}
	return nil
}

// link reads a <link>.
func (h *head) link(a *attrs) {
	href := strings.TrimSpace(a.href)
	switch {
	case href == "":
	case hasWord(a.rel, "canonical") && h.canonical == "":
		h.canonical = href
	case hasWord(a.rel, "alternate") && a.hreflang != "" && len(h.alternates) < maxTerms:
		h.alternates = append(h.alternates, [2]string{strings.TrimSpace(a.hreflang), href})
	}
}

// refreshTarget returns the URL that "0; url=/new/" leads to at once; "" for a page that is shown first, and for one that only
// loads itself again (HTML Living Standard, section 4.2.5.3).
func refreshTarget(content string) string {
	delay, rest, found := strings.Cut(strings.ReplaceAll(content, ",", ";"), ";")
	if !found {
		return ""
	}
	if delay = strings.TrimSpace(delay); len(delay) > 1 || strings.Trim(delay, "0123456789") != "" {
		return "" // ten seconds and more are time to read
	}
	key, target, found := strings.Cut(rest, "=")
	if !found || !strings.EqualFold(strings.TrimSpace(key), "url") {
		return strings.Trim(strings.TrimSpace(rest), `'"`)
	}
	return strings.Trim(strings.TrimSpace(target), `'"`)
}
