package feeds

import "io"

// Format is one way to write a feed.
type Format struct {
	Kind  Kind
	Write func(w io.Writer, f *Feed) error
}

// Formats returns all formats, in the order in which they are published.
func Formats() []Format {
	return []Format{{RSS, WriteRSS}, {Atom, WriteAtom}, {JSON, WriteJSON}}
}
