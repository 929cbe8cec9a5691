package safehtml

import (
	"herald/source"
	"herald/source/text"
)

// ContentChunk is about how many bytes are hashed at once.
const ContentChunk = 2048

// Marks in the digest of a body; clean text holds none of these bytes.
const (
	markStart = 1 // a start tag: name, attributes, end
	markAttr  = 2 // an attribute: name, value
	markValue = 3
	markEnd   = 4
	markClose = 5 // an end tag: name, end
	markMore  = 6 // the summary ends here
)

// Content returns, piece by piece, what of a body counts in its digest: what the sanitiser looks at. It drops
// less than the sanitiser does and knows
// nothing of nesting, so that a better sanitiser is no change of the article.
type Content struct {
	tokens tokenizer // of what is left
	source bool      // Markdown and plain text count as they are written
	plain  bool      // the text needs no cleaning
	attrs  []attribute
	more   bool // the comment that ends the summary was read
	space  bool // white space was read and not yet written
	beside bool // a block began or ended last: white space means nothing
	exact  bool // <pre> was seen: white space counts as it is written, to the end
}

// NewContent returns the Content of a text that markup.Prepare has made; plain means that it needs no cleaning.
func NewContent(markup source.Markup, text string, plain bool) Content {
	c := Content{tokens: bodyTokens(text), source: markup.IsMarkdown() || markup == source.Text, plain: plain, beside: true}
	if !c.source {
		c.tokens.ids = linkedIDs(text, func(string) bool { return true })
	}
	return c
}

// Append appends more of the body until there are ContentChunk bytes; more is false at its end.
func (w *Content) Append(to []byte) (all []byte, more bool) {
	z := &w.tokens
	for len(to) < ContentChunk {
		if w.source {
			n := min(len(z.text), ContentChunk)
			to = append(to, z.text[:n]...)
			z.text = z.text[n:]
			return to, z.text != ""
		}
		kind := z.next()
		if z.more && !w.more {
			to, w.more = append(to, markMore), true
		}
		switch kind {
		case tokenEnd:
			return to, false
		case tokenText:
			t := z.decoded()
			if !w.plain || t != z.data {
				t = text.CleanString(t)
			}
			to = w.text(to, t)
		case tokenStart:
			to = w.start(to, z)
		case tokenClose:
			to = w.end(to, z.data)
		}
	}
	return to, true
}

// text appends a text.
func (w *Content) text(to []byte, t string) []byte {
	if w.exact {
		for i := 0; i < len(t); i++ {
			if t[i] != '\r' {
				to = append(to, t[i])
			}
		}
		return to
	}
	for from := 0; from < len(t); {
		if text.IsSpace(t[from]) {
			w.space = !w.beside
			from = text.SkipSpace(t, from)
			continue
		}
		end := text.PhraseEnd(t, from)
		to = append(w.flush(to), t[from:end]...)
		w.beside = false
		from = end
	}
	return to
}

// flush appends the white space that was read.
func (w *Content) flush(to []byte) []byte {
	if w.space {
		to = append(to, ' ')
	}
	w.space = false
	return to
}

// separate takes white space beside the tag of a block for nothing.
func (w *Content) separate(to []byte, name string) []byte {
	if w.beside = isBlock(name); w.beside {
		w.space = false
	}
	return w.flush(to)
}

// start appends a start tag.
func (w *Content) start(to []byte, z *tokenizer) []byte {
	kind := kindOf(z.data)
	if kind == tagUnknown || kind == tagRaw {
		return to
	}
	to = w.separate(to, z.data)
	switch z.data {
	case "pre", "listing", "plaintext", "xmp":
		w.exact = true
	}
	to = append(append(to, markStart), z.data...)
	if kind != tagBreak {
		w.attrs = z.keptAttrs(z.data, w.attrs[:0])
		for _, a := range w.attrs {
			to = append(append(to, markAttr), a.name...)
			to = append(append(to, markValue), a.value...)
		}
	}
	return append(to, markEnd)
}

// end appends an end tag.
func (w *Content) end(to []byte, name string) []byte {
	switch kindOf(name) {
	case tagUnknown, tagRaw, tagVoid, tagEmbed:
		return to
	}
	to = append(append(w.separate(to, name), markClose), name...)
	return append(to, markEnd)
}
