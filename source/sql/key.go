package sql

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// maxKeyBytes is the longest id that a row may have.
const maxKeyBytes = 1024

// digits is how many digits a key that is a whole number has: as many as the greatest.
const digits = 20

// keyOf returns the key of a value; "" where it can be none.
func (k keyForm) keyOf(value []byte) string {
	if k.column.holds != integer {
		return string(value)
	}
	if len(value) == 0 || len(value) > digits || strings.Trim(string(value), "-0123456789") != "" {
		return ""
	}
	if value[0] != '-' {
		return strings.Repeat("0", digits-len(value)) + string(value)
	}
	n, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("-%0*d", digits, uint64(n)-1<<63) // the lesser of two comes first; "-" comes before digits
}

// valueOf returns the text of the value that a key stands for.
func (k keyForm) valueOf(key string) string {
	if k.column.holds != integer {
		return key
	}
	if above, negative := strings.CutPrefix(key, "-"); negative {
		n, err := strconv.ParseUint(above, 10, 64)
		if err != nil {
			return key
		}
		return strconv.FormatInt(int64(n+1<<63), 10)
	}
	if trimmed := strings.TrimLeft(key, "0"); trimmed != "" {
		return trimmed
	}
	return "0"
}

// numbers returns keys that are whole numbers as arguments; what is none is left out.
func (k keyForm) numbers(keys []string) []any {
	var all []any
	for _, key := range keys {
		value := k.valueOf(key)
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			all = append(all, n)
		} else if n, err := strconv.ParseUint(value, 10, 64); err == nil {
			all = append(all, n)
		}
	}
	return all
}

// texts returns keys as arguments.
func texts(keys []string) []any {
	all := make([]any, len(keys))
	for i, key := range keys {
		all[i] = key
	}
	return all
}

// fromHex returns keys that are hexadecimal digits as bytes; what is none is left out.
func fromHex(keys []string) []any {
	var all []any
	for _, key := range keys {
		if b, err := hex.DecodeString(key); err == nil {
			all = append(all, b)
		}
	}
	return all
}
