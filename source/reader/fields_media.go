package reader

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"herald/source"
	"herald/source/frontmatter"
	"herald/source/markup"
	"herald/source/weburl"
)

// readImage fills Image: the article's own, else the first of its body.
func (m *manuscript) readImage(a *source.Article, media string) {
	for _, key := range m.these(imageKeys) {
		_, v := m.lookup(key)
		if key == "header" && v.Kind != frontmatter.Mapping {
			continue // a text above the page
		}
		if id := strings.TrimSpace(v.Text); media != "" && fileID.MatchString(id) {
			a.Image = placed(id, media)
			return
		}
		if a.Image = placed(imageURL(v), media); a.Image != "" {
			return
		}
		if !isNoImage(v) && key != "header" {
			m.warn(v, "%s: names no image that readers could fetch", key)
		}
	}
	a.Image = markup.LeadImage(a.Body.Markup, m.prepared)
}

// imageMembers are the keys of the URL in a map.
var imageMembers = []string{"url", "path", "src", "image", "file", "feature", "overlay_image", "og_image", "teaser", "thumbnail", "thumb"}

// imageURL returns the first URL in the shapes that themes use: a text, a map, a list of either.
func imageURL(v frontmatter.Value) string {
	switch v.Kind {
	case frontmatter.Scalar:
		text := strings.TrimSpace(v.Text)
		if _, isFlag := flagWord(text); !isFlag && !isFalse(text) && fetchable(text) {
			return text
		}
	case frontmatter.Mapping:
		for _, f := range imageMembers {
			if text := v.Member(f); fetchable(text) {
				return text
			}
		}
	case frontmatter.List:
		for _, item := range v.Items {
			if url := imageURL(item); url != "" {
				return url
			}
		}
	}
	return ""
}

// placed returns where a file stands that is named by a path or an id, below media; "" where nothing is named. Without media, and where it has an
// address of its own, it stays as it is.
func placed(ref, media string) string {
	if _, _, absolute := weburl.CutScheme(weburl.Trim(ref)); ref == "" || media == "" || absolute || strings.HasPrefix(ref, "//") {
		return ref
	}
	if !strings.HasPrefix(ref, "/") {
		return strings.TrimSuffix(media, "/") + "/" + ref
	}
	scheme, rest, _ := strings.Cut(media, "://")
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host + ref
}

// isNoImage reports whether a value says that there is no image: nothing, true or false, an empty list, a map with an empty URL or
// with nothing else than these.
func isNoImage(v frontmatter.Value) bool {
	switch v.Kind {
	case frontmatter.Scalar:
		_, isFlag := truth(v.Text)
		return isFlag || strings.TrimSpace(v.Text) == ""
	case frontmatter.List:
		return len(v.Items) == 0
	case frontmatter.Mapping:
		return slices.ContainsFunc(v.Fields, func(f frontmatter.Field) bool { return isKey(f.Key, imageMembers) && !isThere(f.Value) }) ||
			!slices.ContainsFunc(v.Fields, func(f frontmatter.Field) bool { return !isNoImage(f.Value) })
	}
	return true
}

// fileID is the form of the ids that content systems know their files by.
var fileID = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// fetchable reports whether a reference can lead to a file on the web. The bare id of a file leads nowhere.
func fetchable(ref string) bool {
	scheme, _, ok := weburl.CutScheme(weburl.Trim(ref))
	return ref != "" && (!ok || scheme == "http" || scheme == "https") && !(len(ref) == 36 && fileID.MatchString(ref))
}

// isFalse reports "image: false", which themes read as none.
func isFalse(text string) bool {
	yes, known := truth(text)
	return known && !yes
}

// readEnclosures fills Enclosures from enclosure and enclosures: a URL, a map (url, type,
// length) or a list of either.
func (m *manuscript) readEnclosures(a *source.Article, media string) {
	for _, key := range m.these(enclosureKeys) {
		_, v := m.lookup(key)
		a.Enclosures = m.enclosures(key, v, a.Enclosures)
	}
	for i := range a.Enclosures {
		a.Enclosures[i].URL = placed(a.Enclosures[i].URL, media)
	}
}

// enclosures appends the files that a value names, each URL once.
func (m *manuscript) enclosures(key string, v frontmatter.Value, to []source.Enclosure) []source.Enclosure {
	var one source.Enclosure
	switch v.Kind {
	case frontmatter.Scalar:
		one = m.writtenEnclosure(key, v)
	case frontmatter.List:
		for _, item := range v.Items {
			to = m.enclosures(key, item, to)
		}
		return to
	case frontmatter.Mapping:
		one.URL = v.Member("url", "href", "src", "file", "path")
		one.Type = v.Member("type", "mime_type", "mime")
		one.Length = m.length(key, v)
	}
	if one.URL == "" {
		if v.Kind == frontmatter.Mapping {
			m.warn(v, "%s: a file without url is left out", key)
		}
		return to
	}
	if !strings.Contains(one.Type, "/") {
		one.Type = weburl.MediaType(one.URL)
	}
	for _, known := range to {
		if known.URL == one.URL {
			return to
		}
	}
	return append(to, one)
}

// writtenEnclosure reads a text: a URL, or as WordPress keeps them, URL, length and type on lines of their own.
func (m *manuscript) writtenEnclosure(key string, v frontmatter.Value) (one source.Enclosure) {
	written := strings.TrimSpace(v.Text)
	parts := strings.Fields(written)
	if len(parts) > 1 {
		if n, err := strconv.ParseInt(parts[1], 10, 64); err == nil && n >= 0 {
			one.URL, one.Length = parts[0], n
			if len(parts) > 2 {
				one.Type = parts[2]
			}
			return one
		}
	}
	if _, isFlag := flagWord(written); isFlag {
		return one
	}
	if strings.Contains(written, "\n") {
		m.warn(v, "%s: want a URL, or URL, length and type on three lines; it is left out", key)
		return one
	}
	one.URL = written
	return one
}

// length returns the size of a file in bytes, 0 where none is written.
func (m *manuscript) length(key string, v frontmatter.Value) int64 {
	text := v.Member("length", "size", "size_in_bytes")
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(strings.NewReplacer(",", "", "_", "").Replace(text), 10, 64)
	if err != nil || n < 0 {
		m.warn(v, "%s: length %q is not a number of bytes; 0 is taken", key, brief(text))
		return 0
	}
	return n
}

// readAlternates fills Alternates from translations: a map of language to URL, or a list of maps
// with lang and url.
func (m *manuscript) readAlternates(a *source.Article) {
	_, v := m.lookup("translations")
	switch v.Kind {
	case frontmatter.Scalar:
		m.warn(v, "translations: want a map of language to URL; it is left out")
	case frontmatter.Mapping:
		for _, f := range v.Fields {
			m.alternate(a, f.Key, strings.TrimSpace(f.Value.Text), f.Value)
		}
	case frontmatter.List:
		for _, item := range v.Items {
			m.alternate(a, item.Member("lang", "language", "hreflang"), item.Member("url", "href", "link"), item)
		}
	}
}

// alternate adds one translation; a language counts once.
func (m *manuscript) alternate(a *source.Article, lang, url string, v frontmatter.Value) {
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
	a.Alternates = append(a.Alternates, source.Alternate{Language: tag, URL: url})
}
