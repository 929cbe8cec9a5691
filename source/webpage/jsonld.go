package webpage

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Bounds of JSON-LD.
const (
	maxJSON  = 1 << 20 // bytes of one script
	maxNodes = 1000    // objects at its top level
)

// linkedData is what the scripts of type application/ld+json say.
type linkedData struct {
	raw      string // the script that is read now
	nodes    []node
	articles []node
	article  node // the one that the page is about, nil if there is none
}

// node is an object of JSON-LD.
type node map[string]any

// finish reads the script that has ended. What cannot be read is warned of and left out.
func (l *linkedData) finish() (warnings []string) {
	raw := strings.TrimSpace(l.raw)
	l.raw = ""
	for _, wrap := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"/*<![CDATA[*/", "/*]]>*/"}, {"<![CDATA[", "]]>"}} {
		if inside, found := strings.CutPrefix(raw, wrap[0]); found {
			raw = strings.TrimSpace(strings.TrimSuffix(inside, wrap[1]))
		}
	}
	if raw == "" {
		return nil
	}
	var v any
	if len(raw) > maxJSON {
		return []string{"its JSON-LD is longer than 1 MB and is left out"}
	}
	if err := json.Unmarshal([]byte(raw), &v); err != nil {
		return []string{fmt.Sprintf("its JSON-LD is left out: %v", err)}
	}
	l.add(v, 0)
	return nil
}

// add takes the objects of a document: one, a list, or those of @graph.
func (l *linkedData) add(v any, depth int) {
	if depth > 4 || len(l.nodes) >= maxNodes {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			l.add(item, depth+1)
		}
	case map[string]any:
		n := node(v)
		l.nodes = append(l.nodes, n)
		if n.isArticle() {
			l.articles = append(l.articles, n)
		}
		l.add(v["@graph"], depth+1)
		if _, isObject := v["mainEntity"].(map[string]any); isObject && !n.isArticle() {
			l.add(v["mainEntity"], depth+1)
		}
	}
}

// choose finds the article that the page is about: the only one, the one at an address, or of several with one headline the first.
func (l *linkedData) choose(address string) {
	for _, n := range l.articles {
		if len(l.articles) == 1 || address != "" && sameAddress(n.address(), address) {
			l.article = n
			return
		}
	}
	for i, n := range l.articles {
		if i > 0 && n.text("headline") != l.articles[0].text("headline") {
			return
		}
	}
	if len(l.articles) > 0 {
		l.article = l.articles[0]
	}
}

func sameAddress(a, b string) bool {
	a, _, _ = strings.Cut(a, "#")
	return a != "" && strings.TrimSuffix(a, "/") == strings.TrimSuffix(b, "/")
}

// articleTypes are the types of schema.org that are articles.
const articleTypes = " Article NewsArticle BlogPosting TechArticle Report ScholarlyArticle LiveBlogPosting SocialMediaPosting DiscussionForumPosting APIReference " +
	"AnalysisNewsArticle OpinionNewsArticle ReportageNewsArticle ReviewNewsArticle BackgroundNewsArticle AskPublicNewsArticle AdvertiserContentArticle SatiricalArticle "

// isArticleType reports whether a type is one of an article, as a name or a URL of schema.org.
func isArticleType(name string) bool {
	name = name[strings.LastIndexAny(name, "/:#")+1:]
	return name != "" && !strings.Contains(name, " ") && strings.Contains(articleTypes, " "+name+" ")
}

func (n node) isArticle() bool {
	for _, name := range texts(n["@type"]) {
		if isArticleType(name) {
			return true
		}
	}
	return false
}

// text returns the first of some members that is a text or an object with one.
func (n node) text(keys ...string) string {
	for _, key := range keys {
		for _, t := range texts(n[key]) {
			if t = strings.TrimSpace(t); t != "" {
				return t
			}
		}
	}
	return ""
}

// address returns where the node says that its page stands.
func (n node) address() string {
	for _, key := range []string{"mainEntityOfPage", "url", "@id"} {
		v := n[key]
		if object, ok := v.(map[string]any); ok {
			v = firstOf(text1(object["@id"]), text1(object["url"]))
		}
		if t := text1(v); isWebAddress(t) || strings.HasPrefix(t, "/") {
			return t
		}
	}
	return ""
}

// text1 returns the first text in a value.
func text1(v any) string {
	for _, t := range texts(v) {
		return t
	}
	return ""
}

// texts returns the texts in a value: one, or those of a list; an object of JSON-LD stands for its value.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, item := range v {
			switch item := item.(type) {
			case string:
				all = append(all, item)
			case map[string]any:
				all = append(all, text1(item["@value"]))
			}
			if len(all) >= maxTerms {
				break
			}
		}
		return all
	case map[string]any:
		if t, ok := v["@value"].(string); ok {
			return []string{t}
		}
	}
	return nil
}

// follow returns the object that a value is or refers to by its @id.
func (l *linkedData) follow(v any) node {
	object, ok := v.(map[string]any)
	if !ok {
		return nil
	}
	if id, ok := object["@id"].(string); ok && object["name"] == nil && object["url"] == nil {
		for _, n := range l.nodes {
			if n["@id"] == id {
				return n
			}
		}
	}
	return object
}

// each returns the values of a member, one or many.
func each(v any) []any {
	if list, ok := v.([]any); ok {
		return list[:min(len(list), maxTerms)]
	}
	if v == nil {
		return nil
	}
	return []any{v}
}

// image returns the URL of the article's picture.
func (l *linkedData) image() string {
	for _, v := range append(each(l.article["image"]), each(l.article["thumbnailUrl"])...) {
		if t, ok := v.(string); ok {
			return t
		}
		if t := l.follow(v).text("url", "contentUrl", "@id"); t != "" {
			return t
		}
	}
	return ""
}

// authors returns the article's authors as front matter has them.
func (l *linkedData) authors() []any {
	var all []any
	for _, v := range append(each(l.article["author"]), each(l.article["creator"])...) {
		if name, ok := v.(string); ok {
			if name = strings.TrimSpace(name); name != "" && !isWebAddress(name) {
				all = append(all, map[string]any{"name": name})
			}
			continue
		}
		n := l.follow(v)
		one := map[string]any{"name": firstOf(n.text("name"), strings.TrimSpace(n.text("givenName")+" "+n.text("familyName")))}
		if url := n.text("url"); isWebAddress(url) {
			one["url"] = url
		}
		if one["name"] != "" {
			all = append(all, one)
		}
	}
	return all
}
