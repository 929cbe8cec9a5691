// Package outbox tells targets what changed: which of them must hear of what (notices, queued in the transaction
// that publishes), whether the public sees it already, sending, and what they answered.
//
// A notice waits in the ledger until its target has answered, across restarts.
package outbox

import (
	"net/http"
	"sync"
	"time"

	"herald/cmd/internal/ledger"
	"herald/cmd/internal/ledger/notice"
	"herald/cmd/internal/notify"
	"herald/cmd/internal/publish"
	"herald/source/weburl"
)

// Config is what the outbox works on.
type Config struct {
	Ledger  *ledger.Ledger
	Sink    publish.Sink
	Site    *weburl.Site
	Targets []notify.Target // names are unique for each channel
	Delay   time.Duration   // a notice waits so long, so that later changes join it
	// MinInterval is the least time between two requests that tell a target of one URL.
	MinInterval time.Duration
	Verify      bool   // nobody hears of a change before the public sees it
	VerifyBase  string // where the public site is looked at; "": at its own URL
	// VerifyFeed is the URL of the feed that the public must see as published before pages are told of; "": none.
	VerifyFeed string
	DryRun     bool // notices are answered without being sent
	Now        func() time.Time
	// Client checks public URLs. It follows no redirects.
	Client    *http.Client
	UserAgent string
}

// Outbox delivers notices. Its methods may be called beside each other.
type Outbox struct {
	config Config

	mu   sync.Mutex
	busy map[[2]string]bool // targets, with their channels, that are being told
}

// New returns an Outbox; it touches nothing yet.
func New(c Config) *Outbox { return &Outbox{config: c, busy: map[[2]string]bool{}} }

// Notice is one thing that a target must hear.
type Notice struct {
	Target   string    `json:"target"`
	Channel  string    `json:"channel"` // url or topic
	URL      string    `json:"url"`
	Removed  bool      `json:"removed,omitempty"`
	State    string    `json:"state"` // waiting, done, dead
	Due      time.Time `json:"due,omitzero"`
	Attempts int       `json:"attempts,omitempty"`
	Status   int       `json:"status,omitempty"`
	Detail   string    `json:"detail,omitempty"`
	Answered time.Time `json:"answered,omitzero"`
}

// NoticeOf returns a notice of the ledger as operators see it.
func NoticeOf(n *notice.Notice) Notice {
	return Notice{
		Target: n.Target, Channel: n.Channel, URL: n.URL, Removed: n.Removed, State: n.State,
		Due: ledger.Time(max(n.QuietTill, n.NotBefore)), Attempts: n.Attempts, Status: n.Status, Detail: n.Detail,
		Answered: ledger.Time(n.Answered),
	}
}

// DeliverOptions changes one delivery.
type DeliverOptions struct {
	Now    bool          // ignore notify.delay, as build --notify does
	Within time.Duration // no request goes on for longer; 0: as long as Client lets it
}

// DeliverReport is what one delivery did.
type DeliverReport struct {
	Delivered []Notice  `json:"delivered,omitempty"`
	Waiting   []Notice  `json:"waiting,omitempty"` // tried and to be tried again
	Dead      []Notice  `json:"dead,omitempty"`
	Next      time.Time `json:"next,omitzero"` // when the next notice is due; zero: none waits
	Left      int       `json:"left"`          // due and not delivered, not counting those that wait for min_interval
}
