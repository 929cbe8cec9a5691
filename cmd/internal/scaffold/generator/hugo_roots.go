package generator

import (
	"herald/source/text"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// roots returns the folders that hold content.
func (h *hugoScan) roots() []hugoRoot {
	var roots []hugoRoot
	for _, mount := range h.m.part("module").parts("mounts") {
		target := path.Clean(filepath.ToSlash(mount.text("target")))
		if target != "content" && !strings.HasPrefix(target, "content/") {
			continue
		}
		r := hugoRoot{
			path: path.Clean(filepath.ToSlash(mount.text("source"))), target: strings.Trim(strings.TrimPrefix(target, "content"), "/"),
			language: mountLanguage(mount),
		}
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
		return h.distinctRoots(roots)
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

// distinctRoots leaves out the folders that stand in for what another language lacks: their articles are those of the first.
func (h *hugoScan) distinctRoots(all []hugoRoot) []hugoRoot {
	var kept []hugoRoot
	for _, r := range all {
		if slices.ContainsFunc(kept, func(k hugoRoot) bool { return r.path == k.path || strings.HasPrefix(r.path, k.path+"/") }) {
			h.s.note("module.mounts: " + r.path + " is mounted twice; its articles are taken in once")
			continue
		}
		kept = append(kept, r)
	}
	return kept
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
