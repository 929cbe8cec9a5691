package feedset

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
	size     int                    // of their content, in bytes
}

// cacheBytes is how much is held beside what is shown next, and altogether: what is over it is rendered anew.
const cacheBytes = 48 << 20

// renderedBody is an article's body as safe HTML, and the summary cut from it.
type renderedBody struct {
	digest           source.Digest
	links            []links.Answer
	content, summary string
}

// keep forgets all articles but those, once there is too much.
func (c *bodyCache) keep(shown map[int64]bool) {
	if c.size <= cacheBytes {
		return
	}
	for id, r := range c.rendered {
		if !shown[id] {
			c.size -= len(r.content)
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
	if c.size += len(r.content) - len(c.rendered[row.ID].content); c.size > cacheBytes {
		c.size -= len(r.content)
		delete(c.rendered, row.ID)
		return r, nil
	}
	c.rendered[row.ID] = r
	return r, nil
}
