package feed

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"

	"herald/source"
)

type jsonDocument struct {
	Version  string `json:"version"`
	Title    string `json:"title"`
	Home     string `json:"home_page_url"`
	Self     string `json:"feed_url"`
	Language string `json:"language"`
	Next     string `json:"next_url"`
	jsonAuthors
	Mark *struct {
		ID string `json:"id"`
	} `json:"_herald"`
	Items []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        jsonID   `json:"id"`
	URL       string   `json:"url"`
	Title     string   `json:"title"`
	Summary   string   `json:"summary"`
	HTML      string   `json:"content_html"`
	Text      string   `json:"content_text"`
	Published string   `json:"date_published"`
	Modified  string   `json:"date_modified"`
	Language  string   `json:"language"`
	Image     string   `json:"image"`
	Banner    string   `json:"banner_image"`
	Tags      []string `json:"tags"`
	jsonAuthors
	Attachments []struct {
		URL  string  `json:"url"`
		Type string  `json:"mime_type"`
		Size float64 `json:"size_in_bytes"`
	} `json:"attachments"`
}

// jsonAuthors are the authors of a feed or an item: a list, and the one that version 1 had.
type jsonAuthors struct {
	Authors []jsonAuthor `json:"authors"`
	Author  *jsonAuthor  `json:"author"`
}

type jsonAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

func (a jsonAuthors) all() (all []source.Author) {
	if len(a.Authors) == 0 && a.Author != nil {
		a.Authors = []jsonAuthor{*a.Author}
	}
	for _, one := range a.Authors[:min(len(a.Authors), maxMany)] {
		if one.Name != "" {
			all = append(all, source.Author{Name: one.Name, URL: one.URL})
		}
	}
	return all
}

// jsonID is a string, or a number as its digits (JSON Feed 1.1, "id").
type jsonID string

// UnmarshalJSON takes a string or a number; anything else is no id.
func (id *jsonID) UnmarshalJSON(b []byte) error {
	var s string
	var n json.Number
	if json.Unmarshal(b, &s) == nil {
		*id = jsonID(s)
	} else if json.Unmarshal(b, &n) == nil {
		*id = jsonID(n)
	}
	return nil
}

func parseJSON(doc []byte) (*Document, error) {
	var j jsonDocument
	var kind *json.UnmarshalTypeError // a field of another kind stays zero, the rest is read
	if err := json.Unmarshal(doc, &j); err != nil && !errors.As(err, &kind) {
		return nil, err
	}
	if !strings.Contains(j.Version, "jsonfeed.org/version/") {
		return nil, errors.New("JSON that is no JSON Feed")
	}
	d := &Document{Format: JSON, Title: j.Title, Link: j.Home, Self: j.Self, Language: j.Language, Authors: j.all(), Older: j.Next}
	if j.Mark != nil {
		d.Ours, d.ID = true, j.Mark.ID
	}
	for _, i := range j.Items {
		if err := d.add(i.item()); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func (i jsonItem) item() Item {
	item := Item{
		ID:      string(i.ID),
		URL:     i.URL,
		Title:   i.Title,
		Summary: i.Summary,
		Content: cmp.Or(i.HTML, i.Text),
		Plain:   i.HTML == "" && i.Text+i.Summary != "",
		Cut:     len(i.HTML) > maxText || len(i.Text) > maxText,
		Media:   Media{Language: i.Language, Authors: i.all(), Tags: i.Tags[:min(len(i.Tags), maxMany)], Image: cmp.Or(i.Image, i.Banner)},
	}
	item.Published, item.Loose.Published = parseDate(i.Published)
	item.Updated, item.Loose.Updated = parseDate(i.Modified)
	for _, a := range i.Attachments[:min(len(i.Attachments), maxMany)] {
		e := source.Enclosure{URL: a.URL, Type: a.Type}
		if a.Size > 0 && a.Size < 1<<53 {
			e.Length = int64(a.Size)
		}
		item.Enclosures = append(item.Enclosures, e)
	}
	return item
}
