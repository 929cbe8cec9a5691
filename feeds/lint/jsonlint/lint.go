// Package jsonlint validates JSON Feed 1.0 and 1.1. It touches no disk, clock or network.
package jsonlint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"herald/source/finding"
)

// Options says what is known of a document beside its bytes.
type Options struct {
	Now time.Time // dates after it are doubted; the zero time doubts none
	URL string    // where it lies; "" is not known
}

// Lint adds to found what is wrong with a JSON Feed; found knows the codes of package code.
func Lint(doc []byte, o Options, found *finding.List) {
	body := bytes.TrimPrefix(doc, []byte("\ufeff"))
	j := &jsonReader{doc: body, found: found, now: o.Now, url: o.URL, seen: map[string]bool{}, stamps: map[string]int{}, line: 1}
	if len(body) < len(doc) {
		j.report(0, "ByteOrderMark", "the document begins with a byte order mark")
	}
	if !utf8.Valid(body) {
		j.report(bytes.IndexRune(body, utf8.RuneError), "UnicodeError", "bytes that are no UTF-8")
	}
	j.dec = json.NewDecoder(bytes.NewReader(body))
	j.dec.UseNumber()
	err := j.value(jsonFeed(), "the feed")
	if err == nil {
		if _, after := j.dec.Token(); after != io.EOF {
			err = fmt.Errorf("something follows the document")
		}
	}
	if err != nil {
		j.report(int(j.dec.InputOffset()), "InvalidJSON", strings.TrimPrefix(err.Error(), "json: "))
	}
}
