package edition

import (
	"slices"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/links"
	"herald/source"
	"herald/source/marks"
	"herald/source/markup"
)

// bodyCache holds the bodies of the articles that feeds show, as they were last rendered.
type bodyCache struct {
	rendered map[int64]renderedBody // by article
}

// renderedBody is an article's body as safe HTML, and the summary cut from it.
type renderedBody struct {
	digest           source.Digest
	links            []links.Answer
	content, summary string
}

// keep forgets all articles but those.
func (c *bodyCache) keep(shown map[int64]bool) {
	for id := range c.rendered {
		if !shown[id] {
			delete(c.rendered, id)
		}
	}
}

// of renders an article's body with the URLs that its links name, once for all documents and until either changes.
func (c *bodyCache) of(tx *ledger.Tx, row *ledger.Article, named []links.Answer) (renderedBody, error) {
	if r, ok := c.rendered[row.ID]; ok && r.digest == row.Digest && slices.Equal(r.links, named) {
		return r, nil
	}
	body, _, err := tx.Body(row.ID, row.ContentDigest)
	if err != nil {
		return renderedBody{}, err
	}
	if row.DigestVersion < marks.ResolvedSince {
		body.Text = markup.ResolveMarks(body, marks.Facts{}).Text // kept as it was written; its source was not read since
	}
	urls := markup.Links{}
	for _, a := range named {
		urls[a.Ref] = a.URL
	}
	r := renderedBody{digest: row.Digest, links: named, content: markup.RenderLinked(body, row.URL, urls)}
	if row.Shown.Summary == "" {
		r.summary = markup.Summarize(body, urls, r.content)
	}
	c.rendered[row.ID] = r
	return r, nil
}
