package source

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"time"
)

// WordsVersion names the way Words digests; it rises with every change that gives other digests to
// the same articles.
const WordsVersion = 1

// Words digests what an article says: its typed fields and its body, not where it stands (Key,
// Place, URL, Link), nor a date that a file name or a first sight gave it, nor Minor, which speaks
// of the change and not of the article. Of an HTML body the tokens count that Render looks at, with
// URLs as written: comments, class, style, data-*, scripts and white space without meaning do not. Of
// Markdown and plain text the source counts, without white space at line ends. Equal Words at equal
// URLs therefore mean equal documents.
func Words(a *Article) Digest { return words(a, prepare(a.Body, false), false) }

// words is Words for a body that prepare has made body of; plain says that it needs no cleaning.
func words(a *Article, body string, plain bool) Digest {
	d := digester{buf: make([]byte, 0, 2*wordsChunk), hash: sha256.New()}
	d.fields(a)
	d.lists(a)
	d.body(a.Body.Markup, body, plain)
	d.hash.Write(d.buf)
	var sum [sha256.Size]byte
	return Digest(d.hash.Sum(sum[:0])[:len(Digest{})])
}

// wordsChunk is about how many bytes are hashed at once.
const wordsChunk = 2048

// digester collects fields, each with its length before it, so that no two articles share an encoding.
type digester struct {
	buf  []byte // not yet hashed
	hash hash.Hash
}

// spill hashes what was collected, once it is worth the call.
func (d *digester) spill() {
	if len(d.buf) >= wordsChunk {
		d.hash.Write(d.buf)
		d.buf = d.buf[:0]
	}
}

func (d *digester) text(s string) {
	s = nfc(s)
	d.number(int64(len(s)))
	d.buf = append(d.buf, s...)
}

func (d *digester) number(n int64) { d.buf = binary.AppendVarint(d.buf, n) }

func (d *digester) time(t time.Time) {
	if t.IsZero() {
		d.number(-1)
		d.number(-1)
		return
	}
	d.number(t.Unix())
	d.number(int64(t.Nanosecond()))
}

func (d *digester) fields(a *Article) {
	for _, s := range []string{a.ID, a.Canonical, a.Title, a.Summary, a.Language, a.Image} {
		d.text(s)
	}
	switch a.DatedBy {
	case DatedByFileName, DatedByFirstSeen, DatedByRecovery:
		d.time(time.Time{})
	default:
		d.time(a.Published)
	}
	d.time(a.Updated)
	d.time(a.Expires)
	for _, flag := range []bool{a.Draft, a.NoIndex, a.NoSitemap, a.NoFeed} {
		n := int64(0)
		if flag {
			n = 1
		}
		d.number(n)
	}
}

func (d *digester) lists(a *Article) {
	d.number(int64(len(a.Authors)))
	for _, x := range a.Authors {
		d.text(x.Name)
		d.text(x.Email)
		d.text(x.URL)
	}
	for _, list := range [][]string{a.Categories, a.Tags} {
		d.number(int64(len(list)))
		for _, s := range list {
			d.text(s)
		}
	}
	d.number(int64(len(a.Enclosures)))
	for _, x := range a.Enclosures {
		d.text(x.URL)
		d.text(x.Type)
		d.number(x.Length)
	}
	d.number(int64(len(a.Alternates)))
	for _, x := range a.Alternates {
		d.text(x.Language)
		d.text(x.URL)
	}
}
