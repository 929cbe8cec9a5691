package source

import (
	"strconv"
	"strings"
)

// readImage fills Image: the article's own, else the first of its body.
func (m *matter) readImage(a *Article) {
	for _, key := range []string{"image", "cover", "thumbnail", "images"} {
		_, v := m.lookup(key)
		if a.Image = imageURL(v); a.Image != "" {
			return
		}
		if v.kind == mapping || v.kind == list || v.kind == scalar && !isFalse(v.text) && strings.TrimSpace(v.text) != "" {
			m.warn(v, "%s: names no image that readers could fetch", key)
		}
	}
	a.Image = m.outline(a).Image
}

// imageURL gives the first URL in the shapes that themes use: a text, a map, a list of either.
func imageURL(v value) string {
	switch v.kind {
	case scalar:
		if text := strings.TrimSpace(v.text); !isFalse(text) && fetchable(text) {
			return text
		}
	case mapping:
		for _, f := range []string{"url", "path", "src", "image", "file", "feature"} {
			if text := member(v, f); fetchable(text) {
				return text
			}
		}
	case list:
		for _, item := range v.items {
			if url := imageURL(item); url != "" {
				return url
			}
		}
	}
	return ""
}

// fetchable reports whether a reference can lead to a file on the web.
func fetchable(ref string) bool {
	scheme, _, ok := cutScheme(trimURL(ref))
	return ref != "" && (!ok || scheme == "http" || scheme == "https")
}

// isFalse reports "image: false", which themes read as none.
func isFalse(text string) bool {
	yes, known := truth(text)
	return known && !yes
}

// readEnclosures fills Enclosures from enclosure and enclosures: a URL, a map (url, type,
// length) or a list of either.
func (m *matter) readEnclosures(a *Article) {
	for _, key := range []string{"enclosure", "enclosures"} {
		_, v := m.lookup(key)
		a.Enclosures = m.enclosures(key, v, a.Enclosures)
	}
}

// enclosures appends the files that a value names, each URL once.
func (m *matter) enclosures(key string, v value, to []Enclosure) []Enclosure {
	var one Enclosure
	switch v.kind {
	case scalar:
		one.URL = strings.TrimSpace(v.text)
	case list:
		for _, item := range v.items {
			to = m.enclosures(key, item, to)
		}
		return to
	case mapping:
		one.URL = member(v, "url", "href", "src", "file", "path")
		one.Type = member(v, "type", "mime_type", "mime")
		one.Length = m.length(key, v)
	}
	if one.URL == "" {
		if v.kind == mapping {
			m.warn(v, "%s: a file without url is left out", key)
		}
		return to
	}
	if !strings.Contains(one.Type, "/") {
		one.Type = MediaType(one.URL)
	}
	for _, known := range to {
		if known.URL == one.URL {
			return to
		}
	}
	return append(to, one)
}

// length gives the size of a file in bytes, 0 where none is written.
func (m *matter) length(key string, v value) int64 {
	text := member(v, "length", "size", "size_in_bytes")
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(strings.NewReplacer(",", "", "_", "").Replace(text), 10, 64)
	if err != nil || n < 0 {
		m.warn(v, "%s: length %q is no number of bytes; 0 is taken", key, brief(text))
		return 0
	}
	return n
}

// readAlternates fills Alternates from translations: a map of language to URL, or a list of maps
// with lang and url.
func (m *matter) readAlternates(a *Article) {
	_, v := m.lookup("translations")
	switch v.kind {
	case scalar:
		m.warn(v, "translations: want a map of language to URL; it is left out")
	case mapping:
		for _, f := range v.fields {
			m.alternate(a, f.key, strings.TrimSpace(f.value.text), f.value)
		}
	case list:
		for _, item := range v.items {
			m.alternate(a, member(item, "lang", "language", "hreflang"), member(item, "url", "href", "link"), item)
		}
	}
}

// alternate adds one translation; a language counts once.
func (m *matter) alternate(a *Article, lang, url string, v value) {
	tag, err := languageTag(lang)
	switch {
	case err != nil:
		m.warn(v, "translations: %v; it is left out", err)
		return
	case url == "":
		m.warn(v, "translations: %s has no URL; it is left out", brief(lang))
		return
	}
	for _, known := range a.Alternates {
		if known.Language == tag {
			return
		}
	}
	a.Alternates = append(a.Alternates, Alternate{Language: tag, URL: url})
}
