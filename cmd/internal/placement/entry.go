package placement

import (
	"crypto/sha256"
	"strconv"
	"time"

	"herald/cmd/internal/ledger"
	"herald/sitemap"
	"herald/source"
)

// Entry returns what the sitemap says of a row, its image included: sums must not depend on settings.
func Entry(l ledger.Listing) sitemap.URL {
	u := sitemap.URL{Loc: l.URL}
	if !l.FirstSight {
		u.LastMod = ledger.Time(l.Updated).Truncate(time.Second)
	}
	if l.Image != "" {
		u.Images = []string{l.Image}
	}
	return u
}

// entryDigest returns the digest of an entry and of its order in the file.
func entryDigest(u sitemap.URL, feedPublished int64) (d source.Digest) {
	text := strconv.AppendQuote(make([]byte, 0, 512), u.Loc)
	text = strconv.AppendInt(append(text, ' '), u.LastMod.Unix(), 10)
	text = append(text, " ["...)
	for i, image := range u.Images {
		if i > 0 {
			text = append(text, ' ')
		}
		text = strconv.AppendQuote(text, image)
	}
	text = strconv.AppendInt(append(text, "] "...), feedPublished, 10)
	sum := sha256.Sum256(text)
	copy(d[:], sum[:])
	return d
}

// AddDigest adds d to sum, or takes it away: 128-bit arithmetic that wraps, so that the order of
// additions does not matter.
func AddDigest(sum *source.Digest, d source.Digest, sign int64) {
	carry := int64(0)
	for i := len(sum) - 1; i >= 0; i-- {
		v := int64(sum[i]) + sign*int64(d[i]) + carry
		sum[i] = byte(v)
		carry = v >> 8
	}
}
