package sqlform

import (
	"bytes"
	"compress/flate"
	"io"
)

// Deflate returns a text as a column keeps it where it is long.
func Deflate(text string) ([]byte, error) {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	_, err = io.WriteString(w, text)
	if closed := w.Close(); err == nil {
		err = closed
	}
	return packed.Bytes(), err
}

// Inflate returns the text that Deflate packed.
func Inflate(packed []byte) (string, error) {
	text, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	return string(text), err
}
