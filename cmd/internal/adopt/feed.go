package adopt

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"herald/cmd/internal/ledger"
	"herald/source/feed"
	"herald/source/text"
	"herald/source/weburl"
)

// Feed is what is adopted of a feed. It travels from the command to the process that holds the state.
type Feed struct {
	Name   string      `json:"name"` // as the operator named it
	Format feed.Format `json:"format"`
	Home   string      `json:"home,omitempty"` // the site's page, which relative links start from
	Sum    []byte      `json:"sum"`            // SHA-256 of the document
	Items  []Item      `json:"items"`
}

// Item is one entry of a feed as it stands there.
type Item struct {
	ID        string    `json:"id,omitempty"`
	URL       string    `json:"url,omitempty"`
	Title     string    `json:"title,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Updated   time.Time `json:"updated,omitzero"`
}

// ErrPage says that a document is a web page and no feed.
var ErrPage = errors.New("it is an HTML page, not a feed: name the feed itself (the page names it in <link rel=\"alternate\">)")

// Parse reads a feed; name is what the operator called it.
func Parse(name string, doc []byte) (*Feed, error) {
	d, err := feed.Parse(doc)
	switch {
	case err != nil && isPage(doc):
		return nil, fmt.Errorf("read %s: %w", name, ErrPage)
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	sum := sha256.Sum256(doc)
	f := &Feed{Name: name, Format: d.Format, Home: d.Link, Sum: sum[:]}
	if !weburl.IsWeb(f.Home) && weburl.IsWeb(name) {
		f.Home = name
	}
	for _, i := range d.Items {
		f.Items = append(f.Items, Item{ID: text.ForXML(i.ID), URL: i.URL, Title: i.Title, Published: i.Published, Updated: i.Updated})
	}
	return f, nil
}

// isPage reports whether a document begins as web pages do.
func isPage(doc []byte) bool {
	head := strings.ToLower(string(doc[:min(len(doc), 4096)]))
	return strings.Contains(head, "<!doctype html") || strings.Contains(head, "<html") || bytes.HasPrefix(bytes.TrimSpace([]byte(head)), []byte("<head"))
}

// date returns when an item was published, in milliseconds: in feeds that say only when it changed last, that; 0: it does not say.
func (i Item) date() int64 {
	if i.Published.IsZero() {
		return ledger.Millis(i.Updated)
	}
	return ledger.Millis(i.Published)
}

// link returns the address of an item's page in normal form; "": it names none.
func (i Item) link(home string) string {
	if i.URL == "" {
		url, _ := weburl.Normal(i.ID) // an id that is not a web address names none
		return url
	}
	return weburl.Resolve(home, i.URL)
}

// label names an item for people.
func (i Item) label() string { return cmp.Or(i.URL, i.ID, i.Title) }
