package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"herald/source"
	"herald/source/reader"
	"herald/source/remote"
)

// Config says which feed is read, and how.
type Config struct {
	URL     string // absolute, http or https
	Hidden  bool   // the URL holds a secret
	Whole   bool   // the feed lists all that there is: what leaves it is gone
	Reading reader.Reading
	Fetch   remote.Fetch
	Now     func() time.Time // nil: time.Now
}

// shown is the entries of a feed.
type shown struct {
	at       time.Time // when they were fetched, or known to be the same
	entries  map[string]entry
	keys     []string // in ascending byte order
	deleted  map[string]bool
	stands   time.Duration // how long it may be shown before it is asked again, by its own word
	gone     bool          // the server says that the feed itself is
	unlisted bool          // it is as an earlier process saw it, and its entries are not here
}

// whole reports whether the entries are here; of none known yet they are not.
func (s *shown) whole() bool { return s != nil && !s.unlisted }

func (s *shown) time() time.Time {
	if s == nil {
		return time.Time{}
	}
	return s.at
}

// since returns what is shown as fetched, or known to be the same, at another moment.
func (s *shown) since(at time.Time) *shown {
	out := *s
	out.at = at
	return &out
}

// entry is one entry of a feed, with what its feed says of all.
type entry struct {
	item        Item
	format      Format
	base        string // that its references are resolved against
	fingerprint string
	feed        source.Origin // what the feed says of itself
}

// sum returns half of a SHA-256 in hexadecimal.
func sum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}
