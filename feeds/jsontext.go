package feeds

import (
	"math/bits"
	"strings"

	"herald/source/text"
)

// jsonText appends a JSON text (RFC 8259) without white space. Every string that it is given is made fit for XML, too
// (text.ForXML), so that all formats say the same; names of members are ours.
type jsonText struct{ b []byte }

// open begins an object or a list: bracket is "{" or "[". It stands in an object under name, in a list without one.
func (j *jsonText) open(name, bracket string) {
	j.next(name)
	j.b = append(j.b, bracket...)
}

// shut ends what open began, with "}" or "]".
func (j *jsonText) shut(bracket string) { j.b = append(j.b, bracket...) }

// member writes a string, or nothing where it is empty.
func (j *jsonText) member(name, s string) {
	if s = text.ForXML(s); s != "" {
		j.string(name, s)
	}
}

// string writes a string that fits.
func (j *jsonText) string(name, s string) {
	j.next(name)
	j.b = append(j.b, '"')
	from := 0
	for i := nextEscape(s, 0); i < len(s); i = nextEscape(s, i+1) {
		to := jsonEscapes[s[i]]
		if to == "" || to == separator && !isSeparator(s[i:]) {
			continue
		}
		j.b = append(append(j.b, s[from:i]...), to...)
		from = i + 1
		if to == separator {
			j.b = append(j.b, '2', '8'+s[i+2]-0xA8)
			from = i + 3
		}
	}
	j.b = append(append(j.b, s[from:]...), '"')
}

// number writes a number above 0, or nothing.
func (j *jsonText) number(name string, n int64) {
	if digits := count(n); digits != "" {
		j.next(name)
		j.b = append(j.b, digits...)
	}
}

// next writes the comma and the name that go before a value.
func (j *jsonText) next(name string) {
	if n := len(j.b); n > 0 && !strings.ContainsRune("{[", rune(j.b[n-1])) {
		j.b = append(j.b, ',')
	}
	if name != "" {
		j.b = append(append(append(j.b, '"'), name...), `":`...)
	}
}

// separator begins what stands for U+2028 and U+2029, which JavaScript once took for line ends; their last byte tells
// which of the two it is.
const separator = `\u20`

// jsonEscapes says what stands for a byte; "" is the byte itself.
var jsonEscapes = [256]string{'"': `\"`, '\\': `\\`, '\t': `\t`, '\n': `\n`, 0xE2: separator}

func isSeparator(s string) bool {
	return strings.HasPrefix(s, "\u2028") || strings.HasPrefix(s, "\u2029")
}

// nextEscape returns the place of the next byte from i on that jsonEscapes has, len(s) where there is none. It looks at
// eight bytes at a time: bodies are nearly all of a feed, and in few of them one of eight bytes is such a one.
func nextEscape(s string, i int) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(s); i += 8 {
		x := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		quote, slash, lead := x^'"'*ones, x^'\\'*ones, x^0xE2*ones
		found := (quote-ones)&^quote | (slash-ones)&^slash | (lead-ones)&^lead | ^(x | x<<1 | x<<2) // the last: below space
		if found &= high; found != 0 {
			return i + bits.TrailingZeros64(found)/8 // the lowest mark is true, those above it may be borrowed
		}
	}
	for ; i < len(s) && jsonEscapes[s[i]] == ""; i++ {
	}
	return i
}
