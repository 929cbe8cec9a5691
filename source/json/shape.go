package json

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// shaped returns an item of a system that no preset knows as the reader understands it, where widely used ones say things in ways of
// their own. named are the names of fields that the config gives.
//
// Strapi 5 gives an article another id whenever it is published: documentId is what stays, one for all its languages. Strapi 4 and JSON:API
// have what an item says in attributes. A publishedAt of null is how Strapi calls a draft.
func shaped(item map[string]any, named map[string][]string) map[string]any {
	_, wrapped := item["attributes"].(map[string]any)
	if wrapped {
		level(item, named)
	}
	document := str(item, "documentId")
	if language := str(item, "locale"); document != "" && len(named["id"]) == 0 {
		item["id"] = strings.TrimSuffix(document+"-"+language, "-")
	}
	moment, there := item["publishedAt"]
	draft := there && moment == nil && (document != "" || wrapped)
	switch status := item["status"].(type) {
	case bool:
		draft = draft || !status
	case string:
		draft = draft || strings.EqualFold(strings.TrimSpace(status), "archived")
	}
	if _, says := item["draft"]; draft && !says {
		item["draft"] = true
	}
	return item
}

// level puts the members of an item's attributes beside them. They themselves stay only where the config leads into them.
func level(item map[string]any, named map[string][]string) {
	attributes, _ := item["attributes"].(map[string]any)
	leads := func(name string) bool { return strings.HasPrefix(name, "attributes.") }
	stays := false
	for _, names := range named {
		stays = stays || slices.ContainsFunc(names, leads)
	}
	if !stays {
		delete(item, "attributes")
	}
	for name, v := range attributes {
		if _, taken := item[name]; !taken {
			item[name] = led(v)
		}
	}
}

// led returns what a relation of Strapi 4 leads to, {"data": {"id": 1, "attributes": {…}}}, as one map; any other value as it is.
func led(v any) any {
	switch v := v.(type) {
	case []any:
		all := make([]any, len(v))
		for i := range v {
			all[i] = led(v[i])
		}
		return all
	case map[string]any:
		if inner, found := v["data"]; found && len(v) == 1 {
			return led(inner)
		}
		attributes, found := v["attributes"].(map[string]any)
		if !found {
			return v
		}
		flat := map[string]any{"id": v["id"]}
		for name, inner := range attributes {
			flat[name] = led(inner)
		}
		return flat
	}
	return v
}

// states are the words of a status that say whether an article is public: those that the reader knows, and those that say that it is.
var states = []string{"draft", "drafts", "private", "pending", "unpublished", "trash", "skip", "auto-draft", "hidden", "archived",
	"published", "publish", "public", "live", "active", "online", "visible", "approved", "sent"}

// oddStatus returns a warning of a status that says something else: "in review" is meant to hide an article, perhaps.
func oddStatus(item map[string]any) string {
	word, _ := item["status"].(string)
	if word = strings.TrimSpace(word); word == "" || slices.Contains(states, strings.ToLower(word)) {
		return ""
	}
	return fmt.Sprintf("the status %q is none that is known, and the article is public: where it is not meant to be, have url ask for published ones alone", brief(word, 40))
}

// countOf returns how many items all pages hold, as Strapi, Payload and Directus (with meta=filter_count) say it; -1: the page does not.
func countOf(p *page) int {
	n := -1
	said := struct {
		Meta struct {
			Pagination  struct{ Total *int }
			FilterCount *int `json:"filter_count"`
		}
		TotalDocs *int `json:"totalDocs"`
	}{}
	_ = json.Unmarshal(p.doc, &said) // a document of another shape says nothing
	for _, count := range []*int{said.Meta.Pagination.Total, said.Meta.FilterCount, said.TotalDocs} {
		if count != nil {
			n = max(n, *count)
		}
	}
	return n
}
