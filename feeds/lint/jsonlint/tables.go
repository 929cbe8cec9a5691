package jsonlint

import (
	"fmt"
	"strings"
	"sync"

	"herald/feeds/lint/fragment"
	"herald/source/finding"
	"herald/source/value"
)

// The tables of JSON Feed 1.0 and 1.1 (jsonfeed.org).

type stringCheck = func(j *jsonReader, at int, key, s string)

func str(checks ...stringCheck) *field {
	return &field{kind: "string", check: func(j *jsonReader, at int, key, s string) {
		for _, check := range checks {
			check(j, at, key, s)
		}
	}}
}

func must(f *field) *field { f.required = true; return f }

func list(of *field) *field { return &field{kind: "array", of: of} }

// jsonFeed is the document.
var jsonFeed = sync.OnceValue(func() *field {
	return &field{kind: "object", close: closeJSONFeed, keys: map[string]*field{
		"version":       must(str(jsonVersion)),
		"title":         must(str(jsonPlain, jsonFilled)),
		"home_page_url": str(jsonURL),
		"feed_url":      str(jsonURL),
		"description":   str(jsonPlain),
		"user_comment":  str(),
		"next_url":      str(jsonURL),
		"icon":          str(jsonURL),
		"favicon":       str(jsonURL),
		"author":        jsonAuthor(),
		"authors":       list(jsonAuthor()),
		"language":      str(jsonLanguage),
		"expired":       {kind: "boolean"},
		"hubs":          list(&field{kind: "object", keys: map[string]*field{"type": must(str()), "url": must(str(jsonURL))}}),
		"items":         must(list(jsonItem())),
	}}
})

func jsonAuthor() *field {
	return &field{kind: "object", keys: map[string]*field{"name": str(jsonPlain), "url": str(jsonURL), "avatar": str(jsonURL)},
		close: func(j *jsonReader, at int, o object) {
			if !o.has("name") && !o.has("url") && !o.has("avatar") {
				j.report(at, "MissingElement", "an author has none of name, url and avatar")
			}
		}}
}

func jsonItem() *field {
	return &field{kind: "object", close: closeJSONItem, keys: map[string]*field{
		"id":             must(str(jsonFilled, jsonID)),
		"url":            str(jsonURL),
		"external_url":   str(jsonURL),
		"title":          str(jsonPlain),
		"content_html":   str(jsonHTML),
		"content_text":   str(),
		"summary":        str(jsonPlain),
		"image":          str(jsonURL),
		"banner_image":   str(jsonURL),
		"date_published": str(jsonDate, jsonPublished),
		"date_modified":  str(jsonDate),
		"author":         jsonAuthor(),
		"authors":        list(jsonAuthor()),
		"tags":           list(str(jsonPlain)),
		"language":       str(jsonLanguage),
		"attachments": list(&field{kind: "object", keys: map[string]*field{
			"url": must(str(jsonURL)), "mime_type": must(str(jsonType)), "title": str(), "size_in_bytes": {kind: "number"}, "duration_in_seconds": {kind: "number"},
		}}),
	}}
}

func jsonVersion(j *jsonReader, at int, _, s string) {
	switch s {
	case "https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1":
	default:
		j.report(at, "InvalidJSONVersion", "version "+finding.Quote(s))
	}
}

func (j *jsonReader) judged(at int, code, key, s string) {
	if code != "" {
		j.report(at, code, key+" "+finding.Quote(s))
	}
}

func jsonURL(j *jsonReader, at int, key, s string) {
	j.judged(at, value.FullURI(s, "InvalidFullLink"), key, s)
}

func jsonLanguage(j *jsonReader, at int, key, s string) { j.judged(at, value.Language(s), key, s) }

func jsonType(j *jsonReader, at int, key, s string) {
	j.judged(at, value.MIME(s, "InvalidMIMEType"), key, s)
}

func jsonDate(j *jsonReader, at int, key, s string) {
	j.judged(at, value.RFC3339(s, j.now), key, s)
}

func jsonPublished(j *jsonReader, _ int, _, s string) { j.stamps[s]++ }

func jsonFilled(j *jsonReader, at int, key, s string) {
	if strings.TrimSpace(s) == "" {
		j.report(at, "NotBlank", key+" is empty")
	}
}

// jsonPlain is a text that readers show as it is: only the content may hold HTML.
func jsonPlain(j *jsonReader, at int, key, s string) {
	if tag := fragment.Paired(s); tag != "" {
		j.report(at, "ContainsHTML", key+" holds <"+tag+">")
	}
}

func jsonHTML(j *jsonReader, at int, key, s string) {
	fragment.Check(s, func(code, what string) { j.report(at, code, key+": "+what) })
}

func jsonID(j *jsonReader, at int, key, s string) {
	if j.seen[s] {
		j.report(at, "DuplicateEntries", key+" "+finding.Quote(s)+" is another item's too")
	}
	j.seen[s] = true
}

func closeJSONItem(j *jsonReader, at int, o object) {
	if !o.has("content_html") && !o.has("content_text") {
		j.report(at, "MissingContent", "an item has neither content_html nor content_text")
	}
	if !o.has("date_published") {
		j.report(at, "MissingDate", "an item has no date_published")
	}
}

func closeJSONFeed(j *jsonReader, at int, o object) {
	self := o["feed_url"]
	switch {
	case !o.has("feed_url"):
		j.report(at, "MissingSelf", "the feed has no feed_url")
	case o.has("next_url") && value.SamePlace(self, o["next_url"]):
		j.report(at, "LinkPastEnd", "next_url is the feed itself")
	case j.url != "" && !value.SamePlace(self, j.url):
		j.report(at, "SelfDoesntMatchLocation", "the feed lies at "+finding.Quote(j.url)+" and says "+finding.Quote(self))
	}
	if !o.has("home_page_url") {
		j.report(at, "MissingHomePage", "the feed has no home_page_url")
	}
	twice := 0
	for _, n := range j.stamps {
		if n > 1 {
			twice++
		}
	}
	if twice > 0 {
		j.report(at, "DuplicateDates", fmt.Sprintf("%d moments of publication stand at more than one item", twice))
	}
}
