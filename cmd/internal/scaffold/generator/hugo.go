package generator

import (
	"cmp"
	"slices"
	"strings"
)

func detectHugo(dir string, s *site) bool {
	m, from := hugoConfig(dir, &site{})
	if from == "" || strings.HasPrefix(from, "config.") && (!isDir(dir, "content") || m.text("baseurl") == "") {
		return false
	}
	m, _ = hugoConfig(dir, s)
	s.Preset, s.Title, s.Description = "hugo", m.text("title"), m.part("params").text("description")
	s.Zone = cmp.Or(m.text("timezone"), "UTC") // Hugo's own default
	s.Author, s.Email = hugoAuthor(m)
	s.PublishTo = m.text("publishdir")
	s.standsAt(m.text("baseurl"), "", from)
	h := hugoScan{dir: dir, m: m, s: s}
	h.readLanguages()
	s.Language = cmp.Or(m.text("locale"), m.text("languagecode"), h.tag(h.main))
	if own := m.part("languages").part(h.main); own != nil {
		s.Title, s.Language = cmp.Or(own.text("title"), s.Title), cmp.Or(h.tag(h.main), s.Language)
	}
	h.readRules()
	h.readDates()
	s.Sources = h.sources()
	h.notes()
	h.clashes(from)
	return true
}

// hugoAuthor returns who stands behind the site.
func hugoAuthor(m settings) (name, email string) {
	for _, place := range []settings{m.part("params"), m} {
		if a := place.part("author"); a != nil {
			return a.text("name"), a.text("email")
		}
		if name := place.text("author"); name != "" {
			return name, ""
		}
	}
	return "", ""
}

// notes names what in the config decides about articles and could not be taken over.
func (h *hugoScan) notes() {
	for _, pattern := range h.m.list("ignorefiles") {
		if !otherFiles(pattern) {
			h.s.note("ignoreFiles: " + pattern + ": write those files under exclude")
		}
	}
	if len(h.languages) > 0 {
		h.s.hint("the articles of all languages stand in one feed; take out the sources of those that are not to")
	}
	if yes, _ := h.m.flag("buildfuture"); yes {
		h.s.hint("buildFuture: herald publishes an article at its date, Hugo before it")
	}
	if yes, _ := h.m.flag("builddrafts"); yes {
		h.s.note("buildDrafts: herald publishes no drafts")
	}
}

// otherFiles reports whether a pattern of ignoreFiles means files by an extension that no article has.
func otherFiles(pattern string) bool {
	ext, found := strings.CutPrefix(strings.TrimSuffix(pattern, "$"), `\.`)
	return found && strings.HasSuffix(pattern, "$") && !slices.Contains([]string{"md", "markdown", "html", "htm", "txt", "mdx"}, strings.ToLower(ext))
}

// clashes names the documents that Hugo writes where ours lie.
func (h *hugoScan) clashes(from string) {
	disabled := make([]string, 0, 4)
	for _, kind := range h.m.list("disablekinds") {
		disabled = append(disabled, strings.ToLower(kind))
	}
	if !slices.Contains(disabled, "sitemap") {
		h.s.clash("/sitemap.xml", "Hugo", `add "sitemap" to disableKinds in `+from)
	}
	if yes, _ := h.m.flag("enablerobotstxt"); yes && !slices.Contains(disabled, "robotstxt") {
		h.s.clash("/robots.txt", "Hugo", "set enableRobotsTXT = false in "+from)
	}
	if !slices.Contains(disabled, "rss") {
		h.s.hint(`Hugo's own feed stays at /index.xml; to give its readers this one, add "RSS" to disableKinds in ` + from + " and write aliases: {/index.xml: /feed.xml}")
	}
}
