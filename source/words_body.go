package source

// Marks in the digest of a body; clean text holds none of these bytes.
const (
	markStart = 1 // a start tag: name, attributes, end
	markAttr  = 2 // an attribute: name, value
	markValue = 3
	markEnd   = 4
	markClose = 5 // an end tag: name, end
)

// body digests a body that prepare has made; it must come last.
func (d *digester) body(markup Markup, text string, plain bool) {
	d.text(string(markup))
	if markup == Markdown || markup == Text {
		for ; text != ""; d.spill() {
			n := min(len(text), wordsChunk)
			d.buf = append(d.buf, text[:n]...)
			text = text[n:]
		}
		return
	}
	w := bodyWords{digester: d, beside: true}
	for z := bodyTokens(text); ; d.spill() {
		switch z.next() {
		case tokenEnd:
			return
		case tokenText:
			t := z.decoded()
			if !plain || t != z.data {
				t = cleanString(t)
			}
			w.say(t)
		case tokenStart:
			w.start(z)
		case tokenClose:
			w.end(z.data)
		}
	}
}

// bodyWords writes down what the sanitiser looks at. It drops less than the sanitiser does, and it
// knows nothing of nesting, so that a better sanitiser is no change of the article.
type bodyWords struct {
	*digester
	attrs  []attribute
	space  bool // white space was read and not yet written
	beside bool // a block began or ended last: white space means nothing
	exact  bool // <pre> was seen: white space counts as it is written, to the end
}

// say digests a text.
func (w *bodyWords) say(t string) {
	if w.exact {
		for i := 0; i < len(t); i++ {
			if t[i] != '\r' {
				w.buf = append(w.buf, t[i])
			}
		}
		return
	}
	for from := 0; from < len(t); {
		if isSpace(t[from]) {
			w.space = !w.beside
			from = skipSpace(t, from)
			continue
		}
		end := phraseEnd(t, from)
		w.flush()
		w.buf = append(w.buf, t[from:end]...)
		w.beside = false
		from = end
	}
}

// flush writes the white space that was read.
func (w *bodyWords) flush() {
	if w.space {
		w.buf = append(w.buf, ' ')
	}
	w.space = false
}

// separate takes white space beside the tag of a block for nothing.
func (w *bodyWords) separate(name string) {
	if w.beside = isBlock(name); w.beside {
		w.space = false
		return
	}
	w.flush()
}

func (w *bodyWords) start(z *tokenizer) {
	kind := kindOf(z.data)
	if kind == tagUnknown || kind == tagRaw {
		return
	}
	w.separate(z.data)
	switch z.data {
	case "pre", "listing", "plaintext", "xmp":
		w.exact = true
	}
	w.buf = append(append(w.buf, markStart), z.data...)
	if kind != tagBreak {
		w.attrs = z.keptAttrs(z.data, w.attrs[:0])
		for _, a := range w.attrs {
			w.buf = append(append(w.buf, markAttr), a.name...)
			w.buf = append(append(w.buf, markValue), a.value...)
		}
	}
	w.buf = append(w.buf, markEnd)
}

func (w *bodyWords) end(name string) {
	switch kindOf(name) {
	case tagUnknown, tagRaw, tagVoid, tagEmbed:
		return
	}
	w.separate(name)
	w.buf = append(append(append(w.buf, markClose), name...), markEnd)
}
