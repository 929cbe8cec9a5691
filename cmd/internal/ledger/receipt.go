package ledger

import "herald/source"

// Receipt is what we put out at a path.
type Receipt struct {
	Path, Kind, MediaType string
	Inputs                source.Digest // of all that it was made from
	Body                  [32]byte      // SHA-256 of its bytes
	Size                  int64
	Changed               int64 // when its bytes last changed
	Edition               int64
	LeftAt                int64         // of a feed: Feed.LeftAt as its bytes know of it
	Stamp                 source.Digest // equal while nothing that it is made from can have changed; zero: that is to be looked at
}
