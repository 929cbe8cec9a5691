package document

import (
	"compress/gzip"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
)

// decoded returns what a body in a content coding says. Whoever reads it bounds it: a few bytes may decode to any number.
func decoded(coding string, body io.Reader) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(coding)) {
	case "", "identity":
		return body, nil
	case "gzip", "x-gzip":
		return gzip.NewReader(body)
	case "br":
		return brotli.NewReader(body), nil
	}
	return nil, fmt.Errorf("answered in the encoding %q, which nobody asked for", coding)
}
