package edition

import (
	"slices"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/links"
	"herald/source"
	"herald/source/marks"
	"herald/source/markup"
)

// maxBodies bounds what a bodyCache holds beside the bodies of the feed that is being rendered, in bytes of HTML: 50 long
// articles are 2 MB. What was used least recently is rendered again.
const maxBodies = 32 << 20

// bodyCache holds the bodies of the articles that feeds show, as they were last rendered, within maxBodies.
type bodyCache struct {
	rendered map[int64]renderedBody // by article
	bytes    int
	uses     int
	feed     string // which is being rendered
	since    int    // the use before its first
}

// renderedBody is an article's body as safe HTML, and the summary cut from it.
type renderedBody struct {
	digest           source.Digest
	links            []links.Answer
	content, summary string
	used             int // which use of the cache was its last
}

func (r renderedBody) size() int { return len(r.content) + len(r.summary) }

// keep forgets all articles but those, and what is more than maxBodies.
func (c *bodyCache) keep(shown map[int64]bool) {
	for id := range c.rendered {
		if !shown[id] {
			c.forget(id)
		}
	}
	c.feed = ""
	c.trim(c.uses)
}

func (c *bodyCache) forget(id int64) {
	c.bytes -= c.rendered[id].size()
	delete(c.rendered, id)
}

// add takes a body in.
func (c *bodyCache) add(id int64, r renderedBody) {
	c.forget(id)
	c.use(id, r)
	c.bytes += r.size()
	c.trim(c.since)
}

// begin tells that a feed is rendered now, in one of its formats: until another one is, its bodies stay.
func (c *bodyCache) begin(feed string) {
	if c.feed != feed {
		c.feed, c.since = feed, c.uses
	}
}

// trim forgets bodies until all are within maxBodies, those apart that were used since.
func (c *bodyCache) trim(since int) {
	for c.bytes > maxBodies {
		oldest, used := int64(0), since+1
		for other, r := range c.rendered {
			if r.used < used {
				oldest, used = other, r.used
			}
		}
		if used > since {
			return
		}
		c.forget(oldest)
	}
}

// use notes that a body was asked for.
func (c *bodyCache) use(id int64, r renderedBody) {
	c.uses++
	r.used = c.uses
	c.rendered[id] = r
}

// of renders an article's body with the URLs that its links name, once for all documents and until either changes.
func (c *bodyCache) of(tx *ledger.Tx, row *ledger.Article, named []links.Answer) (renderedBody, error) {
	if r, ok := c.rendered[row.ID]; ok && r.digest == row.Digest && slices.Equal(r.links, named) {
		c.use(row.ID, r)
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
	c.add(row.ID, r)
	return r, nil
}
