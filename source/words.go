package source

import "crypto/sha256"

// WordsVersion names the way Words digests; another version gives other digests.
const WordsVersion = 1

// Words digests what an article says.
func Words(a *Article) Digest {
	sum := sha256.Sum256([]byte(a.Title + "\x00" + a.Body.Text))
	return Digest(sum[:16])
}
