package reader

import (
	"slices"
	"strings"

	"herald/source"
	"herald/source/date"
	"herald/source/frontmatter"
)

// readStates fills the flags that decide where the article stands.
func (m *manuscript) readStates(a *source.Article, d Defaults) error {
	draft, set, err := m.readDraft()
	if err != nil {
		return err
	}
	a.Draft = a.Draft || draft || !set && d.Draft
	m.readSitemap(a, d)
	m.readFeed(a, d)
	a.Minor, _ = m.flag(minorKeys...)
	m.readRobots(a, d)
	if m.has(otherStateKeys) {
		a.Draft = a.Draft || m.isKeptIn()
		m.readLists(a)
	}
	return nil
}

// readDraft reads what says that an article is a draft, or that it is none.
func (m *manuscript) readDraft() (draft, set bool, err error) {
	for _, key := range m.these(draftKeys) {
		name, v := m.lookup(key)
		if v.Kind == frontmatter.Null {
			continue
		}
		yes, known := truth(v.Text)
		if !known {
			return false, false, source.Refuse(v.Line, v.Column, name+": want true or false")
		}
		draft, set = draft || yes, true
	}
	_, v := m.lookup("published")
	if yes, known := truth(v.Text); known {
		return draft || !yes, true, nil
	}
	return draft, set, checkPublished(v)
}

// checkPublished refuses what is neither yes nor no nor a date: it may have been meant to hide the article.
func checkPublished(v frontmatter.Value) error {
	if v = dateMember(v); !isThere(v) {
		return nil
	}
	if _, _, _, err := date.Read(v.Text, nil); err != nil {
		return source.Refuse(v.Line, v.Column, "published: want true, false or a date")
	}
	return nil
}

// isKeptIn reports whether a generator makes no page of the article that readers could find.
func (m *manuscript) isKeptIn() bool {
	for _, key := range []string{"private", "unpublished", "headless"} {
		if yes, _ := m.flag(key); yes {
			return true
		}
	}
	for _, key := range []string{"publish", "render"} {
		if yes, known := m.truthOf(key); known && !yes {
			return true
		}
	}
	for _, word := range m.statusWords() {
		switch word {
		case "draft", "drafts", "private", "pending", "unpublished", "trash", "skip", "auto-draft":
			return true
		}
	}
	render := strings.ToLower(m.build().Member("render"))
	return render == "never" || render == "link" || isFalse(render)
}

// statusWords returns the words of status, and of _status, in lower case.
func (m *manuscript) statusWords() []string {
	var words []string
	for _, key := range []string{"status", "_status"} {
		_, v := m.lookup(key)
		words = append(words, m.texts(key, v)...)
	}
	for i := range words {
		words[i] = strings.ToLower(words[i])
	}
	return words
}

// build returns Hugo's map of what is made of a page.
func (m *manuscript) build() frontmatter.Value {
	key, v := m.lookup("build", "_build")
	if v.Kind == frontmatter.Scalar || v.Kind == frontmatter.List {
		m.warn(v, "%s: want a map (render, list); it is left out", key)
	}
	return v
}

// truthOf reads a key that may hold other things than yes and no.
func (m *manuscript) truthOf(key string) (yes, known bool) {
	_, v := m.lookup(key)
	if v.Kind != frontmatter.Scalar {
		return false, false
	}
	return truth(v.Text)
}

// readSitemap fills NoSitemap. A map holds hints for sitemaps, and Hugo's disable.
func (m *manuscript) readSitemap(a *source.Article, d Defaults) {
	_, v := m.lookup(sitemapKeys...)
	yes, set := true, false
	if v.Kind == frontmatter.Mapping {
		for _, word := range []string{v.Member("disable"), v.Member("exclude"), v.Member("ignore"), v.Member("noindex")} {
			if off, known := truth(word); known {
				yes, set = yes && !off, true
			}
		}
		if in, known := truth(v.Member("include")); known {
			yes, set = yes && in, true
		}
	} else {
		yes, set = m.flag(sitemapKeys...)
	}
	a.NoSitemap = set && !yes || !set && d.NoSitemap
	if out, _ := m.flag(noSitemapKeys...); out {
		a.NoSitemap = true
	}
}

// readFeed fills NoFeed. What readers need a password for is in no feed, where it would be there for all.
func (m *manuscript) readFeed(a *source.Article, d Defaults) {
	yes, set := m.flag(feedKeys...)
	a.NoFeed = set && !yes || !set && d.NoFeed
	if out, _ := m.flag(noFeedKeys...); out {
		a.NoFeed = true
	}
	if _, v := m.lookup("password"); isThere(v) && !isFalse(v.Text) {
		m.warn(v, "password: what is behind a password stands in no feed")
		a.NoFeed = true
	}
}

// readRobots fills NoIndex.
func (m *manuscript) readRobots(a *source.Article, d Defaults) {
	_, robots := m.lookup(robotsKeys...)
	set := isThere(robots)
	if robots.Kind == frontmatter.Mapping {
		in, known := truth(robots.Member("index"))
		out, _ := truth(robots.Member("noindex"))
		a.NoIndex = known && !in || out
	} else {
		a.NoIndex = hasNoIndex(m.texts("robots", robots))
	}
	if out, known := m.flag(noIndexKeys...); known {
		a.NoIndex, set = a.NoIndex || out, true
	}
	a.NoIndex = a.NoIndex || !set && d.NoIndex
}

// hasNoIndex reports whether words for robots keep an article out of search engines.
func hasNoIndex(words []string) bool {
	for _, word := range words {
		for _, directive := range strings.FieldsFunc(strings.ToLower(word), func(r rune) bool { return r == ',' || r == ' ' }) {
			if directive == "noindex" || directive == "none" {
				return true
			}
		}
	}
	return false
}

// readLists fills the flags of articles that are published and that no list of the generator shows.
func (m *manuscript) readLists(a *source.Article) {
	list := strings.ToLower(m.build().Member("list"))
	excluded, _ := m.truthOf("eleventyexcludefromcollections")
	hidden := slices.Contains(m.statusWords(), "hidden")
	unlisted, _ := m.flag("unlisted")
	if list == "never" || list == "local" || isFalse(list) || excluded || hidden || unlisted {
		a.NoFeed, a.NoSitemap = true, true
	}
	a.NoIndex = a.NoIndex || unlisted
}

// redirect returns why a file whose page only leads elsewhere is no article; "" where it is one.
func redirect(fields []frontmatter.Field) string {
	if key, _ := frontmatter.Lookup(fields, redirectKeys...); key == "" {
		return ""
	}
	for _, key := range redirectKeys {
		_, v := frontmatter.Lookup(fields, key)
		to := strings.TrimSpace(v.Text)
		if v.Kind == frontmatter.List && len(v.Items) > 0 {
			to = strings.TrimSpace(v.Items[0].Text)
		}
		if key == "redirect_to" && to != "" && !isFalse(to) || strings.HasPrefix(to, "/") || strings.Contains(to, "://") {
			return "its page only leads to " + brief(to) + " (" + key + ")"
		}
	}
	return ""
}
