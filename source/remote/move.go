package remote

import (
	"fmt"
	"net/http"
	"time"
)

// believed is how long a move is believed before the old address is asked again.
const believed = 24 * time.Hour

// Move is where a document has moved to for good, by what its server said. The zero value is no move. As JSON it can be kept.
type Move struct {
	To   string `json:"to,omitempty"`
	Told int64  `json:"told,omitempty"` // when, Unix seconds
}

// Address returns where a document that was at url is to be asked for.
func (m Move) Address(url string, now time.Time) string {
	if age := now.Sub(time.Unix(m.Told, 0)); m.To == "" || age < 0 || age > believed {
		return url
	}
	return m.To
}

// After returns the move that is known after an answer to a request for asked, which found the document. Asking the old address anew
// may show that it is there again.
func (m Move) After(a *Answer, asked, url string, now time.Time) Move {
	switch {
	case a.Moved != "" && a.Moved != url:
		return Move{To: a.Moved, Told: now.Unix()}
	case a.Moved == "" && asked == m.To && a.Status < http.StatusBadRequest:
		return m
	}
	return Move{}
}

// Notes returns what an operator should know of a move; nil: nothing.
func (m Move) Notes() []string {
	if m.To == "" {
		return nil
	}
	return []string{fmt.Sprintf("moved permanently to %s: change url", m.To)}
}
