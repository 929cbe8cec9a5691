package ledger

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a column holds, whatever the database calls it.
type kind string

const (
	wholeNumber kind = "a whole number"
	plainText   kind = "text"
	anyBytes    kind = "bytes"
)

type column struct {
	name string
	kind kind
}

func kindOf(declared string) kind {
	switch strings.ToUpper(declared) {
	case "INTEGER", "BIGINT", "INT8":
		return wholeNumber
	case "TEXT":
		return plainText
	case "BLOB", "BYTEA":
		return anyBytes
	}
	return ""
}

// inBase64 is what has no form as a string.
type inBase64 struct {
	Base64 string `json:"base64"`
}

// inDump returns a value in the form that it has in a dump, nil if it has none.
func inDump(v any) any {
	switch v := v.(type) {
	case int64:
		return v
	case string:
		if !utf8.ValidString(v) {
			return inBase64{base64.StdEncoding.EncodeToString([]byte(v))}
		}
		return v
	case []byte:
		if !utf8.Valid(v) || bytes.ContainsFunc(v, unicode.IsControl) {
			return inBase64{base64.StdEncoding.EncodeToString(v)}
		}
		return string(v)
	}
	return nil
}

// fromDump returns the value that a column takes.
func fromDump(raw json.RawMessage, want kind) (any, error) {
	if want == wholeNumber {
		n, err := strconv.ParseInt(string(raw), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%s is not %s", shortened(raw), want)
		}
		return n, nil
	}
	b, err := bytesFromDump(raw)
	if err != nil {
		return nil, fmt.Errorf("%s is not %s", shortened(raw), want)
	}
	if want == plainText {
		return string(b), nil
	}
	return b, nil
}

func bytesFromDump(raw json.RawMessage) ([]byte, error) {
	if raw[0] == '"' {
		var s string
		err := json.Unmarshal(raw, &s)
		return []byte(s), err
	}
	var fields map[string]string
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, err
	}
	s, is := fields["base64"]
	if !is || len(fields) > 1 {
		return nil, errors.New("no base64")
	}
	return base64.StdEncoding.Strict().DecodeString(s)
}

// shortened shows a value in a message.
func shortened(raw []byte) string {
	const most = 40
	if len(raw) <= most {
		return string(raw)
	}
	return strings.ToValidUTF8(string(raw[:most]), "") + "…"
}

// loneSurrogate finds an escape such as \ud800 that stands for no character: the decoder would
// take it for U+FFFD, and other bytes would come back than were dumped.
func loneSurrogate(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '\\')
		if i < 0 || i+1 == len(text) {
			return false
		}
		high := surrogate(text[i:])
		switch {
		case high == 0:
			text = text[i+2:]
		case high < 0xdc00 && surrogate(text[i+6:]) >= 0xdc00:
			text = text[i+12:]
		default:
			return true
		}
	}
}

// surrogate returns the surrogate whose escape text begins with, else 0.
func surrogate(text []byte) uint64 {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	if err != nil || n < 0xd800 || n > 0xdfff {
		return 0
	}
	return n
}
