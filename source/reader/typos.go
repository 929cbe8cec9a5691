package reader

import (
	"slices"
	"strings"

	"herald/source/frontmatter"
)

// otherKeys are keys and common words that are one letter from a key with an effect and mean something else.
var otherKeys = []string{
	"data", "dates", "gate", "rate", "late", "tabs", "tagline", "taxonomy", "long", "land", "slugs", "plug", "titles", "tile", "tiles",
	"covers", "cove", "over", "hover", "drafts", "craft", "graft", "guide", "grid", "build_date", "feeds", "need", "seed", "feet", "miner", "major",
	"robot", "create", "creates", "creator", "creators", "update", "updates", "updater", "poster", "posts", "hosted", "ported", "stats", "states", "statue",
	"statuses", "built", "builds", "guild", "renders", "gender", "sender", "tender", "reader", "fender", "expire", "expired", "sitemaps", "excerpts", "local",
	"locales", "languages", "langs", "banners", "manner", "teasers", "tease", "thumbs", "photos", "zero", "publisher", "publishes", "published_by", "modifier",
	"writers", "write", "written", "bylines", "redirects", "redirected", "param", "extras", "extract", "descriptions", "passwords", "privates", "primate",
	"headers", "leader", "hider", "images_dir", "reporters", "reported", "modified_by", "updated_by", "created_by", "canonicals", "categorie", "permalinks",
}

// ownKeys are keys that no typing error is looked for in, by their one spelling.
var ownKeys = func() map[string]bool {
	known := map[string]bool{}
	for _, key := range slices.Concat(readKeys, otherKeys) {
		known[frontmatter.FoldKey(key)] = true
	}
	return known
}()

// minTypo is the shortest key that a typing error is looked for in, and of.
const minTypo = 4

// warnTypos warns of keys that are one letter from a key with an effect. theirs are keys that the source names itself.
func (m *manuscript) warnTypos(theirs map[string][]string) {
	for i := range m.fields {
		f := &m.fields[i]
		if len(f.Key) < minTypo || ownKeys[frontmatter.FoldKey(f.Key)] || names(theirs, f.Key) {
			continue
		}
		if near := nearKey(frontmatter.FoldKey(f.Key)); near != "" && !hasAny(m.fields, near) {
			m.warn(frontmatter.Value{Line: f.Value.Line, Column: 1}, "the key %q means nothing: is %s meant?", brief(f.Key), near)
		}
	}
}

// names reports whether a key is one that the source names.
func names(theirs map[string][]string, key string) bool {
	for _, list := range theirs {
		for _, name := range list {
			if head, _, _ := strings.Cut(name, "."); frontmatter.SameKey(head, key) || frontmatter.SameKey(name, key) {
				return true
			}
		}
	}
	return false
}

// nearKeys are the keys with an effect that a key of a length may be one letter from, the best first.
var nearKeys = func() map[int][]string {
	near := map[int][]string{}
	for _, key := range readKeys {
		for n := len(key) - 1; n <= len(key)+1 && len(key) >= minTypo; n++ {
			near[n] = append(near[n], key)
		}
	}
	return near
}()

// nearKey returns the key with an effect that a key is one letter from; "" for none.
func nearKey(key string) string {
	for _, known := range nearKeys[len(key)] {
		if oneOff(key, known) {
			return known
		}
	}
	return ""
}

// oneOff reports whether one letter added, left out, changed, or two neighbours swapped make b of a.
func oneOff(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(a) != len(b):
		return a[i:] == b[i+1:]
	case i == len(a):
		return false
	case a[i+1:] == b[i+1:]:
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
