package json

import (
	"cmp"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// ghost is the Content API of Ghost.
func ghost(u *url.URL) dialect {
	base := *u
	if !strings.Contains(base.Path, "/ghost/api/") {
		base = *u.JoinPath("ghost/api/content/posts/")
	}
	ask := func(number int, filter string) string {
		set := map[string]string{"limit": "100", "page": strconv.Itoa(number), "include": "tags,authors", "order": "id asc"}
		if own := base.Query().Get("filter"); own != "" && filter != "" {
			filter = "(" + own + ")+" + filter
		}
		if filter != "" {
			set["filter"] = filter
		}
		return with(&base, set, "limit")
	}
	d := dialect{
		ids: regexp.MustCompile(`^[0-9a-f]{24}$`), name: named(&base), keys: []string{"id", "uuid"}, text: str, fields: ghostFields,
		items:   "posts",
		first:   func(since string) string { return ask(1, ghostSince(since)) },
		total:   func(p *page) int { return number(p, "total") },
		one:     func(key string) string { return ask(1, "id:'"+strings.ReplaceAll(key, "'", "")+"'") },
		changed: func(item map[string]any) []string { return []string{str(item, "updated_at")} },
	}
	if strings.HasSuffix(strings.TrimSuffix(base.Path, "/"), "/pages") {
		d.items = "pages"
	}
	d.place = func(key string, number uint32) string {
		if isNumberKey(key) {
			return d.name + ": " + key
		}
		return strings.TrimSuffix(d.name, "/") + "/" + url.PathEscape(key) + "/"
	}
	d.next = func(p *page) (string, error) {
		next := number(p, "next")
		asked, err := url.Parse(p.url)
		if err != nil || next < 0 {
			return "", err
		}
		return with(asked, map[string]string{"page": strconv.Itoa(next)}), nil
	}
	return d
}

// number returns a number of the pagination of a page; -1: it has none.
func number(p *page, name string) int {
	v, err := at(p.doc, "meta.pagination."+name)
	if err != nil {
		return -1
	}
	if n, err := strconv.Atoi(string(v)); err == nil && n >= 0 {
		return n
	}
	return -1
}

// ghostSince asks for what has changed since a moment. The database compares it as a text in UTC.
func ghostSince(since string) string {
	at, err := time.Parse(time.RFC3339, since)
	if err != nil {
		return ""
	}
	return "updated_at:>'" + at.Add(-back).UTC().Format(time.DateTime) + "'"
}

// ghostFields says in our words what a post says: its title and excerpt are text, not HTML. Code that it has injected is no part of it.
func ghostFields(item map[string]any) (map[string]any, string, error) {
	fields := map[string]any{
		"title": html.EscapeString(str(item, "title")), "content": str(item, "html"), "id": str(item, "id"),
		"slug": str(item, "slug"), "lang": str(item, "locale"), "date": str(item, "published_at"), "updated": str(item, "updated_at"),
		"image": str(item, "feature_image"),
	}
	if status := str(item, "status"); status != "" && status != "published" {
		fields["draft"] = true
	}
	excerpt := str(item, "custom_excerpt")
	if fields["content"] == "" { // for members only
		excerpt = cmp.Or(excerpt, str(item, "excerpt"))
	}
	fields["excerpt"] = html.EscapeString(excerpt)
	var authors, tags []any
	for _, one := range objects(item["authors"]) {
		if name := str(one, "name"); name != "" {
			author := map[string]any{"name": name}
			if link := str(one, "url"); link != "" && !strings.HasSuffix(link, "/404/") {
				author["url"] = link
			}
			authors = append(authors, author)
		}
	}
	for _, one := range objects(item["tags"]) {
		if name := str(one, "name"); name != "" && !strings.HasPrefix(name, "#") && str(one, "visibility") != "internal" {
			tags = append(tags, name)
		}
	}
	if len(authors) > 0 {
		fields["authors"] = authors
	}
	if len(tags) > 0 {
		fields["categories"] = tags
	}
	link := str(item, "url")
	if canonical := str(item, "canonical_url"); canonical != "" && canonical != link {
		fields["canonical_url"] = canonical
	}
	return fields, link, nil
}
