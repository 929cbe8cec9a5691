package sqlform

import (
	"bytes"
	"compress/flate"
	"io"
	"sync"
)

// A new writer makes room for its tables, most of a megabyte, which costs more than to pack a body; so does a new reader, less.
var (
	writers = sync.Pool{New: func() any { w, _ := flate.NewWriter(nil, flate.BestSpeed); return w }} // the level is one that there is
	readers = sync.Pool{New: func() any { return flate.NewReader(nil) }}
)

// Deflate returns a text as a column keeps it where it is long.
func Deflate(text string) ([]byte, error) {
	var packed bytes.Buffer
	w := writers.Get().(*flate.Writer)
	defer writers.Put(w)
	w.Reset(&packed)
	_, err := io.WriteString(w, text)
	if closed := w.Close(); err == nil {
		err = closed
	}
	return packed.Bytes(), err
}

// Inflate returns the text that Deflate packed.
func Inflate(packed []byte) (string, error) {
	r := readers.Get().(io.ReadCloser)
	defer readers.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(packed), nil); err != nil {
		return "", err
	}
	text, err := io.ReadAll(r)
	return string(text), err
}
