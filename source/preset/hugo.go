package preset

import (
	"fmt"
	"slices"
	"strings"

	"herald/source/frontmatter"
)

// hugo is Hugo (gohugo.io/content-management/urls).
func hugo() Preset {
	p, _ := hugoSite{}.preset(nil)
	return p
}

// preset returns the preset of a site with these settings.
func (h hugoSite) preset(settings map[string]string) (Preset, error) {
	h.keepCase, h.noAccents, h.ugly = settings["disablePathToLower"] == "true", settings["removePathAccents"] == "true", settings["uglyURLs"] == "true"
	h.language, h.prefix, h.target = strings.ToLower(settings["language"]), settings["languagePrefix"], strings.Trim(settings["target"], "/")
	rules := strings.Split(strings.ToLower(strings.ReplaceAll(settings["frontmatter.date"], " ", "")), ",")
	h.nameGivesAll, h.nameGives = rules[0] == ":filename", slices.Contains(rules, ":filename")
	if err := h.readCascade(settings["cascade"]); err != nil {
		return Preset{}, fmt.Errorf("cascade: %w", err)
	}
	return Preset{
		Name: "hugo", Permalink: ownPath, FrontMatterRequired: true, URLKeys: []string{"url"},
		Settings:  []string{"cascade", "disablePathToLower", "frontmatter.date", "language", "languagePrefix", "removePathAccents", "target", "uglyURLs"},
		Use:       hugoSite{}.preset,
		Check:     checkHugoPattern,
		DataFiles: h.dataFiles,
		Inherit:   h.inherit,
		Skip:      h.skip,
		Address:   h.address,
	}, nil
}

// skip returns why a file is no page of its own.
func (h hugoSite) skip(name string, fields []frontmatter.Field) string {
	if folder := member(fields, bundleField); folder != "" {
		return "it belongs to the page of its folder, " + folder + "/index.md"
	}
	if member(fields, "headless") == "true" {
		return "its front matter says headless: true, so Hugo makes no page of it"
	}
	return ""
}
