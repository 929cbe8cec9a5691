package text

import (
	"fmt"
	"io"
)

// Charset returns UTF-8 for what r holds in the encoding of a label, as encoding/xml asks for it.
func Charset(label string, r io.Reader) (io.Reader, error) {
	e := encodingOf(label)
	if e == nil {
		return nil, fmt.Errorf("encoding %q is none of the web", short(label))
	}
	return e.NewDecoder().Reader(r), nil
}
