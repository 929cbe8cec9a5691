package scaffold

import (
	"encoding/json"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"herald/source/text"
)

// hugoScan makes the sources of a Hugo site.
type hugoScan struct {
	dir       string
	m         settings
	s         *site
	main      string   // the default language
	languages []string // the others
	left      []string // languages that are not built
	rules     []hugoRule
	dates     []string // sources[].dates; nil: the default
	settings  map[string]string
}

// hugoRule is how the URLs of some pages are made. The first that fits counts.
type hugoRule struct {
	name    string   // of the source
	folder  string   // that the pages lie in; "" is the root
	globs   []string // of the pages, below content, without extension
	pattern string   // "": the preset's
	ugly    bool
}

// hugoRoot is a folder that holds content.
type hugoRoot struct {
	path     string // below the site
	target   string // where Hugo has it below content
	language string // "": file names say it
	exclude  []string
}

// hugoExtensions are those of the content files that herald reads.
const hugoExtensions = ".{md,markdown,html,htm}"

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
		case ":default", "date", "publishdate", "pubdate", "published", "lastmod", "modified":
		default:
			h.s.note("frontmatter.date: " + rule + " is no rule of herald's")
		}
	}
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

// roots returns the folders that hold content.
func (h *hugoScan) roots() []hugoRoot {
	var roots []hugoRoot
	for _, mount := range h.m.part("module").parts("mounts") {
		target := path.Clean(filepath.ToSlash(mount.text("target")))
		if target != "content" && !strings.HasPrefix(target, "content/") {
			continue
		}
		r := hugoRoot{path: path.Clean(filepath.ToSlash(mount.text("source"))), target: strings.Trim(strings.TrimPrefix(target, "content"), "/"), language: mountLanguage(mount)}
		r.exclude = mount.list("excludefiles")
		only := mount.list("includefiles")
		for _, glob := range mount.list("files") {
			if but, negative := strings.CutPrefix(glob, "!"); negative {
				r.exclude = append(r.exclude, strings.Trim(but, " /"))
			} else {
				only = append(only, glob)
			}
		}
		if len(only) > 0 {
			h.s.note("module.mounts: of " + r.path + " only " + strings.Join(only, ", ") + "; write them under include")
		}
		if isDir(h.dir, r.path) {
			roots = append(roots, r)
		}
	}
	if roots != nil {
		return roots
	}
	for _, code := range append([]string{h.main}, h.languages...) {
		if own := h.m.part("languages").part(code).text("contentdir"); own != "" {
			roots = append(roots, hugoRoot{path: path.Clean(filepath.ToSlash(own)), language: code})
		}
	}
	if slices.ContainsFunc(roots, func(r hugoRoot) bool { return r.language == h.main }) {
		return roots
	}
	content := path.Clean(filepath.ToSlash(h.m.text("contentdir")))
	if content == "." {
		content = "content"
	}
	shared := hugoRoot{path: content}
	for _, r := range roots {
		if below, inside := strings.CutPrefix(r.path, content+"/"); inside {
			shared.exclude = append(shared.exclude, below+"/**")
		}
	}
	return append([]hugoRoot{shared}, roots...)
}

// mountLanguage returns the language of a mount's files, "" where their names say it.
func mountLanguage(mount settings) string {
	if lang := mount.text("lang"); lang != "" {
		return strings.ToLower(lang)
	}
	if many := mount.part("sites").part("matrix").list("languages"); len(many) == 1 && !strings.ContainsAny(many[0], "*?{[!") {
		return strings.ToLower(many[0])
	}
	return ""
}

// inNames returns a pattern of a language's code in file names: Hugo does not mind the case of zh-CN.
func inNames(code string) string {
	if tag, ok := text.LanguageTag(code); ok && tag != code && strings.EqualFold(tag, code) {
		return "{" + code + "," + tag + "}"
	}
	return code
}

