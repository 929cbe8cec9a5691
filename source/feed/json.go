package feed

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"
)

type jsonDocument struct {
	Version string `json:"version"`
	Title   string `json:"title"`
	Home    string `json:"home_page_url"`
	Next    string `json:"next_url"`
	Mark    *struct {
		ID string `json:"id"`
	} `json:"_herald"`
	Items []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        jsonID `json:"id"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Summary   string `json:"summary"`
	HTML      string `json:"content_html"`
	Text      string `json:"content_text"`
	Published string `json:"date_published"`
	Modified  string `json:"date_modified"`
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
	d := &Document{Format: JSON, Title: j.Title, Link: j.Home, Older: j.Next}
	if j.Mark != nil {
		d.Ours, d.ID = true, j.Mark.ID
	}
	for _, i := range j.Items {
		err := d.add(Item{
			ID:        string(i.ID),
			URL:       i.URL,
			Title:     i.Title,
			Summary:   i.Summary,
			Content:   cmp.Or(i.HTML, i.Text),
			Published: parseDate(i.Published),
			Updated:   parseDate(i.Modified),
		})
		if err != nil {
			return nil, err
		}
	}
	return d, nil
}
