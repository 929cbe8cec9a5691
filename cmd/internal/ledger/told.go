package ledger

import "herald/source"

// Told is the URL and digest that the world is taken to know; the zero Told: nothing.
type Told struct {
	URL    string
	Digest source.Digest
}

// asIs stands for the URL and digest of the row itself, which is what the world knows of most.
const asIs = "="

// told is what the world knows of a row, as a column keeps it: nothing, asIs, or the digest and the URL behind it. The
// row's own URL and digest stand before it.
type told struct {
	row  *Article
	told *Told
}

// Scan takes the bytes.
func (t told) Scan(v any) error {
	b := bytesOf(v)
	if string(b) == asIs {
		*t.told = Told{t.row.URL, t.row.Digest}
		return nil
	}
	t.told.URL = string(b[copy(t.told.Digest[:], b):])
	return nil
}

func (t told) value() any {
	switch *t.told {
	case Told{}:
		return []byte{}
	case Told{t.row.URL, t.row.Digest}:
		return []byte(asIs)
	}
	return append(t.told.Digest[:], t.told.URL...)
}