// sources returns a source for each rule, root and language that meet.
func (h *hugoScan) sources() []origin {
	var all []origin
	many := len(h.languages)+len(h.left) > 0
	for _, root := range h.roots() {
		codes := append([]string{h.main}, h.languages...)
		if root.language != "" {
			codes = []string{root.language}
		}
		for _, code := range codes {
			if slices.Contains(h.left, code) {
				continue
			}
			all = append(all, h.sourcesOf(root, code, many)...)
		}
	}
	distinct(all)
	return all
}

// sourcesOf returns the sources of one root in one language.
func (h *hugoScan) sourcesOf(root hugoRoot, code string, many bool) []origin {
	named := many && root.language == "" // names of files tell the languages apart
	ext, exclude := hugoExtensions, slices.Clone(root.exclude)
	if named && code != h.main {
		ext = "." + inNames(code) + ext
	}
	if named && code == h.main {
		for _, other := range append(slices.Clone(h.languages), h.left...) {
			exclude = append(exclude, "**/*."+inNames(other)+".*")
		}
	}
	var all []origin
	for _, rule := range h.rules {
		include, whole := root.include(h.dir, rule)
		if len(include) == 0 && !whole {
			continue
		}
		src := origin{name: rule.name, path: dotSlash(root.path), permalink: rule.pattern, exclude: slices.Clone(exclude), dates: h.dates, settings: maps.Clone(h.settings)}
		for _, glob := range include {
			src.include = append(src.include, glob+ext)
		}
		if whole && named && code != h.main {
			src.include = []string{"**/*" + ext}
		}
		h.languageOf(&src, code, many)
		if rule.ugly {
			src.settings["uglyURLs"] = "true"
		}
		if root.target != "" {
			src.settings["target"] = root.target
		}
		all = append(all, src)
		if whole {
			break
		}
		for _, glob := range include {
			if folder, all := strings.CutSuffix(glob, "/**/*"); all {
				exclude = append(exclude, folder+"/**")
			} else {
				exclude = append(exclude, glob+ext)
			}
		}
	}
	return all
}

// languageOf sets what follows from the language of a source.
func (h *hugoScan) languageOf(src *origin, code string, many bool) {
	if !many {
		return
	}
	src.settings["language"] = code
	inFolder, _ := h.m.flag("defaultcontentlanguageinsubdir")
	if code != h.main || inFolder {
		src.settings["languagePrefix"] = code
	}
	if code != h.main {
		src.name += "-" + code
		if tag := h.tag(code); tag != "" {
			src.fields = map[string]any{"lang": tag}
		}
	}
}

// include returns the patterns, without extension, of a rule's pages in a root; whole means that all of its pages are meant.
func (r hugoRoot) include(dir string, rule hugoRule) (globs []string, whole bool) {
	if len(rule.globs) == 0 {
		return nil, true
	}
	if rule.folder != "" {
		if r.target == rule.folder || strings.HasPrefix(r.target, rule.folder+"/") {
			return nil, true
		}
		below, inside := strings.CutPrefix("/"+rule.folder, strings.TrimSuffix("/"+r.target, "/")+"/")
		if !inside {
			return nil, false
		}
		if below = folderLike(filepath.Join(dir, filepath.FromSlash(r.path)), below); below == "" {
			return nil, false
		}
		return []string{below + "/**/*"}, false
	}
	if r.target != "" {
		return nil, false
	}
	return rule.globs, false
}

// folderLike returns the folder below root that has a name in any case; "" where there is none.
func folderLike(root, name string) string {
	found := ""
	for part := range strings.SplitSeq(name, "/") {
		entries, _ := os.ReadDir(filepath.Join(root, filepath.FromSlash(found))) // none where it is not there
		at := slices.IndexFunc(entries, func(e os.DirEntry) bool { return e.IsDir() && strings.EqualFold(e.Name(), part) })
		if at < 0 {
			return ""
		}
		found = path.Join(found, entries[at].Name())
	}
	return found
}

// distinct gives sources of one name a number each.
func distinct(all []origin) {
	taken := map[string]int{}
	for i := range all {
		if taken[all[i].name]++; taken[all[i].name] > 1 {
			all[i].name += "-" + strconv.Itoa(taken[all[i].name])
		}
	}
}
