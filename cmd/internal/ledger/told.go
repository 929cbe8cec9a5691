package ledger

import "herald/source"

// Told is the URL and digest that the world is taken to know; the zero Told: nothing.
type Told struct {
	URL    string
	Digest source.Digest
}

// asIs stands for the URL and digest of the row itself, which is what the world knows of most.
const asIs = "="

// toldValue returns what the world knows as a column holds it, for told to read.
func (a *Article) toldValue(t Told) []byte {
	switch t {
	case Told{}:
		return []byte{}
	case Told{a.URL, a.Digest}:
		return []byte(asIs)
	}
	return append(t.Digest[:], t.URL...)
}

func (a *Article) told(value []byte) (t Told) {
	if string(value) == asIs {
		return Told{a.URL, a.Digest}
	}
	t.URL = string(value[copy(t.Digest[:], value):])
	return t
}
