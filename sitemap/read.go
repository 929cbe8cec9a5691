package sitemap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

var bom = []byte("\xEF\xBB\xBF")

// maxDepth is more than any sitemap nests.
const maxDepth = 16

// Read reads a sitemap or an index of anybody and reports whether it bears our mark. It takes what
// crawlers take: other namespaces, unescaped &, dates of every W3C form; what it cannot read of an
// entry stays zero, and an entry without loc is left out. It returns an error where the document is
// neither, is over the protocol's limits, or breaks off.
func Read(doc []byte) (urls []URL, children []Child, ours bool, err error) {
	r := reader{}
	if err := r.read(doc); err != nil {
		return nil, nil, false, fmt.Errorf("read sitemap: %w", err)
	}
	return r.urls, r.children, r.ours, nil
}

// reader walks a sitemap; path holds the local names of the open elements.
type reader struct {
	path     []string
	text     strings.Builder
	page     URL // the entry being read
	urls     []URL
	children []Child
	ours     bool
}

func (r *reader) read(doc []byte) error {
	if len(doc) > MaxBytes {
		return fmt.Errorf("%d bytes, over the limit of %d", len(doc), MaxBytes)
	}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(doc, bom)))
	d.Strict = false
	rooted := false
	for {
		token, err := d.Token()
		if err == io.EOF && rooted && len(r.path) == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.token(token); err != nil {
			return err
		}
		rooted = rooted || len(r.path) > 0
	}
}

func (r *reader) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.Comment:
		r.ours = r.ours || strings.TrimSpace(string(t)) == "herald"
	case xml.CharData:
		if r.text.Len()+len(t) <= 4*MaxLoc {
			r.text.Write(t)
		}
	case xml.StartElement:
		r.text.Reset()
		r.path = append(r.path, t.Name.Local)
		if len(r.path) > maxDepth {
			return errors.New("nested too deeply")
		}
		if root := r.path[0]; root != "urlset" && root != "sitemapindex" {
			return fmt.Errorf("<%s> is neither urlset nor sitemapindex", root)
		}
	case xml.EndElement:
		return r.end()
	}
	return nil
}

// end takes over the text of the element that now closes.
func (r *reader) end() error {
	text := strings.TrimSpace(r.text.String())
	r.text.Reset()
	switch strings.Join(r.path[1:], "/") {
	case "url/loc", "sitemap/loc":
		r.page.Loc = text
	case "url/lastmod", "sitemap/lastmod":
		r.page.LastMod = parseLastMod(text)
	case "url/image/loc":
		if len(r.page.Images) < MaxImages && text != "" {
			r.page.Images = append(r.page.Images, text)
		}
	case "url", "sitemap":
		if err := r.add(); err != nil {
			return err
		}
	}
	r.path = r.path[:len(r.path)-1]
	return nil
}

func (r *reader) add() error {
	page := r.page
	r.page = URL{}
	if page.Loc == "" {
		return nil
	}
	if r.path[0] == "urlset" {
		r.urls = append(r.urls, page)
	} else {
		r.children = append(r.children, Child{page.Loc, page.LastMod})
	}
	if len(r.urls)+len(r.children) > MaxURLs {
		return fmt.Errorf("over the limit of %d entries", MaxURLs)
	}
	return nil
}

// parseLastMod reads the forms of W3C's Datetime; the zero time for any other. A form without a
// zone is read in UTC.
func parseLastMod(s string) time.Time {
	for _, layout := range []string{
		time.RFC3339, "2006-01-02", "2006-01-02T15:04Z07:00", "2006-01", "2006",
		"2006-01-02T15:04:05", "2006-01-02 15:04:05",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
