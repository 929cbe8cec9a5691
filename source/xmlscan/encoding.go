package xmlscan

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"herald/source/finding"
	"herald/source/text"
)

// declaration is an XML declaration with its version and its encoding.
var declaration = regexp.MustCompile(`^<\?xml\s+version\s*=\s*["']([^"']*)["'](?:\s+encoding\s*=\s*["']([^"']*)["'])?`)

// usual are the encodings that feeds are written in and parsers beyond XML's two are likely to know.
const usual = " utf-8 utf8 utf-16 us-ascii iso-8859-1 iso-8859-2 iso-8859-7 iso-8859-15 euc-jp euc-kr koi8-r shift_jis gb18030 windows-1250 windows-1251 windows-1252 windows-1254 windows-1255 windows-1256 "

var byteOrderMark = []byte("\ufeff")

// decoded returns a document as UTF-8 without its byte order mark, read in the encoding that it declares, and reports
// what is wrong with that. Broken bytes become U+FFFD, so that the rest can be read.
func decoded(doc []byte, found *finding.List) (utf []byte, label string) {
	var marked bool
	utf, marked = text.DecodeMarked(doc)
	if !marked {
		utf, marked = unmarked16(doc)
	}
	if !marked {
		utf = doc
	}
	parts := declaration.FindSubmatch(utf[:min(len(utf), 1024)])
	if parts != nil && string(parts[1]) != "1.0" {
		found.Add(1, 1, "BadXmlVersion", "XML version "+finding.Quote(string(parts[1])))
		utf = bytes.Replace(utf, parts[1], []byte("1.0"), 1)
	}
	if parts != nil {
		label = strings.ToLower(string(parts[2]))
	}
	switch {
	case label == "" || label == "utf-8" || label == "utf8":
	case marked:
		if !strings.HasPrefix(label, "utf-16") && !strings.HasPrefix(label, "utf-32") || bytes.HasPrefix(doc, byteOrderMark) {
			found.Add(1, 1, "UnicodeError", "the byte order mark says another encoding than the declaration, which says "+finding.Quote(label))
		}
	default:
		utf = declaredIn(utf, label, found)
	}
	return valid(utf, found), label
}

// unmarked16 decodes UTF-16 that begins with "<?" and no byte order mark.
func unmarked16(doc []byte) (utf []byte, is bool) {
	switch {
	case bytes.HasPrefix(doc, []byte{0, '<', 0, '?'}):
		return text.DecodeMarked(append([]byte{0xFE, 0xFF}, doc...))
	case bytes.HasPrefix(doc, []byte{'<', 0, '?', 0}):
		return text.DecodeMarked(append([]byte{0xFF, 0xFE}, doc...))
	}
	return nil, false
}

// declaredIn decodes a document from the encoding that its declaration names.
func declaredIn(doc []byte, label string, found *finding.List) []byte {
	if !strings.Contains(usual, " "+label+" ") {
		found.Add(1, 1, "ObscureEncoding", "the document is in "+finding.Quote(label))
	}
	switch label {
	case "iso-8859-1":
		return fromLatin1(doc)
	case "us-ascii":
		if at := bytes.IndexFunc(doc, func(r rune) bool { return r >= utf8.RuneSelf }); at >= 0 {
			line, column := position(doc, at)
			found.Add(line, column, "UnicodeError", "a character beyond US-ASCII, which the declaration names")
		}
		return doc
	}
	r, err := text.Charset(label, bytes.NewReader(doc))
	if err != nil {
		found.Add(1, 1, "UnknownEncoding", "the declaration names "+finding.Quote(label))
		return doc
	}
	all, err := io.ReadAll(r)
	if err != nil {
		return doc
	}
	if at := bytes.Index(all, []byte("\ufffd")); at >= 0 {
		line, column := position(all, at)
		found.Add(line, column, "UnicodeError", "bytes that are no character in "+finding.Quote(label))
	}
	return all
}

// fromLatin1 decodes ISO 8859-1 as XML has it: browsers read Windows-1252 for it, parsers of XML do not.
func fromLatin1(doc []byte) []byte {
	utf := make([]byte, 0, len(doc)+len(doc)/8)
	for _, c := range doc {
		utf = utf8.AppendRune(utf, rune(c))
	}
	return utf
}

// valid returns doc with U+FFFD for what is no UTF-8, and reports the first such place.
func valid(doc []byte, found *finding.List) []byte {
	if utf8.Valid(doc) {
		return doc
	}
	for at := 0; at < len(doc); {
		r, size := utf8.DecodeRune(doc[at:])
		if r == utf8.RuneError && size == 1 {
			line, column := position(doc, at)
			found.Add(line, column, "UnicodeError", "bytes that are no UTF-8")
			break
		}
		at += size
	}
	return bytes.ToValidUTF8(doc, []byte("\ufffd"))
}

// position returns the line and column of an offset.
func position(doc []byte, at int) (line, column int) {
	before := doc[:min(at, len(doc))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[start:]) + 1
}
