package bucket

import (
	"crypto/sha256"
	"slices"
	"strings"
)

// Bounds of a listing.
const (
	maxObjects  = 2_000_000 // that may be articles
	maxIncludes = 2000      // files that articles include
	maxIncluded = 100 << 10 // bytes of one
	maxMissed   = 100       // objects that are named which look like articles and are none
)

// includes is the folder of files that articles include.
const includes = "_includes/"

// listing is what lies below the prefix. It does not change once a Fetch is over.
type listing struct {
	entries []entry           // that may be articles, ascending by key
	helpers map[string]object // that articles read: those with fields for others, and included ones, by key
	stamp   string            // of the included ones
	all     int               // objects of any kind
	odd     int               // keys that are no paths
	oddest  string            // the first of them
	missed  []string          // the first of those that look like articles and are not included, with why
	misses  int               // how many there are
	left    int               // entries that were to be read and were not
}

// entry is an object that may be an article, and how it is listed.
type entry struct {
	object
	was   string // the fingerprint that it was applied with, where it is not known better; "": it was not
	ready bool   // it is read or is as it was, else it is listed as it was
	lost  bool   // it is gone
}

// miss notes an object that looks like an article and is none.
func (l *listing) miss(line string) {
	if l.misses++; len(l.missed) < maxMissed {
		l.missed = append(l.missed, line)
	}
}

// isPath reports whether a key names a file below the prefix as a path does.
func isPath(key string) bool {
	for name := range strings.SplitSeq(key, "/") {
		if name == "" || name == "." || name == ".." {
			return false
		}
	}
	return !strings.Contains(key, "\x00")
}

// find returns the entry of a key; nil: there is none.
func (l *listing) find(key string) *entry {
	if l == nil {
		return nil
	}
	i, found := slices.BinarySearchFunc(l.entries, key, func(e entry, key string) int { return strings.Compare(e.key, key) })
	if !found {
		return nil
	}
	return &l.entries[i]
}

// includesStamp returns a digest of the included files; "" without any. An article that includes a file has changed with it.
func (l *listing) includesStamp() string {
	var b strings.Builder
	for _, name := range l.included() {
		h := l.helpers[name]
		b.WriteString(name + "\n" + string(h.print[:]))
	}
	if b.Len() == 0 {
		return ""
	}
	sum := sha256.Sum256([]byte(b.String()))
	return string(sum[:16])
}

// included returns the keys of the included files, in order.
func (l *listing) included() (keys []string) {
	for key := range l.helpers {
		if strings.HasPrefix(key, includes) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}
