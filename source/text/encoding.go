package text

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/korean"

	"herald/source"
)

// byteOrderMark is U+FEFF in UTF-8.
const byteOrderMark = "\ufeff"

// decode returns the bytes of a file in UTF-8. Its encoding is that of its byte order mark (UTF-8, UTF-16, UTF-32), else
// the one that it declares (HTML's meta charset, the declaration of XML) if its bytes are not plainly UTF-8, else CP949, which
// holds EUC-KR, where they are plainly Korean in it. What is no character there becomes a byte that is broken in UTF-8 too.
func decode(data []byte) ([]byte, []source.Warning) {
	if decoded, found := DecodeMarked(data); found {
		return decoded, nil
	}
	if utf8.Valid(data) && !mayDeclare(data) {
		return data, nil
	}
	shape := shapeOf(data)
	label := declared(data)
	e := encodingOf(label)
	switch {
	case e != nil && shape.fits(e):
		return data, nil // converted since, and the declaration forgotten
	case e != nil:
		return decodeAs(data, e), nil
	case shape.broken > shape.whole && isKorean(data):
		return decodeAs(data, korean.EUCKR), []source.Warning{{Line: 1, Column: 1, Message: "the file is in CP949 (EUC-KR) and does not say so; it is read as that: save it as UTF-8"}}
	case label != "" && shape.broken > 0:
		return data, []source.Warning{{Line: 1, Column: 1, Message: fmt.Sprintf("the file says that it is in %q, which is no encoding of the web; it is read as UTF-8", short(label))}}
	}
	return data, nil
}

// IsKorean reports whether data, which may be the beginning of a file, is not UTF-8 and plainly Korean in CP949, which holds EUC-KR.
func IsKorean(data []byte) bool {
	if utf8.Valid(data) {
		return false
	}
	shape := shapeOf(data)
	return shape.broken > shape.whole && isKorean(data)
}

// DecodeKorean returns UTF-8 for data in CP949. What is no character there becomes 0xFF.
func DecodeKorean(data []byte) []byte { return decodeAs(data, korean.EUCKR) }

// mayDeclare reports whether data may declare an encoding; most texts in UTF-8 do not.
func mayDeclare(data []byte) bool {
	head := data[:min(len(data), declarationBytes)]
	for _, word := range []string{"charset", "CHARSET", "Charset", "<?xml"} {
		if bytes.Contains(head, []byte(word)) {
			return true
		}
	}
	return false
}

// short cuts a text that a message repeats.
func short(s string) string { return strings.ToValidUTF8(s[:min(len(s), 40)], "") }

// DecodeMarked returns as UTF-8, and without the mark, what begins with a byte order mark (UTF-8, UTF-16, UTF-32). What is no character
// there becomes a byte that is broken in UTF-8 too. found is false where there is no mark.
func DecodeMarked(data []byte) (decoded []byte, found bool) {
	switch {
	case bytes.HasPrefix(data, []byte(byteOrderMark)):
		return data[len(byteOrderMark):], true
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE, 0, 0}):
		return decodeUTF32(data[4:], binary.LittleEndian), true
	case bytes.HasPrefix(data, []byte{0, 0, 0xFE, 0xFF}):
		return decodeUTF32(data[4:], binary.BigEndian), true
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decodeUTF16(data[2:], binary.LittleEndian), true
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decodeUTF16(data[2:], binary.BigEndian), true
	}
	return nil, false
}

// decodeUTF16 returns UTF-8. A lone surrogate or an odd last byte becomes 0xFF.
func decodeUTF16(data []byte, order binary.ByteOrder) []byte {
	out := make([]byte, 0, len(data)+len(data)/2)
	for len(data) >= 2 {
		unit := rune(order.Uint16(data))
		data = data[2:]
		if unit < 0xD800 || unit > 0xDFFF {
			out = utf8.AppendRune(out, unit)
			continue
		}
		if unit < 0xDC00 && len(data) >= 2 {
			if low := rune(order.Uint16(data)); low >= 0xDC00 && low <= 0xDFFF {
				out = utf8.AppendRune(out, 0x10000+(unit-0xD800)<<10+(low-0xDC00))
				data = data[2:]
				continue
			}
		}
		out = append(out, 0xFF)
	}
	if len(data) > 0 {
		out = append(out, 0xFF)
	}
	return out
}

// decodeUTF32 returns UTF-8. What is no character becomes 0xFF.
func decodeUTF32(data []byte, order binary.ByteOrder) []byte {
	out := make([]byte, 0, len(data))
	for ; len(data) >= 4; data = data[4:] {
		if r := order.Uint32(data); r <= utf8.MaxRune && utf8.ValidRune(rune(r)) {
			out = utf8.AppendRune(out, rune(r))
		} else {
			out = append(out, 0xFF)
		}
	}
	if len(data) > 0 {
		out = append(out, 0xFF)
	}
	return out
}

// decodeAs returns UTF-8 for data in an encoding; what is no character there becomes 0xFF. Characters of Unicode beyond
// their encoding cannot stand in data, so U+FFFD in the result is always a fault.
func decodeAs(data []byte, e encoding.Encoding) []byte {
	decoded, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return data
	}
	return bytes.ReplaceAll(decoded, []byte("\ufffd"), []byte{0xFF})
}

// encodingOf returns the encoding of a label (the names of encoding.spec.whatwg.org and some of Windows); nil for UTF-8, for
// what is no encoding, and for those that browsers refuse to decode.
func encodingOf(label string) encoding.Encoding {
	switch strings.ToLower(label) {
	case "cp949", "ms949", "uhc", "euckr", "euc_kr", "x-windows-949":
		return korean.EUCKR
	case "cp932":
		label = "shift_jis"
	case "cp936":
		label = "gbk"
	case "cp950":
		label = "big5"
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return nil
	}
	switch name, _ := htmlindex.Name(e); name {
	case "utf-8", "replacement", "utf-16le", "utf-16be", "x-user-defined":
		return nil // UTF-16 would not let a declaration in ASCII be read
	}
	return e
}
