package feed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"strings"

	"herald/source"
	"herald/source/reader"
	"herald/source/remote"
	"herald/source/safehtml"
	"herald/source/text"
	"herald/source/weburl"
)

// add takes up the entries of a document found at a URL. Of two of one id the one that was updated later counts, else the
// first.
func (s *shown) add(d *Document, at string) {
	feed := source.Origin{ID: d.ID, Title: d.Title, URL: d.Link, Feed: d.Self, Updated: d.Updated}
	for _, i := range d.Items {
		i.Language = cmp.Or(i.Language, d.Language)
		if len(i.Authors) == 0 {
			i.Authors = d.Authors
		}
		e := entry{item: i, format: d.Format, base: absolute(at, i.Base), feed: feed}
		if i.URL != "" {
			e.item.URL = absolute(e.base, i.URL)
		}
		key := cmp.Or(i.ID, e.item.URL)
		if key == "" {
			key = "entry " + e.print()[:16] // refused by its name
		}
		if had, found := s.entries[key]; found && !i.Updated.After(had.item.Updated) {
			continue
		}
		e.fingerprint = e.print()
		s.entries[key] = e
	}
}

// absolute resolves a reference; "" stays "", and what is no web address becomes it.
func absolute(base, ref string) string {
	if ref == "" {
		return base
	}
	return weburl.Resolve(base, ref)
}

// print returns a digest of all that an entry says.
func (e entry) print() string {
	all, err := json.Marshal(e.item)
	if err != nil {
		return ""
	}
	return sum(e.base + string(all))
}

// document reads an answer's body. A page in the place of a feed is named.
func document(a *remote.Answer) (*Document, error) {
	d, err := Parse(a.Body)
	if err == nil {
		return d, nil
	}
	if instead := remote.Instead(a, "a feed"); instead != nil {
		return nil, instead
	}
	if head := a.Body[:min(len(a.Body), 1024)]; bytes.Contains(head, []byte("<urlset")) || bytes.Contains(head, []byte("<sitemapindex")) {
		return nil, errors.New("it is a sitemap: the source needs type: sitemap")
	}
	if again, mended := mend(a.Body); mended { // characters that XML forbids, broken UTF-8, an encoding that is not named
		if d, second := Parse(again); second == nil {
			return d, nil
		}
	}
	return nil, errors.Unwrap(err)
}

// mend returns a document in UTF-8 without characters that XML forbids; false where it was that already.
func mend(doc []byte) ([]byte, bool) {
	clean, plain, warnings := text.Clean(doc)
	if plain && len(warnings) == 0 {
		return doc, false
	}
	if rest, found := strings.CutPrefix(strings.TrimSpace(clean), "<?xml"); found {
		_, clean, _ = strings.Cut(rest, "?>") // the encoding that it names was that of the bytes
	}
	return []byte(clean), true
}

// article makes the article of an entry.
func (e entry) article(c Config, key string) (*source.Article, error) {
	place := cmp.Or(e.item.URL, c.URL+" "+key)
	refuse := func(reason string) (*source.Article, error) {
		return nil, &source.ArticleError{Place: place, Reason: reason}
	}
	switch {
	case e.item.URL == "":
		return refuse("the entry has no link, so it stands nowhere")
	case e.item.Cut:
		return refuse(fmt.Sprintf("some field of the entry is longer than %d MiB", maxText>>20))
	}
	url, err := weburl.Normal(e.item.URL)
	switch {
	case err != nil:
		return refuse("its link is not an absolute http or https URL")
	case len(url) > weburl.MaxLength:
		return refuse(weburl.ErrLong.Error())
	}
	r := c.Reading
	r.Markup = source.HTML
	fields, body := e.fields()
	a, err := reader.Compose(place, fields, body, r)
	if err != nil {
		return nil, err
	}
	a.Key, a.URL, a.Origin = key, url, e.origin(c)
	return a, nil
}

// fields returns what an entry says, by the keys that articles have for it, and its body in HTML.
func (e entry) fields() (fields map[string]any, body string) {
	i := e.item
	fields = map[string]any{"title": i.Title, "id": i.ID, "lang": i.Language}
	switch {
	case e.format == RSS:
		fields["title"] = html.UnescapeString(i.Title)
	case i.decoded:
		fields["title"] = html.EscapeString(i.Title)
	}
	summary := i.Summary
	if body = i.Content; body == "" {
		body, summary = summary, ""
	}
	if i.Plain {
		body = paragraphs(body)
	} else if i.Inner != "" {
		body = string(safehtml.Render(body, weburl.Resolver(absolute(e.base, i.Inner))))
	}
	if strings.TrimSpace(summary) != strings.TrimSpace(i.Content) {
		fields["summary"] = summary
	}
	i.dates(fields)
	e.media(fields)
	for key, value := range fields {
		if value == "" {
			delete(fields, key)
		}
	}
	return fields, body
}

// media adds who made an entry, what it is about and what belongs to it.
func (e entry) media(fields map[string]any) {
	i := e.item
	var people, files []any
	for _, a := range i.Authors {
		people = append(people, present(map[string]any{"name": a.Name, "email": a.Email, "url": absolute(e.base, a.URL)}, a.URL == "", "url"))
	}
	for _, f := range i.Enclosures {
		if url := absolute(e.base, f.URL); f.URL != "" && url != "" {
			files = append(files, present(map[string]any{"url": url, "type": f.Type, "length": f.Length}, f.Length == 0, "length"))
		}
	}
	for key, list := range map[string][]any{"authors": people, "enclosures": files, "categories": texts(i.Categories), "tags": texts(i.Tags)} {
		if len(list) > 0 {
			fields[key] = list
		}
	}
	if i.Image != "" {
		fields["image"] = absolute(e.base, i.Image)
	}
}

// present leaves out the key of what is not there, and empty texts.
func present(m map[string]any, absent bool, key string) map[string]any {
	if absent {
		delete(m, key)
	}
	for k, v := range m {
		if v == "" {
			delete(m, k)
		}
	}
	return m
}

func texts(all []string) (list []any) {
	for _, one := range all {
		list = append(list, one)
	}
	return list
}

// paragraphs returns text as HTML: blank lines separate paragraphs.
func paragraphs(text string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(part), "\n", "<br>\n") + "</p>\n")
		}
	}
	return b.String()
}
