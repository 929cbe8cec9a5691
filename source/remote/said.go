package remote

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

const (
	maxPatience = 24 * time.Hour // the longest Retry-After that is obeyed
	maxFresh    = time.Hour      // the longest Cache-Control max-age that keeps a scan from asking
	leastKept   = 10 * time.Second
	slack       = time.Minute // by how much a clock may be set right without being set back
)

// Said is what a server said of the next request. As JSON it can be kept for the next process; the zero value says nothing. Times are Unix
// milliseconds, 0 for none.
type Said struct {
	Of    string `json:"of,omitempty"` // digest of the address that it was said of
	At    int64  `json:"at,omitempty"`
	Until int64  `json:"until,omitempty"` // Retry-After: nobody asks before
	Fresh int64  `json:"fresh,omitempty"` // Cache-Control: until then the answer stands
}

// Patient is a source whose server says when it wants to be asked again.
type Patient interface {
	// Heed takes what Said returned in an earlier process; what this process heard goes before it. It is called before Recall, and may be
	// at any time from any goroutine.
	Heed(s Said)
	// Said returns what the server said last. Fresh is for what was listed last, and means nothing unless that is applied.
	Said() Said
}

// Next returns when the server wants to be asked again, in whole seconds and UTC; the zero time where it may be asked now.
func (s Said) Next(now time.Time) time.Time {
	at := s.until(now)
	if at.IsZero() {
		at = s.fresh(now)
	}
	if at.IsZero() {
		return at
	}
	return at.Add(time.Second - 1).Truncate(time.Second).UTC()
}

func (s Said) until(now time.Time) time.Time { return s.ahead(s.Until, maxPatience, now) }

func (s Said) fresh(now time.Time) time.Time { return s.ahead(s.Fresh, maxFresh, now) }

// ahead returns a moment if it is still to come. One that was said later than now, or lies too far ahead, is none: a clock that was set
// back, or a file that somebody wrote, keeps nobody from asking.
func (s Said) ahead(ms int64, most time.Duration, now time.Time) time.Time {
	at := time.UnixMilli(ms)
	if wait := at.Sub(now); ms == 0 || wait <= 0 || wait > most+slack || now.Add(slack).UnixMilli() < s.At {
		return time.Time{}
	}
	return at
}

func digest(url string) string {
	sum := sha256.Sum256([]byte(url))
	return hex.EncodeToString(sum[:8])
}
