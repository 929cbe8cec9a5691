package jsonl

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"herald/source/filefacts"
	"herald/source/text"
	"io"
	"os"
	"slices"
	"sort"
	"unicode/utf8"
)

// row is what is remembered of a row.
type row struct {
	key        string
	at         int64 // offset in the file
	size, line uint32
	digest     [16]byte // of its bytes and, in a table, of the header
}

// index is what is remembered of a file. It never changes.
type index struct {
	facts   filefacts.Facts
	settled bool   // the file had not changed for a while when it was read
	korean  bool   // what is not UTF-8 is in CP949
	table   *table // nil: JSON Lines
	rows    []row  // by key
}

// find returns the row with a key; nil: there is none.
func (x *index) find(key string) *row {
	i := sort.Search(len(x.rows), func(i int) bool { return x.rows[i].key >= key })
	if i == len(x.rows) || x.rows[i].key != key {
		return nil
	}
	return &x.rows[i]
}

// digest returns the digest of a row.
func (x *index) digest(raw []byte) (d [16]byte) {
	if x.table == nil {
		sum := sha256.Sum256(raw)
		return [16]byte(sum[:16])
	}
	h := sha256.New()
	h.Write(x.table.head)
	h.Write([]byte{'\n'})
	h.Write(raw)
	return [16]byte(h.Sum(nil)[:16])
}

// table is what the header of a file of CSV says.
type table struct {
	head    []byte // as it is written
	at      int64  // offset of head
	comma   rune
	columns []string // names; "" where a column has none
	keys    []int    // columns that may hold the key, the best first
}

// decode returns a row in UTF-8.
func (x *index) decode(raw []byte) string {
	switch {
	case utf8.Valid(raw):
		return string(raw)
	case x.korean || text.IsKorean(raw):
		raw = text.DecodeKorean(raw)
	}
	clean, _, _ := text.Clean(raw)
	return clean
}

// read returns the bytes of a row; nil: the file holds others there, or another header.
func (x *index) read(f *os.File, r *row) []byte {
	if t := x.table; t != nil {
		head := make([]byte, len(t.head))
		if n, _ := f.ReadAt(head, t.at); n != len(head) || !bytes.Equal(head, t.head) {
			return nil
		}
	}
	raw := make([]byte, r.size)
	if n, err := f.ReadAt(raw, r.at); n != len(raw) || err != nil && err != io.EOF || x.digest(raw) != r.digest {
		return nil
	}
	return raw
}

// order sorts the rows by key. Of rows with one key the first in the file keeps it.
func (x *index) order() {
	byKey := func(a, b row) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.line, b.line), cmp.Compare(a.at, b.at))
	}
	if !slices.IsSortedFunc(x.rows, byKey) {
		slices.SortFunc(x.rows, byKey)
	}
	kept, taken := "", false
	for i := range x.rows {
		r := &x.rows[i]
		if i > 0 && r.key == kept {
			r.key, taken = lineKey(r.line), true
		} else {
			kept = r.key
		}
	}
	if taken {
		slices.SortFunc(x.rows, byKey)
	}
}
