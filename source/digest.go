package source

import (
	"encoding/hex"
)

// Digest is a 128-bit digest (the first half of a SHA-256) over the content of an article.
type Digest [16]byte

// String returns the digest in hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// IsZero reports whether the digest was never computed.
func (d Digest) IsZero() bool { return d == Digest{} }
