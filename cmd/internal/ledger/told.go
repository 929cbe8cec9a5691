package ledger

import "herald/source"

// Told is the URL and digest that the world is taken to know; the zero Told: nothing.
type Told struct {
	URL    string
	Digest source.Digest
}

// asIs stands for the URL and digest of the row itself, which is what the world knows of most.
const asIs = "="
