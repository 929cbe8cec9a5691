package sql

import (
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// value returns what a value says as a field of an article; nil: nothing. parsed: a text that is JSON is a list or a map.
func (c column) value(raw sql.NullString, parsed bool) any {
	if !raw.Valid {
		return nil
	}
	s := raw.String
	switch c.holds {
	case boolean:
		return s == "t" || s == "true"
	case object:
		if v := jsonOf(s); v != nil {
			return v
		}
	case list:
		if v, ok := arrayOf(s); ok {
			return v
		}
	case octets:
		if digits, isHex := strings.CutPrefix(s, `\x`); isHex {
			if b, err := hex.DecodeString(digits); err == nil {
				return string(b)
			}
		}
	case bits:
		n := uint64(0)
		for _, b := range []byte(s) {
			n = n<<8 | uint64(b)
		}
		return strconv.FormatUint(n, 10)
	case instant:
		return instantOf(s)
	}
	if strings.HasPrefix(s, "0000-00-00") { // the null of old tables of MySQL
		return nil
	}
	if parsed && (strings.HasPrefix(s, "[") || strings.HasPrefix(s, "{")) {
		if v := jsonOf(s); v != nil {
			return v
		}
	}
	return s
}

// instantOf writes a time with its offset; one that says none is in UTC. What is no time stays as it is.
func instantOf(s string) any {
	if strings.HasPrefix(s, "0000-00-00") {
		return nil
	}
	if m, ok := momentOf(s); ok {
		return m.at.UTC().Format(time.RFC3339Nano)
	}
	return s
}

// jsonOf returns what JSON says; nil: it is none, or null.
func jsonOf(s string) (v any) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	if d.Decode(&v) != nil || d.More() {
		return nil
	}
	return v
}

// arrayOf returns the members of an array as Postgres writes it: {a,"b, c",NULL}. Of arrays in arrays it returns false.
func arrayOf(s string) (all []any, ok bool) {
	inner, opened := strings.CutPrefix(s, "{")
	inner, closed := strings.CutSuffix(inner, "}")
	if !opened || !closed {
		return nil, false
	}
	all = []any{}
	for inner != "" {
		var member strings.Builder
		quoted := inner[0] == '"'
		i := 0
		if quoted {
			i = 1
		}
		for ; i < len(inner); i++ {
			c := inner[i]
			if quoted && c == '"' || !quoted && c == ',' {
				break
			}
			if !quoted && (c == '{' || c == '"') {
				return nil, false
			}
			if c == '\\' && i+1 < len(inner) {
				i++
			}
			member.WriteByte(inner[i])
		}
		if quoted {
			i++
		}
		if quoted || !strings.EqualFold(member.String(), "null") {
			all = append(all, member.String())
		}
		inner = strings.TrimPrefix(inner[min(i, len(inner)):], ",")
	}
	return all, true
}
