package generator

import (
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"
)

// readRules reads permalinks in all their shapes, and uglyURLs where it names sections.
func (h *hugoScan) readRules() {
	set := h.m.part("permalinks")
	if pages := set.part("page"); pages != nil {
		h.sectionRules(pages)
	}
	h.sectionRules(set)
	for _, one := range h.m.parts("permalinks") {
		target := one.part("target")
		if kind := target.text("kind"); kind != "" && kind != "page" {
			continue
		}
		glob := strings.Trim(strings.ToLower(target.text("path")), "/")
		folder := strings.TrimSuffix(glob, "/**")
		name := strings.Trim(strings.Map(func(r rune) rune {
			if strings.ContainsRune("*?{},[]/", r) {
				return '-'
			}
			return r
		}, folder), "-")
		switch {
		case glob == "" || glob == "**":
			h.rules = append(h.rules, hugoRule{name: "pages", globs: []string{"**/*"}, pattern: one.text("pattern")})
		case strings.ContainsAny(folder, "*?{}[]"):
			h.rules = append(h.rules, hugoRule{name: name, globs: []string{glob, glob + "/index"}, pattern: one.text("pattern")})
		default:
			h.rules = append(h.rules, hugoRule{name: name, folder: folder, globs: []string{folder + "/**/*"}, pattern: one.text("pattern")})
		}
	}
	ugly, all := h.m.part("uglyurls"), false
	all, _ = h.m.flag("uglyurls")
	for i, r := range h.rules {
		own, _ := ugly.flag(r.folder)
		h.rules[i].ugly = all || own
	}
	for _, section := range slices.Sorted(maps.Keys(ugly)) {
		if yes, _ := ugly.flag(section); yes && !slices.ContainsFunc(h.rules, func(r hugoRule) bool { return r.folder == section }) {
			h.rules = append(h.rules, hugoRule{name: path.Base(section), folder: section, globs: []string{section + "/**/*"}, ugly: true})
		}
	}
	h.rules = append(h.rules, hugoRule{name: "content", ugly: all}) // the rest
}

// sectionRules reads a mapping of sections to patterns.
func (h *hugoScan) sectionRules(sections settings) {
	for _, key := range slices.Sorted(maps.Keys(sections)) {
		pattern := sections.text(key)
		section := strings.Trim(key, " /")
		switch {
		case pattern == "":
		case section == "":
			h.rules = append(h.rules, hugoRule{name: "pages", globs: []string{"*", "*/index"}, pattern: pattern})
		default:
			h.rules = append(h.rules, hugoRule{name: path.Base(section), folder: section, globs: []string{section + "/**/*"}, pattern: pattern})
		}
	}
}

// readDates reads the rules that date pages.
func (h *hugoScan) readDates() {
	rules := h.m.part("frontmatter").list("date")
	h.settings = map[string]string{}
	for _, key := range []string{"disablePathToLower", "removePathAccents"} {
		if yes, _ := h.m.flag(strings.ToLower(key)); yes {
			h.settings[key] = "true"
		}
	}
	if cascade := h.cascade(); cascade != "" {
		h.settings["cascade"] = cascade
	}
	for i, rule := range rules {
		switch rule = strings.ToLower(rule); rule {
		case ":filename":
			h.settings["frontmatter.date"] = strings.ToLower(strings.Join(rules, ", "))
			if i == 0 {
				h.dates = []string{"file_name", "front_matter", "first_seen"}
			}
		case ":git", ":filemodtime":
			h.s.note("frontmatter.date: " + rule + " is not a rule that herald has")
		}
	}
	h.keys = map[string][]string{}
	for theirs, ours := range map[string]string{"date": "date", "lastmod": "updated", "expirydate": "expires"} {
		keys := ownKeys(h.m.part("frontmatter").list(theirs))
		if ours == "updated" { // an article that has no such time gets one when it changes
			keys = slices.DeleteFunc(keys, func(key string) bool {
				return slices.Contains([]string{"date", "publishdate", "pubdate", "published"}, key)
			})
		}
		if len(keys) > 0 {
			h.keys[ours] = keys
		}
	}
}

// ownKeys returns the keys of front matter in a rule of Hugo's, in order, where it names one that is not Hugo's own.
func ownKeys(rules []string) []string {
	var keys []string
	own := false
	for _, rule := range rules {
		rule = strings.ToLower(rule)
		if rule == ":default" {
			break
		}
		if !strings.HasPrefix(rule, ":") {
			keys = append(keys, rule)
			own = own || !slices.Contains([]string{"date", "publishdate", "pubdate", "published", "lastmod", "modified", "expirydate", "unpublishdate"}, rule)
		}
	}
	if !own {
		return nil
	}
	return keys
}

// cascade returns what of the config's cascade decides about articles, as JSON.
func (h *hugoScan) cascade() string {
	var kept []map[string]any
	for _, block := range append(h.m.parts("cascade"), h.m.part("cascade")) {
		one := map[string]any{}
		for _, key := range []string{"draft", "build", "_build", "url", "slug", "date", "publishdate", "expirydate", "lastmod", "sitemap", "headless", "title"} {
			if v, set := block[key]; set {
				one[key] = v
			}
		}
		if len(one) == 0 {
			continue
		}
		for _, key := range []string{"target", "_target"} {
			if v, set := block[key]; set {
				one[key] = v
			}
		}
		kept = append(kept, one)
	}
	text, err := json.Marshal(kept)
	if kept == nil || err != nil {
		return ""
	}
	return string(text)
}
