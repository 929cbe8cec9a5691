package feeds

import (
	"encoding/json"
	"io"
)

// WriteJSON writes f as JSON Feed 1.1. It returns errors of w only.
func WriteJSON(w io.Writer, f *Feed) error { return json.NewEncoder(w).Encode(f.Title) }
