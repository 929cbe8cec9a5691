package json

import (
	"cmp"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"herald/source/reader"
	"herald/source/remote"
)

// back is how much of what was seen before is asked for again: for clocks that are set back by an hour, and changes that were being
// written.
const back = time.Hour + time.Minute

// wordPress is the REST interface, version 2, of WordPress. Ids ascend, so that what is written meanwhile comes last.
func wordPress(u *url.URL) dialect {
	base := *u
	if !strings.Contains(base.Path, "/wp-json/") && !base.Query().Has("rest_route") {
		base = *u.JoinPath("wp-json/wp/v2/posts")
	}
	ask := func(more map[string]string) string {
		set := map[string]string{"per_page": "100", "page": "1", "orderby": "id", "order": "asc", "_embed": "author,wp:featuredmedia,wp:term"}
		for name, value := range more {
			set[name] = value
		}
		return with(&base, set, "per_page", "_embed")
	}
	d := dialect{
		ids: regexp.MustCompile(`^[0-9]{1,20}$`), name: named(&base), keys: []string{"id"}, text: str, fields: wordPressFields,
		first: func(since string) string { return ask(wordPressSince(since)) },
		total: func(p *page) int { return header(p.header, "X-WP-Total", -1) },
		ends: func(a *remote.Answer) bool {
			return a.Status == http.StatusBadRequest && strings.Contains(string(a.Body), "rest_post_invalid_page_number")
		},
		one: func(key string) string { return ask(map[string]string{"include": key}) },
	}
	if route := base.Query().Get("rest_route"); route != "" {
		d.name += "?rest_route=" + route
	} else if root, path, found := strings.Cut(d.name, "/wp-json/"); found {
		d.hint = fmt.Sprintf("a WordPress with plain permalinks answers at %s/?rest_route=/%s", root, path)
	}
	d.place = func(key string, number uint32) string {
		if isNumberKey(key) {
			return d.name + ": " + key
		}
		return strings.TrimSuffix(d.name, "/") + "/" + url.PathEscape(key)
	}
	d.next = wordPressNext(base.Query().Get("modified_after"), ask)
	d.changed = func(item map[string]any) []string {
		if str(item, "status") == "future" {
			return nil
		}
		return []string{wordPressMoment(item, "modified"), wordPressMoment(item, "date")}
	}
	return d
}

// wordPressNext returns the pages of a question, and behind those of what was modified since a moment what has been published since: that does not
// modify a scheduled post. modified is the parameter modified_after that the operator wrote; ask makes an address with other parameters.
func wordPressNext(modified string, ask func(more map[string]string) string) func(p *page) (string, error) {
	return func(p *page) (string, error) {
		asked, err := url.Parse(p.url)
		if err != nil {
			return "", err
		}
		q := asked.Query()
		number, err := strconv.Atoi(q.Get("page"))
		if err != nil {
			return "", err
		}
		pages := header(p.header, "X-WP-TotalPages", -1)
		if len(p.items) > 0 && (number < pages || pages < 0 && p.fresh > 0) { // a server that does not count repeats itself
			return with(asked, map[string]string{"page": strconv.Itoa(number + 1)}), nil
		}
		if since := q.Get("modified_after"); since != modified {
			return ask(map[string]string{"after": since}), nil
		}
		return "", nil
	}
}

// wordPressSince asks for what has changed since a moment.
func wordPressSince(since string) map[string]string {
	at, err := time.Parse(time.RFC3339, since)
	if err != nil {
		return nil
	}
	return map[string]string{"modified_after": at.Add(-back).Format(time.RFC3339)}
}

// wordPressMoment returns a moment of a post, RFC 3339, in the zone of the site, which the interface may compare in; "": it has none.
func wordPressMoment(item map[string]any, name string) string {
	const layout = "2006-01-02T15:04:05"
	gmt, err := time.Parse(layout, str(item, name+"_gmt"))
	if err != nil {
		return ""
	}
	if local, err := time.Parse(layout, str(item, name)); err == nil {
		gmt = gmt.In(time.FixedZone("", int(local.Sub(gmt).Round(time.Minute)/time.Second)))
	}
	return gmt.Format(time.RFC3339)
}

// header returns a number in a header; or else where there is none.
func header(h http.Header, name string, or int) int {
	if n, err := strconv.Atoi(strings.TrimSpace(h.Get(name))); err == nil && n >= 0 {
		return n
	}
	return or
}

