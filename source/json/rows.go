package json

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"sort"
	"strings"
	"time"

	"herald/source/remote"
	"herald/source/spool"
)

// loadWithin is how long Load takes what List has fetched.
const loadWithin = 10 * time.Minute

// listing is what an origin holds, as far as it is known. But for lacking it never changes.
type listing struct {
	at       time.Time
	rows     []row // by key
	complete bool  // rows are all that there is: what they lack is gone
	unsure   bool  // beside complete: the list moved while it was read
	pages    map[string]page
	lacking  *lacking // guarded by Source.mu
}

// lacking is what a listing lacks, and the origin was asked for alone.
type lacking struct {
	stands map[string]bool // by key
	silent bool            // it did not answer: it is not asked for more
}

// row is what is remembered of an item.
type row struct {
	key    string
	digest [16]byte     // of its bytes
	number uint32       // in the listing, from 1
	spool  *spool.Spool // nil: its bytes are not kept any more
	place  spool.Place
	second bool // its id is that of an item before it
}

func (r *row) fingerprint() string { return base64.RawURLEncoding.EncodeToString(r.digest[:]) }

// find returns the row with a key; nil: there is none.
func (l *listing) find(key string) *row {
	i := sort.Search(len(l.rows), func(i int) bool { return l.rows[i].key >= key })
	if i == len(l.rows) || l.rows[i].key != key {
		return nil
	}
	return &l.rows[i]
}

// with returns a listing that what has changed since is taken up in.
func (l *listing) with(changed []row, now time.Time) *listing {
	all := make([]row, 0, len(l.rows)+len(changed))
	i := 0
	for _, r := range l.rows {
		for ; i < len(changed) && changed[i].key < r.key; i++ {
			all = append(all, changed[i])
		}
		if i < len(changed) && changed[i].key == r.key {
			r = changed[i]
			i++
		} else if now.Sub(l.at) >= loadWithin {
			r.spool = nil
		}
		all = append(all, r)
	}
	all = append(all, changed[i:]...)
	return &listing{at: now, rows: all, complete: true, unsure: l.unsure, lacking: l.lacking}
}

func byKey(a, b row) int { return cmp.Compare(a.key, b.key) }

// recent reports whether what a listing holds may be loaded without asking.
func (l *listing) recent(now time.Time) bool {
	age := now.Sub(l.at)
	return age >= 0 && age < loadWithin
}

// later returns the later of two moments in RFC 3339, but none that is still to come.
func later(a, b string, now time.Time) string {
	at, errA := time.Parse(time.RFC3339, a)
	bt, errB := time.Parse(time.RFC3339, b)
	switch {
	case errB != nil || errA == nil && !bt.After(at):
		return a
	case bt.After(now):
		return now.In(bt.Location()).Format(time.RFC3339)
	}
	return b
}

// digest returns half of a SHA-256.
func digest(raw []byte) [16]byte {
	sum := sha256.Sum256(raw)
	return [16]byte(sum[:16])
}

func sum(text string) string {
	d := digest([]byte(text))
	return hex.EncodeToString(d[:])
}

// numberKey is the key of an item that has none of its own. No item may claim one like it.
func numberKey(number uint32) string { return fmt.Sprintf("item %d", number) }

// isNumberKey reports whether a key is of the form of numberKey.
func isNumberKey(key string) bool {
	digits, found := strings.CutPrefix(key, "item ")
	return found && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// page is one page of a list.
type page struct {
	url, at        string // as it was asked for, and where it was found
	index          int    // from 0
	header         http.Header
	doc            json.RawMessage
	items          []json.RawMessage
	fresh          int // items that no page before it had
	etag, modified string

	// Of a page that is kept for the next time:
	rows  []row
	next  string
	total int // see dialect
}

// known is what is known of an origin.
type known struct {
	listing *listing // nil: nothing yet
	memory  memory
	notes   []string
	same    bool // but for what has changed, as it was known before
}

// memory is what Memory returns, as JSON.
type memory struct {
	Of       string `json:"of"`               // what is listed, see of
	Full     int64  `json:"full,omitempty"`   // when everything was listed last, Unix milliseconds
	Cursor   string `json:"cursor,omitempty"` // the last change that was seen, RFC 3339
	ETag     string `json:"etag,omitempty"`   // of a listing of one page
	Modified string `json:"modified,omitempty"`

	Moved remote.Move `json:"moved,omitzero"`
}
