package edition

import (
	"herald/cmd/internal/ledger"
	"herald/source"
	"herald/source/markup"
)

// bodyCache holds the bodies of the articles that feeds show, as they were last rendered.
type bodyCache struct {
	rendered map[int64]renderedBody // by article
}

// renderedBody is an article's body as safe HTML, and the summary cut from it.
type renderedBody struct {
	digest           source.Digest
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

// of renders an article's body, once for all documents and until it changes.
func (c *bodyCache) of(tx *ledger.Tx, row *ledger.Article) (renderedBody, error) {
	if r, ok := c.rendered[row.ID]; ok && r.digest == row.Digest {
		return r, nil
	}
	body, _, err := tx.Body(row.ID, row.ContentDigest)
	if err != nil {
		return renderedBody{}, err
	}
	r := renderedBody{digest: row.Digest, content: markup.Render(body, row.URL)}
	if row.Shown.Summary == "" {
		r.summary = markup.Summarize(body, r.content)
	}
	c.rendered[row.ID] = r
	return r, nil
}
