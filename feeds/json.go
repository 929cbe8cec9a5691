package feeds

import (
	"cmp"
	"encoding/json"
	"io"

	gorilla "github.com/gorilla/feeds"

	"herald/source"
	"herald/source/text"
)

type jsonFeed struct {
	gorilla.JSONFeed
	Mark  jsonMark    `json:"_herald"`
	Items []*jsonItem `json:"items"`
}

// jsonMark is our extension: it keeps the feed's own id, for which JSON Feed has no place.
type jsonMark struct {
	ID string `json:"id"`
}

type jsonItem struct {
	gorilla.JSONItem
	Language    string           `json:"language,omitempty"`
	Published   string           `json:"date_published,omitempty"`
	Modified    string           `json:"date_modified,omitempty"`
	Attachments []jsonAttachment `json:"attachments,omitempty"`
}

type jsonAttachment struct {
	URL  string `json:"url"`
	Type string `json:"mime_type"`
	Size int64  `json:"size_in_bytes,omitempty"`
}

// WriteJSON writes f as JSON Feed 1.1. It returns errors of w only.
func WriteJSON(w io.Writer, f *Feed) error {
	d := &jsonFeed{
		JSONFeed: gorilla.JSONFeed{
			Version:     "https://jsonfeed.org/version/1.1",
			Title:       text.ForXML(f.Title),
			Language:    language(f.Language),
			HomePageUrl: text.ForXML(f.Link),
			FeedUrl:     text.ForXML(f.Self[JSON]),
			Description: f.description(),
			Icon:        text.ForXML(f.Image),
			Authors:     jsonAuthors(person(f.Author, f.Title)),
		},
		Mark:  jsonMark{text.ForXML(f.ID)},
		Items: make([]*jsonItem, len(f.Items)),
	}
	for _, h := range f.Hubs {
		d.Hubs = append(d.Hubs, &gorilla.JSONHub{Type: "WebSub", Url: text.ForXML(h)})
	}
	for i, a := range f.Items {
		d.Items[i] = newJSONItem(a, f.Content)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(d)
}

func newJSONItem(a *source.Article, content Content) *jsonItem {
	summary, body := content.shown(a)
	i := &jsonItem{
		JSONItem: gorilla.JSONItem{
			Id:          text.ForXML(a.ID),
			Url:         text.ForXML(a.URL),
			Title:       title(a),
			ContentHTML: text.ForXML(body),
			Summary:     summary,
			Image:       image(a),
			Authors:     jsonAuthors(authors(a)...),
			Tags:        terms(a),
		},
		Language:  language(a.Language),
		Published: stamp(a.Published),
		Modified:  stamp(updated(a)),
	}
	if i.ContentHTML == "" {
		i.ContentText = cmp.Or(text.ForXML(a.Summary), i.Title)
	}
	for _, e := range enclosures(a) {
		i.Attachments = append(i.Attachments, jsonAttachment{e.URL, e.Type, e.Length})
	}
	return i
}

func jsonAuthors(all ...source.Author) []*gorilla.JSONAuthor {
	var out []*gorilla.JSONAuthor
	for _, p := range all {
		out = append(out, &gorilla.JSONAuthor{Name: p.Name, Url: p.URL})
	}
	return out
}
