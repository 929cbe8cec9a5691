package reader

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"herald/source"
	"herald/source/markup"
	"herald/source/safehtml"
	"herald/source/text"
)

// DigestVersion is the version of ContentDigest; it rises with every change that makes other digests of
// the same articles.
const DigestVersion = 5

// ContentDigest digests the content of an article: its typed fields and its body, not where it stands (Key,
// Place, URL, Link), nor a date that a file name, a commit or a first sight gave it, nor Minor, which speaks
// of the change and not of the article. Of an HTML body the tokens count that markup.Render looks at, with
// URLs as written, and the comment that ends a summary; other comments, what pages hide, class, style, data-*,
// scripts and white space without meaning do not. Of Markdown and plain text the source counts, without white space
// at line ends. Equal digests at equal URLs therefore mean equal documents.
func ContentDigest(a *source.Article) source.Digest {
	return contentDigest(a, markup.Prepare(a.Body, false), false)
}

// contentDigest is ContentDigest for a body that markup.Prepare has made body of; plain means that it needs no cleaning.
func contentDigest(a *source.Article, body string, plain bool) source.Digest {
	var space [2 * safehtml.ContentChunk]byte // on the stack: it is seldom outgrown
	buf := appendLists(appendFields(space[:0], a), a)
	buf = appendText(buf, string(a.Body.Markup))
	hash := sha256.New()
	w := safehtml.NewContent(a.Body.Markup, body, plain)
	for more := true; more; {
		buf, more = w.Append(buf)
		hash.Write(buf)
		buf = buf[:0]
	}
	var sum [sha256.Size]byte
	return source.Digest(hash.Sum(sum[:0])[:len(source.Digest{})])
}

// appendText and those below append what is digested, each with its length before it, so that no two
// articles share an encoding.
func appendText(to []byte, s string) []byte {
	s = text.NFC(s)
	return append(binary.AppendVarint(to, int64(len(s))), s...)
}

func appendTime(to []byte, t time.Time) []byte {
	if t.IsZero() {
		return binary.AppendVarint(binary.AppendVarint(to, -1), -1)
	}
	return binary.AppendVarint(binary.AppendVarint(to, t.Unix()), int64(t.Nanosecond()))
}

func appendFields(to []byte, a *source.Article) []byte {
	for _, s := range []string{a.ID, a.Canonical, a.Title, a.Summary, a.Language, a.Image} {
		to = appendText(to, s)
	}
	switch a.DatedBy {
	case source.DatedByFileName, source.DatedByGit, source.DatedByFirstSeen, source.DatedByRecovery:
		to = appendTime(to, time.Time{})
	default:
		to = appendTime(to, a.Published)
	}
	to = appendTime(appendTime(to, a.Updated), a.Expires)
	for _, flag := range []bool{a.Draft, a.NoIndex, a.NoSitemap, a.NoFeed} {
		n := int64(0)
		if flag {
			n = 1
		}
		to = binary.AppendVarint(to, n)
	}
	return to
}

func appendLists(to []byte, a *source.Article) []byte {
	to = binary.AppendVarint(to, int64(len(a.Authors)))
	for _, x := range a.Authors {
		to = appendText(appendText(appendText(to, x.Name), x.Email), x.URL)
	}
	for _, list := range [][]string{a.Categories, a.Tags} {
		to = binary.AppendVarint(to, int64(len(list)))
		for _, s := range list {
			to = appendText(to, s)
		}
	}
	to = binary.AppendVarint(to, int64(len(a.Enclosures)))
	for _, x := range a.Enclosures {
		to = binary.AppendVarint(appendText(appendText(to, x.URL), x.Type), x.Length)
	}
	to = binary.AppendVarint(to, int64(len(a.Alternates)))
	for _, x := range a.Alternates {
		to = appendText(appendText(to, x.Language), x.URL)
	}
	return appendEpisode(to, a.Episode)
}

func appendEpisode(to []byte, e *source.Episode) []byte {
	if e == nil {
		return to
	}
	for _, n := range []int64{e.Seconds, e.Number, e.Season} {
		to = binary.AppendVarint(to, n)
	}
	to = appendText(appendText(appendText(to, e.Type), e.Explicit), e.Chapters)
	to = binary.AppendVarint(to, int64(len(e.Transcripts)))
	for _, x := range e.Transcripts {
		to = appendText(appendText(appendText(to, x.URL), x.Type), x.Language)
	}
	to = binary.AppendVarint(to, int64(len(e.People)))
	for _, x := range e.People {
		for _, s := range []string{x.Name, x.Role, x.Group, x.Image, x.URL} {
			to = appendText(to, s)
		}
	}
	if e.Value == nil {
		return to
	}
	for _, list := range append([][]source.Attribute{e.Value.Attributes}, e.Value.Recipients...) {
		to = binary.AppendVarint(to, int64(len(list)))
		for _, x := range list {
			to = appendText(appendText(to, x.Name), x.Value)
		}
	}
	return to
}
