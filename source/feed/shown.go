package feed

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"herald/source/reader"
)

// Config says which feed is read, and how.
type Config struct {
	URL     string // absolute, http or https
	Whole   bool   // the feed lists all that there is: what leaves it is gone
	Reading reader.Reading
	Fetch   func(context.Context, Request) (*Answer, error)
	Now     func() time.Time // nil: time.Now
}

// Request asks for a document. ETag and Modified are of the version that is known; "" asks for the document whatever it is.
type Request struct {
	URL            string
	ETag, Modified string
}

// Answer is what a server says to a Request: 200 with a body, 304, 410, or another status.
type Answer struct {
	Status         int
	Body           []byte
	URL            string // where the document was found, after redirects
	Type           string // Content-Type
	ETag, Modified string
	RetryAfter     time.Duration // 0: none named
}

// shown is the entries of a feed.
type shown struct {
	at       time.Time // when they were fetched, or known to be the same
	entries  map[string]entry
	keys     []string // in ascending byte order
	deleted  map[string]bool
	gone     bool // the server says that the feed itself is
	unlisted bool // it is as an earlier process saw it, and its entries are not here
}

// entry is one entry of a feed, with what its feed says of all.
type entry struct {
	item        Item
	format      Format
	base        string // that its references are resolved against
	fingerprint string
}

// sum returns half of a SHA-256 in hexadecimal.
func sum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}
