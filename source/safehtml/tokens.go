package safehtml

const maxAttrs = 64 // attributes that are looked at in one tag

type attribute struct{ name, value string }

// tokenKind is the kind of a token.
type tokenKind byte

const (
	tokenEnd   tokenKind = iota // the end of the text
	tokenText                   // a run of text
	tokenStart                  // a start tag
	tokenClose                  // an end tag
)

// tokenizer takes HTML apart as browsers do (HTML Living Standard, section 13.2.5), without copying
// and without a tree. It returns the tokens of x/net/html, which a test compares it with, except that
// comments and doctypes are passed over, at most maxAttrs attributes of a tag are kept, and the
// inside of <noscript> is markup.
type tokenizer struct {
	text   string
	pos    int    // behind the current token
	data   string // of a text: as written; of a tag: its name in lower case
	attrs  []rawAttr
	asIs   bool   // the text holds no character references
	rawTag string // the element whose inside comes next and holds no markup

	shownOnly bool // pass over what no reader sees: hidden elements, the text of some raw ones
	inPre     bool // in a <pre>, with shownOnly
	inHeading bool // in a heading, with shownOnly
	more      bool // the comment that ends the summary was passed over
	hasCR     bool // a carriage return may stand in the text

	ids map[string]bool // the ids that links of the body name
}

// rawAttr is an attribute as written.
type rawAttr struct {
	key, val string
	quote    byte // around the value, 0 for none
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func hasAttr(attrs []attribute, name string) bool {
	for _, a := range attrs {
		if a.name == name {
			return true
		}
	}
	return false
}

// lowerASCII returns the letters of HTML's names in lower case and leaves all others.
func lowerASCII(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 'A' && s[i] <= 'Z' {
			return lowerBytes([]byte(s))
		}
	}
	return s
}

func lowerBytes(b []byte) string {
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