// wordPressFields says in our words what a post says.
func wordPressFields(item map[string]any) (map[string]any, string, error) {
	if protected, _ := lookup(item, "content.protected").(bool); protected || str(item, "password") != "" {
		return nil, "", &reader.SkipError{Why: "it is protected by a password"}
	}
	fields := map[string]any{
		"title": rendered(item, "title"), "content": rendered(item, "content"), "excerpt": wordPressExcerpt(item),
		"id": html.UnescapeString(rendered(item, "guid")), "slug": str(item, "slug"), "lang": str(item, "lang"),
		"date": gmt(item, "date"), "updated": gmt(item, "modified"), "image": wordPressImage(item),
	}
	link, public := wordPressLink(item)
	if !public {
		fields["draft"] = true
	}
	embedded(item, fields)
	if canonical := str(item, "yoast_head_json.canonical"); canonical != "" && canonical != link {
		fields["canonical_url"] = canonical
	}
	if str(item, "yoast_head_json.robots.index") == "noindex" {
		fields["robots"] = "noindex"
	}
	return fields, link, nil
}

// wordPressLink returns where a post stands, and whether it may be public at its date. That a post is scheduled only who may edit it is told; the
// address that it will have then is known where it says how it is made (context=edit): until it is published, its link is another.
func wordPressLink(item map[string]any) (link string, public bool) {
	link = str(item, "link")
	status, template, slug := str(item, "status"), str(item, "permalink_template"), cmp.Or(str(item, "slug"), str(item, "generated_slug"))
	switch {
	case status == "" || status == "publish":
		return link, true
	case template == "" || slug == "":
		return link, false
	}
	return strings.NewReplacer("%postname%", slug, "%pagename%", slug).Replace(template), status == "future"
}

// rendered returns what a field says as HTML.
func rendered(item map[string]any, name string) string {
	return cmp.Or(str(item, name+".rendered"), str(item, name))
}

// gmt returns a moment of a post: that in UTC, else that in the zone of the site, as a text without an offset.
func gmt(item map[string]any, name string) string {
	if text := str(item, name+"_gmt"); text != "" && !strings.HasPrefix(text, "0000") {
		return text + "Z"
	}
	return str(item, name)
}

// wordPressExcerpt returns an excerpt, unless WordPress cut it from the text itself: we cut at sentences. Who may edit a post (context=edit) is told
// what was written; else its end says it.
func wordPressExcerpt(item map[string]any) string {
	excerpt := rendered(item, "excerpt")
	if written, told := lookup(item, "excerpt.raw").(string); told {
		if strings.TrimSpace(written) == "" {
			return ""
		}
		return excerpt
	}
	words := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(excerpt), "</p>"))
	for _, cut := range []string{"[&hellip;]", "[…]", "[&#8230;]", "[...]"} {
		if strings.HasSuffix(words, cut) {
			return ""
		}
	}
	if strings.Contains(words, `class="more-link"`) {
		return ""
	}
	return excerpt
}

// embedded adds what stands beside a post: its authors and terms.
func embedded(item, fields map[string]any) {
	var authors []any
	for _, one := range objects(lookup(item, "_embedded.author")) {
		if name := html.UnescapeString(str(one, "name")); name != "" {
			author := map[string]any{"name": name}
			if link := str(one, "link"); link != "" {
				author["url"] = link
			}
			authors = append(authors, author)
		}
	}
	terms := map[string][]any{}
	groups, _ := lookup(item, "_embedded.wp:term").([]any)
	for _, group := range groups {
		for _, term := range objects(group) {
			if name := html.UnescapeString(str(term, "name")); name != "" {
				terms[str(term, "taxonomy")] = append(terms[str(term, "taxonomy")], name)
			}
		}
	}
	for name, all := range map[string][]any{"authors": authors, "categories": terms["category"], "tags": terms["post_tag"]} {
		if len(all) > 0 {
			fields[name] = all
		}
	}
}

// wordPressImage returns the address of the picture that a post shows first.
func wordPressImage(item map[string]any) string {
	for _, media := range objects(lookup(item, "_embedded.wp:featuredmedia")) {
		if address := str(media, "source_url"); address != "" && cmp.Or(str(media, "media_type"), "image") == "image" {
			return address
		}
	}
	return str(item, "jetpack_featured_media_url")
}

// objects returns the objects of a list.
func objects(v any) (all []map[string]any) {
	items, _ := v.([]any)
	for _, item := range items {
		if one, ok := item.(map[string]any); ok {
			all = append(all, one)
		}
	}
	return all
}
