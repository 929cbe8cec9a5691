package feeds

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

type checkedJSON struct {
	Version string             `json:"version"`
	Title   string             `json:"title"`
	FeedURL string             `json:"feed_url"`
	Mark    *json.RawMessage   `json:"_herald"`
	Items   *[]checkedJSONItem `json:"items"`
}

type checkedJSONItem struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	HTML      some   `json:"content_html"`
	Text      some   `json:"content_text"`
	Published string `json:"date_published"`
	Modified  string `json:"date_modified"`
}

// some is a JSON string of which only matters that it is there.
type some bool

// UnmarshalJSON takes any string but "".
func (s *some) UnmarshalJSON(b []byte) error {
	*s = len(b) > 2 && b[0] == '"'
	return nil
}

func (g *gate) json(doc []byte) error {
	if len(doc) == 0 || doc[0] != '{' {
		return errors.New("it does not begin with {")
	}
	if !utf8.Valid(doc) {
		return errors.New("it is not UTF-8")
	}
	var d checkedJSON
	if err := json.Unmarshal(doc, &d); err != nil {
		return err
	}
	switch {
	case d.Version != "https://jsonfeed.org/version/1.1":
		return fmt.Errorf("its version is %q", d.Version)
	case d.Mark == nil:
		return errors.New("it does not bear our mark")
	case d.Items == nil:
		return errors.New("no items")
	}
	if err := required("title", d.Title); err != nil {
		return err
	}
	if err := g.ours(d.FeedURL); err != nil {
		return err
	}
	for _, i := range *d.Items {
		err := g.item(entry{i.ID, i.URL, i.Title, i.Published, time.RFC3339, i.Modified})
		if err != nil {
			return err
		}
		if !i.HTML && !i.Text {
			return fmt.Errorf("item %d (%s): no content", g.count, i.ID)
		}
	}
	return nil
}
