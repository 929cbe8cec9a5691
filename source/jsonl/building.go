package jsonl

import (
	"bufio"
	"bytes"
	"context"
	"errors"

	"herald/source/text"
)

// building is an index that is being made.
type building struct {
	ctx     context.Context
	index   *index
	wanted  *wanted
	at      int64 // offset of what is read next
	keyed   int   // rows with a key
	unkeyed string
}

// add takes up a row. key is "" where it has none, why says why.
func (b *building) add(raw []byte, at int64, line int, key, why string) error {
	rows := &b.index.rows
	if len(*rows)%4096 == 4095 {
		if err := b.ctx.Err(); err != nil {
			return err
		}
		if cap(*rows)-len(*rows) < 4096 && at > 0 { // as many more as the rows so far let expect: the slice grows once
			*rows = append(make([]row, 0, 4096+int64(len(*rows))*b.index.facts.Size/at*17/16), *rows...)
		}
	}
	if key == "" {
		key, b.unkeyed = lineKey(uint32(line)), why
	} else {
		b.keyed++
	}
	*rows = append(*rows, row{key: key, at: at, size: uint32(len(raw)), line: uint32(line), digest: b.index.digest(raw)})
	return nil
}

// errUTF16 refuses a file whose rows would have to be decoded before they can be told apart.
var errUTF16 = errors.New("the file is in UTF-16 or UTF-32: save it as UTF-8")

// skipMark passes over a byte order mark and returns its length.
func skipMark(in *bufio.Reader, start []byte) (int64, error) {
	switch {
	case bytes.HasPrefix(start, []byte("\xEF\xBB\xBF")):
		n, err := in.Discard(3)
		return int64(n), err
	case bytes.HasPrefix(start, []byte{0xFF, 0xFE}), bytes.HasPrefix(start, []byte{0xFE, 0xFF}), bytes.HasPrefix(start, []byte{0, 0, 0xFE, 0xFF}):
		return 0, errUTF16
	}
	return 0, nil
}

// isKorean reports whether the beginning of a file is plainly Korean in CP949.
func isKorean(start []byte) bool { return text.IsKorean(start) }

// maxKeyBytes is the longest key that a row may have.
const maxKeyBytes = 1024

// Why a row has no key.
const (
	noKey       = "no id: the row has none of id, guid, url and slug; name the field that tells rows apart in fields, such as {id: number}"
	longKey     = "the id is longer than 1024 bytes"
	reservedKey = "an id of the form \"line 12\" is kept for rows that have none"
)

// checkKey returns a key as it is used, or why it cannot be.
func checkKey(key string) (clean, why string) {
	switch key = text.ForXML(key); {
	case key == "":
		return "", noKey
	case len(key) > maxKeyBytes:
		return "", longKey
	case isLineKey(key):
		return "", reservedKey
	}
	return key, ""
}
