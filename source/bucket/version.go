package bucket

import (
	"crypto/sha256"
	"strconv"
	"strings"
)

// object is an object as a listing shows it.
type object struct {
	key   string // below the prefix
	size  int64
	print print
}

// print is what tells the version of an object from others: a digest of its ETag and size. The zero value is that of an object whose
// store has no ETag for it: nothing tells its versions apart.
type print [16]byte

// printOf returns the print of a version; the zero value where it has no ETag.
func printOf(etag string, size int64) (p print) {
	if etag == "" {
		return p
	}
	sum := sha256.Sum256([]byte(etag + " " + strconv.FormatInt(size, 36)))
	copy(p[:], sum[:])
	return p
}

// bare returns an ETag without quotes, and without the marks that servers between here and the store add where they compress (RFC 9110
// section 8.8.1).
func bare(etag string) string {
	etag = strings.Trim(strings.TrimPrefix(strings.TrimSpace(etag), "W/"), `"`)
	return strings.TrimSuffix(strings.TrimSuffix(etag, "-gzip"), "-br")
}
