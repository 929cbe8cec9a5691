package generator

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// hugoExtensions are those of the content files that herald reads.
const hugoExtensions = ".{md,markdown,html,htm}"

// sources returns a source for each rule, root and language that meet.
func (h *hugoScan) sources() []Source {
	var all []Source
	many := len(h.languages)+len(h.left) > 0
	for _, root := range h.roots() {
		codes := []string{root.language}
		if root.language == "" {
			codes = append([]string{h.main}, h.inFileNames(root)...)
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
func (h *hugoScan) sourcesOf(root hugoRoot, code string, many bool) []Source {
	named := many && root.language == "" // names of files tell the languages apart
	ext, exclude := hugoExtensions, slices.Clone(root.exclude)
	if named && code != h.main {
		ext = "." + inNames(code) + ext
	}
	if named && code == h.main {
		for _, other := range slices.Concat(h.languages, h.left) {
			exclude = append(exclude, "**/*."+inNames(other)+".*")
		}
	}
	var all []Source
	for _, rule := range h.rules {
		include, whole := root.include(h.dir, rule)
		if len(include) == 0 && !whole {
			continue
		}
		src := Source{
			Name: rule.name, Path: dotSlash(root.path), Permalink: rule.pattern, Exclude: slices.Clone(exclude), Dates: h.dates,
			Settings: maps.Clone(h.settings), Fields: h.keys,
		}
		for _, glob := range include {
			src.Include = append(src.Include, glob+ext)
		}
		if whole && named && code != h.main {
			src.Include = []string{"**/*" + ext}
		}
		h.languageOf(&src, code, many)
		if rule.ugly {
			src.Settings["uglyURLs"] = "true"
		}
		if root.target != "" {
			src.Settings["target"] = root.target
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
func (h *hugoScan) languageOf(src *Source, code string, many bool) {
	if !many {
		return
	}
	src.Settings["language"] = code
	inFolder, _ := h.m.flag("defaultcontentlanguageinsubdir")
	if code != h.main || inFolder {
		src.Settings["languagePrefix"] = code
	}
	if code != h.main {
		src.Name += "-" + code
		if tag := h.tag(code); tag != "" {
			src.Defaults = map[string]any{"lang": tag}
		}
	}
}

// distinct numbers sources of one name.
func distinct(all []Source) {
	taken := map[string]int{}
	for i := range all {
		if taken[all[i].Name]++; taken[all[i].Name] > 1 {
			all[i].Name += "-" + strconv.Itoa(taken[all[i].Name])
		}
	}
}
