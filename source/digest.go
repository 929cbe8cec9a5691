package source

import (
	"encoding/hex"
)

// Digest is a 128-bit digest (the first half of a SHA-256) over what an article says.
type Digest [16]byte

// String gives the digest in hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// IsZero reports whether the digest was never computed.
func (d Digest) IsZero() bool { return d == Digest{} }
