package feeds

import (
	"cmp"
	"io"

	"herald/source"
	"herald/source/text"
)

const jsonType = "application/feed+json"

// WriteJSON writes f as JSON Feed 1.1. Our extension "_herald" keeps the feed's own id, for which the format has no place.
// It returns errors of w only.
func WriteJSON(w io.Writer, f *Feed) error {
	b := buffer(f)
	j := &jsonText{*b}
	j.open("", "{")
	j.member("version", "https://jsonfeed.org/version/1.1")
	j.string("title", text.ForXML(f.Title))
	j.member("language", language(f.Language))
	j.member("home_page_url", f.Link)
	j.member("feed_url", f.Self[JSON])
	j.member("next_url", f.History.Previous[JSON])
	j.member("description", f.description())
	j.member("icon", f.Image)
	jsonAuthors(j, person(f.Author, f.Title))
	if len(f.Hubs) > 0 {
		j.open("hubs", "[")
		for _, h := range f.Hubs {
			j.open("", "{")
			j.member("type", "WebSub")
			j.member("url", h)
			j.shut("}")
		}
		j.shut("]")
	}
	j.open("_herald", "{")
	j.string("id", text.ForXML(f.ID))
	j.shut("}")
	j.open("items", "[")
	f.items(&j.b, func(a *source.Article, c Content) { jsonItem(j, a, c) })
	j.shut("]")
	j.shut("}")
	return write(w, b, j.b)
}

func jsonItem(j *jsonText, a *source.Article, content Content) {
	summary, body := content.shown(a)
	body = text.ForXML(body)
	j.open("", "{")
	j.string("id", text.ForXML(a.ID))
	j.member("url", a.URL)
	j.member("title", title(a))
	if body != "" {
		j.string("content_html", body)
	} else { // some content is demanded
		j.string("content_text", cmp.Or(text.ForXML(a.Summary), title(a)))
	}
	j.member("summary", summary)
	j.member("image", image(a))
	jsonAuthors(j, authors(a)...)
	jsonTags(j, terms(a))
	j.member("language", language(a.Language))
	j.member("date_published", stamp(a.Published))
	j.member("date_modified", stamp(updated(a)))
	if files := enclosures(a); len(files) > 0 {
		j.open("attachments", "[")
		for n, e := range files {
			j.open("", "{")
			j.member("url", e.URL)
			j.member("mime_type", e.Type)
			j.number("size_in_bytes", e.Length)
			if n == mainFile(files) && e.Plays() {
				j.number("duration_in_seconds", duration(a))
			}
			j.shut("}")
		}
		j.shut("]")
	}
	j.shut("}")
}

func jsonAuthors(j *jsonText, all ...source.Author) {
	if len(all) == 0 {
		return
	}
	j.open("authors", "[")
	for _, p := range all {
		j.open("", "{")
		j.member("name", p.Name)
		j.member("url", p.URL)
		j.shut("}")
	}
	j.shut("]")
}

func jsonTags(j *jsonText, all []term) {
	if len(all) == 0 {
		return
	}
	j.open("tags", "[")
	for _, t := range all {
		j.string("", t.value)
	}
	j.shut("]")
}
