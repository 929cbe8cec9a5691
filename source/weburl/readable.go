package weburl

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Readable returns a URL or path as people read it: letters that are percent-encoded, and a host in punycode, stand as
// themselves. What a browser would take for something else, or what is not seen (spaces, controls, marks of direction), stays
// encoded, so that the result names the same page. It is for screens; documents and requests hold the URL as it is.
func Readable(url string) string {
	scheme, rest, found := strings.Cut(url, "://")
	if !found {
		return readableEscapes(url)
	}
	host, path := rest, ""
	if at := strings.IndexAny(rest, "/?#"); at >= 0 {
		host, path = rest[:at], rest[at:]
	}
	if strings.Contains(host, "xn--") {
		if shown, err := idna.Display.ToUnicode(host); err == nil {
			host = shown
		}
	}
	return scheme + "://" + host + readableEscapes(path)
}

// readableEscapes decodes the percent-encoded letters of a path.
func readableEscapes(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); {
		r, n := escaped(s[i:])
		if n == 0 {
			out.WriteByte(s[i])
			i++
			continue
		}
		out.WriteRune(r)
		i += n
	}
	return out.String()
}

// escaped returns the visible letter beyond ASCII that s begins with in percent codes, and their length; 0: it begins with
// none.
func escaped(s string) (r rune, length int) {
	var raw []byte
	for len(raw) < utf8.UTFMax && len(s) >= 3*len(raw)+3 && s[3*len(raw)] == '%' {
		b, ok := hexByte(s[3*len(raw)+1:])
		if !ok {
			break
		}
		raw = append(raw, b)
		if utf8.FullRune(raw) {
			break
		}
	}
	r, n := utf8.DecodeRune(raw)
	if r < utf8.RuneSelf || r == utf8.RuneError || n != len(raw) || !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S) {
		return 0, 0
	}
	return r, 3 * n
}

// hexByte reads the two hexadecimal digits that s begins with.
func hexByte(s string) (b byte, ok bool) {
	for i := range 2 {
		at := strings.IndexByte("0123456789abcdef", s[i]|0x20)
		if at < 0 || s[i] < '0' || s[i] > 'f' {
			return 0, false
		}
		b = b<<4 | byte(at)
	}
	return b, true
}
