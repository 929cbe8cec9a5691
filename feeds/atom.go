package feeds

import (
	"encoding/xml"
	"io"
)

// WriteAtom writes f as Atom 1.0 (RFC 4287). It returns errors of w only.
func WriteAtom(w io.Writer, f *Feed) error { return xml.NewEncoder(w).Encode(f.Title) }
