// Package dumpform writes and reads dumps of the ledger, JSON Lines without a database: numbers, strings, and base64 for
// what is no text.
package dumpform

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what a column holds, whatever the database calls it.
type Kind string

// The kinds, as messages name them.
const (
	Number Kind = "a whole number"
	Text   Kind = "text"
	Bytes  Kind = "bytes"
)

// KindOf returns the kind of a column by the type that a database declares it with; "" where it is none of ours.
func KindOf(declared string) Kind {
	switch strings.ToUpper(declared) {
	case "INTEGER", "BIGINT", "INT8":
		return Number
	case "TEXT":
		return Text
	case "BLOB", "BYTEA":
		return Bytes
	}
	return ""
}

// inBase64 is what has no form as a string.
type inBase64 struct {
	Base64 string `json:"base64"`
}

// Value returns a value of a column in the form that it has in a dump, nil if it has none.
func Value(v any) any {
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

// Parse returns the value that a column of a kind takes, int64, string or []byte.
func Parse(raw json.RawMessage, want Kind) (any, error) {
	if want == Number {
		n, err := strconv.ParseInt(string(raw), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%s is not %s", shortened(raw), want)
		}
		return n, nil
	}
	b, err := parseBytes(raw)
	if err != nil {
		return nil, fmt.Errorf("%s is not %s", shortened(raw), want)
	}
	if want == Text {
		return string(b), nil
	}
	return b, nil
}

func parseBytes(raw json.RawMessage) ([]byte, error) {
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

// escapes are those of a JSON string; the first group is half a surrogate pair, such as \ud800.
var escapes = regexp.MustCompile(`\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F]..)|.)`)

// LoneSurrogate reports whether JSON holds an escape that stands for no character: the decoder would take it for U+FFFD, and other bytes would
// come back than were dumped.
func LoneSurrogate(text []byte) bool {
	if !bytes.Contains(text, []byte(`\u`)) {
		return false
	}
	for _, escape := range escapes.FindAllSubmatchIndex(text, -1) {
		if escape[2] >= 0 {
			return true
		}
	}
	return false
}
