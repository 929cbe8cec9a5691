package generator

import (
	"herald/source/text"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// readLanguages finds out which languages there are.
func (h *hugoScan) readLanguages() {
	all := h.m.part("languages")
	h.main = strings.ToLower(h.m.text("defaultcontentlanguage"))
	if h.main == "" {
		h.main = "en"
	}
	off := h.m.list("disablelanguages")
	for _, code := range slices.Sorted(maps.Keys(all)) {
		disabled, _ := all.part(code).flag("disabled")
		switch own := all.part(code); {
		case code == h.main:
		case disabled, slices.ContainsFunc(off, func(o string) bool { return strings.EqualFold(o, code) }):
			h.left = append(h.left, code)
		case own.text("baseurl") != "" && own.text("baseurl") != h.m.text("baseurl"):
			h.left = append(h.left, code)
			h.s.note("languages." + code + ": it stands at " + own.text("baseurl") + ", which is another site; give it a herald.yaml of its own")
		default:
			h.languages = append(h.languages, code)
		}
	}
}

// tag returns the language tag of a language's code.
func (h *hugoScan) tag(code string) string {
	own := h.m.part("languages").part(code)
	for _, tag := range []string{own.text("locale"), own.text("languagecode"), code} {
		if tag, ok := text.LanguageTag(languageTag(tag)); ok {
			return tag
		}
	}
	return ""
}

// inFileNames returns the languages beside the default one that names of files in a root say: x.ko.md.
func (h *hugoScan) inFileNames(root hugoRoot) []string {
	said := map[string]bool{}
	_ = filepath.WalkDir(filepath.Join(h.dir, filepath.FromSlash(root.path)), func(_ string, d fs.DirEntry, err error) error {
		if parts := strings.Split(strings.ToLower(d.Name()), "."); err == nil && !d.IsDir() && len(parts) > 2 {
			said[parts[len(parts)-2]] = true
		}
		return nil // a folder that cannot be read has none
	})
	return slices.DeleteFunc(slices.Clone(h.languages), func(code string) bool { return !said[code] })
}
