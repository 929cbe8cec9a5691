package feeds

import (
	"io"
	"slices"
	"sync"
)

// buffers hold what documents were written in, so that writing the usual feed takes no memory anew.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// maxKept bounds the bytes of a buffer that is kept for the next document.
const maxKept = 4 << 20

// buffer returns an empty buffer with room for about the whole document; write returns it for the next one.
func buffer(f *Feed) *[]byte {
	size := 4096
	for _, a := range f.Items {
		size += 2048 + len(a.Content) + len(a.Content)/64 + 3*(len(a.Summary)+len(a.Title))
	}
	if f.Bytes > 0 { // and an item that is over it
		size = min(size, f.Bytes+maxContent/8)
	}
	b := buffers.Get().(*[]byte)
	*b = slices.Grow((*b)[:0], size)
	return b
}

// write writes a document and a last line end, as editors and diff expect.
func write(w io.Writer, b *[]byte, doc []byte) error {
	doc = append(doc, '\n')
	_, err := w.Write(doc)
	if cap(doc) <= maxKept {
		*b = doc
		buffers.Put(b)
	}
	return err
}
